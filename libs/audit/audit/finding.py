"""Which lines an inspector is shown: those asked for, within reach; with a person, also those about what is hers."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from common.api import CallerDep, NowDep, SessionDep
from common.conditions import matching
from common.security import Caller
from regulation.roles import Right, Scope, view
from sqlalchemy import ColumnElement, MetaData, Select, Text, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from audit.asking import Asked, AskedDep
from audit.reaching import reach_in
from audit.tables import LINE, audit_tables

_metadata: Final = MetaData()
audit_tables(_metadata)
line: Final = _metadata.tables[LINE].c
MOST_MEANT: Final = 200
"""Accounts, dossiers or questions that one word is taken for; who means another one says more of the person."""


class SubjectsOf(Protocol):
    """Finds what a service keeps of a person, by the keys that stand in its routes: accounts, dossiers, questions."""

    async def __call__(
        self, session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
    ) -> Sequence[str]:
        """Return at most so many keys, found by an index; `person` is a number, an address or a name, as typed.

        `known` are keys that other services keep of the same person: her accounts, her dossiers.
        """


async def nobody(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Find nothing: for services that keep nothing by which a person could be known."""
    return ()


class Found(NamedTuple):
    """The lines asked for, whether more is the person's than was looked for, and the keys of what is hers here."""

    lines: Select[Any]
    more_meant: bool
    keys: tuple[str, ...] = ()
    """Told to whom sees the lines of the whole province: of others' dossiers not even the code is told."""


def finding(subjects_of: SubjectsOf) -> Callable[..., Awaitable[Found]]:
    """Return the dependency that finds what is asked for in a service's log."""

    async def found(session: SessionDep, caller: CallerDep, wish: AskedDep, now: NowDep) -> Found:
        if not wish.typed:
            return Found(lines_for(caller, wish), more_meant=False)
        meant = await subjects_of(session, wish.typed, known=wish.about, now=now, limit=MOST_MEANT + 1)
        hers = tuple(meant[:MOST_MEANT])
        told = hers if reach_in(caller) is Scope.PROVINCE else ()
        return Found(lines_for(caller, wish, (*hers, *wish.about)), len(meant) > MOST_MEANT, told)

    return found


def lines_for(caller: Caller, wish: Asked, meant: Sequence[str] = ()) -> Select[Any]:
    """Select the lines a caller may see and asks for, the newest first; `meant` are keys of what is the person's.

    Source: BD Đ.13.9; R-SEC-22; R-ACC-18
    """
    ways = view(Right.READ_ACCESS_LOG, caller).alternatives()
    seen = matching(ways, agency=line.agency, unit=line.unit, holder=line.actor) if ways else false()
    tests: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (line.actor, wish.actor),
            (line.subject, wish.subject),
            (line.deed, wish.deed or ""),
            (line.address, wish.address),
        )
        if value
    ]
    tests += [line.at >= wish.since] if wish.since else []
    tests += [line.at < wish.until] if wish.until else []
    tests += [line.outcome >= 400] if wish.refused else []
    tests += [line.route.icontains(wish.route, autoescape=True)] if wish.route else []
    tests += [_tells_of(wish.person, meant)] if wish.person else []
    return select(*_metadata.tables[LINE].c).where(seen, *tests).order_by(line.xid.desc(), line.seq.desc())


def _tells_of(person: str, meant: Sequence[str]) -> ColumnElement[bool]:
    """Match lines that looked for a person, and lines about what is hers or a part of it, as a file of a dossier."""
    asked = line.details.icontains(person, autoescape=True)
    if not meant:
        return asked
    hers = func.any(literal(list(meant), ARRAY(Text)))
    return or_(asked, line.subject == hers, func.split_part(line.subject, "/", 1) == hers)
