"""The work lists an officer finds at login: a page of each, how many there are, what is looked for in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy import ColumnElement, Select, and_, false, literal, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from processing.domain.search import Sought, read_query
from processing.models import Dossier, ProcedureVersion
from processing.models.dossier import TO_SIGN
from processing.queries import absences, in_scope

_SOONEST = (Dossier.due_at, Dossier.accepted_at, Dossier.code)


class WorkFilter(StrEnum):
    """The work lists an officer finds at login (danh sách việc). Source: NB Đ.24.1; R-PRC-16"""

    NEW = "new"
    MINE = "mine"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SENT_BACK = "sent_back"
    TO_SIGN = "to_sign"
    ABSENT = "absent"
    ALL = "all"


@dataclass(frozen=True)
class DossierPage:
    """One page of a work list; `total` stops counting at `CAP`, in a search at the page, and `capped` says so."""

    items: Sequence[Dossier]
    total: int
    next: str | None
    capped: bool


@dataclass(frozen=True)
class _Look:
    """One look into a list: what belongs to it, behind which row, how many rows."""

    session: AsyncSession
    wanted: ColumnElement[bool]
    after: tuple[datetime, datetime, str] | None
    limit: int

    def behind(self) -> ColumnElement[bool]:
        """Return the condition for what comes after the last page, the soonest due first."""
        return tuple_(*_SOONEST) > tuple_(*map(literal, self.after)) if self.after else true()


def _filtered(
    which: WorkFilter, caller: Caller, now: datetime, missed: Collection[str]
) -> ColumnElement[bool]:
    """Return the condition of one list, worded as the index made for it."""
    still_open = Dossier.closed_at.is_(None)
    leader = bool(caller.roles & who_may(Right.DECIDE_DOSSIER))
    conditions: dict[WorkFilter, ColumnElement[bool]] = {
        WorkFilter.ALL: true(),
        WorkFilter.NEW: and_(still_open, Dossier.officer_id.is_(None)),
        WorkFilter.MINE: and_(still_open, Dossier.officer_id == caller.subject),
        WorkFilter.DUE_SOON: and_(still_open, Dossier.soon_at <= now, Dossier.due_at >= now),
        WorkFilter.OVERDUE: and_(still_open, Dossier.due_at < now),
        WorkFilter.SENT_BACK: Dossier.sent_back_at.is_not(None),
        WorkFilter.TO_SIGN: and_(TO_SIGN) if leader else false(),
        WorkFilter.ABSENT: and_(still_open, Dossier.officer_id.in_(missed)) if missed else false(),
    }
    return conditions[which]


async def work_list(
    session: AsyncSession,
    caller: Caller,
    agency: str,
    *,
    which: WorkFilter,
    now: datetime,
    q: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> DossierPage:
    """Return a page of dossiers in the caller's scope, soonest due first, then first received.

    What is looked for by its code comes newest first. A search never counts what nobody looks at.

    Source: QT Đ.4.3; NB Đ.24.1; R-PRC-16
    """
    after = read_cursor(cursor, instant, instant, str) if cursor else None
    reach, missed = await _reach(session, caller, agency, now)
    wanted = and_(reach, _filtered(which, caller, now, missed))
    look, sought = _Look(session, wanted, after, limit + 1), read_query(q or "")
    found = await (_sought(look, sought) if sought else _soonest(look))
    page, more = found[:limit], len(found) > limit
    last = page[-1] if more else None
    following = write_cursor(last.due_at, last.accepted_at, last.code) if last else None
    if sought:
        return DossierPage(page, len(page), following, capped=more)
    total = await session.scalar(select(bounded(wanted, *_SOONEST))) or 0
    return DossierPage(page, total, following, capped=total >= CAP)


async def work_counts(session: AsyncSession, caller: Caller, agency: str, now: datetime) -> dict[str, int]:
    """Return how many dossiers stand in each work list of the caller, up to `CAP`. Source: NB Đ.24.1; R-PRC-16"""
    here, missed = await _reach(session, caller, agency, now)
    lists = {which.value: and_(here, _filtered(which, caller, now, missed)) for which in WorkFilter}
    columns = [bounded(condition, *_SOONEST).label(name) for name, condition in lists.items()]
    return dict((await session.execute(select(*columns))).one()._mapping)


async def _reach(
    session: AsyncSession, caller: Caller, agency: str, now: datetime
) -> tuple[ColumnElement[bool], frozenset[str]]:
    """Return what a caller sees, and which officers are away whose dossiers he looks after."""
    away = (await absences.on_day(session, agency, local_day(now))).values()
    reach = in_scope(caller, agency, stands_for=absences.stood_in_for(away, caller))
    return reach, absences.missed_by(away, caller)


async def _rows(look: _Look, statement: Select[tuple[Dossier]]) -> Sequence[Dossier]:
    return (await look.session.scalars(statement.limit(look.limit))).all()


async def _soonest(look: _Look) -> Sequence[Dossier]:
    return await _rows(look, select(Dossier).where(look.wanted, look.behind()).order_by(*_SOONEST))


async def _sought(look: _Look, sought: Sought) -> Sequence[Dossier]:
    """Look among codes for what reads like one, and only where there is none among procedures."""
    found = await _by_code(look, sought) if sought.reads_as_code else ()
    return found or await _by_procedure(look, sought.words)


async def _by_code(look: _Look, sought: Sought) -> Sequence[Dossier]:
    conditions: list[ColumnElement[bool]] = [look.wanted]
    if sought.point:
        begins = Dossier.receiving_point.startswith(sought.point, autoescape=True)
        conditions.append(Dossier.receiving_point == sought.point if sought.number else begins)
    if sought.serial:
        conditions.append(Dossier.serial == sought.serial)
    if sought.number:
        past = sought.number[:-1] + chr(ord(sought.number[-1]) + 1)
        conditions += [Dossier.number >= sought.number, Dossier.number < past]
    if look.after:
        code = look.after[2]
        conditions.append(
            tuple_(Dossier.number, Dossier.code) < tuple_(literal(code.partition("-")[2]), literal(code))
        )
    order: tuple[Any, ...] = (Dossier.number.desc(), Dossier.code.desc())
    return await _rows(look, select(Dossier).where(*conditions).order_by(*order))


async def _by_procedure(look: _Look, words: Sequence[str]) -> Sequence[Dossier]:
    """Read what belongs to each procedure that has the words, one by one: they do not grow more with the years."""
    has = [ProcedureVersion.search_key.contains(word, autoescape=True) for word in words]
    known = select(ProcedureVersion.code, ProcedureVersion.version).where(*has).cte("known")
    pinned = and_(
        Dossier.procedure_code == known.c.code, Dossier.procedure_version == known.c.version, look.wanted
    )
    soonest = select(Dossier).where(pinned, look.behind()).order_by(*_SOONEST).limit(look.limit)
    each = soonest.correlate(known).lateral("each")
    found = aliased(Dossier, each)
    order = (found.due_at, found.accepted_at, found.code)
    return await _rows(look, select(found).select_from(known.join(each, true())).order_by(*order))
