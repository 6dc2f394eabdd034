"""The work lists an officer finds at login: a page of each, how many there are, what is looked for in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from regulation.queues import EVERYTHING, HANDLING, Due, Hand, Narrowed, Queue, Sort, Waits, WorkFilter
from regulation.roles import who_may
from regulation.zone import day_begins, day_ends, local_day
from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from processing.domain.search import Sought, read_query
from processing.models import Dossier, ProcedureVersion
from processing.models.indexes import TO_SIGN
from processing.queries import absences, in_scope

_SOONEST = (Dossier.due_at, Dossier.accepted_at, Dossier.code)
_RECEIVED = (Dossier.accepted_at, Dossier.due_at, Dossier.code)


@dataclass(frozen=True)
class DossierPage:
    """One page of a work list; `total` stops counting at `CAP`, in a search at the page, and `capped` says so."""

    items: Sequence[Dossier]
    total: int
    next: str | None
    capped: bool


@dataclass(frozen=True)
class Wish:
    """What is wanted of the work lists: which one, words, what narrows it, in which order."""

    which: WorkFilter = WorkFilter.ALL
    q: str = ""
    narrowed: Narrowed = EVERYTHING
    sort: Sort = Sort.DUE


@dataclass(frozen=True)
class _Look:
    """One look into a list: what belongs to it, behind which row, how many rows, in which order."""

    session: AsyncSession
    wanted: ColumnElement[bool]
    after: tuple[datetime, datetime, str] | None
    limit: int
    sort: Sort = Sort.DUE

    def behind(self) -> ColumnElement[bool]:
        """Return the condition for what comes after the last page."""
        if not self.after:
            return true()
        here = tuple_(*(_SOONEST if self.sort is Sort.DUE else _RECEIVED))
        there = tuple_(*map(literal, self.after))
        return here < there if self.sort is Sort.NEWEST else here > there

    def order(self) -> tuple[Any, ...]:
        """Return the order of the list, by deadline or by receipt."""
        if self.sort is Sort.NEWEST:
            return tuple(column.desc() for column in _RECEIVED)
        return _SOONEST if self.sort is Sort.DUE else _RECEIVED


def _holds(queue: Queue, caller: Caller, now: datetime, missed: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of one queue, worded as the index made for it."""
    if not caller.roles & who_may(queue.right):
        return false()
    late_before = or_(Dossier.paused_at.is_(None), Dossier.due_at < Dossier.paused_at)
    dues: dict[Due | None, ColumnElement[bool]] = {
        None: true(),
        Due.TODAY: and_(Dossier.due_at < day_ends(local_day(now)), late_before),
        Due.SOON: and_(Dossier.soon_at <= now, Dossier.due_at >= now, Dossier.paused_at.is_(None)),
        Due.OVERDUE: and_(Dossier.due_at < now, late_before),
    }
    hands: dict[Hand | None, ColumnElement[bool]] = {
        None: true(),
        Hand.NOBODYS: Dossier.officer_id.is_(None),
        Hand.CALLERS: Dossier.officer_id == caller.subject,
        Hand.ABSENT: Dossier.officer_id.in_(missed) if missed else false(),
    }
    waits: dict[Waits | None, ColumnElement[bool]] = {
        None: true(),
        Waits.LEADER: and_(TO_SIGN),
        Waits.OTHERS: or_(Dossier.consulting > 0, Dossier.paused_at.is_not(None)),
        Waits.CORRECTION: Dossier.sent_back_at.is_not(None),
    }
    still_open = Dossier.closed_at.is_(None) if queue.is_open else true()
    return and_(still_open, hands[queue.hand], dues[queue.due], waits[queue.waits])


def _narrowing(narrowed: Narrowed) -> ColumnElement[bool]:
    """Return the condition for what narrows a list; its days are those of acceptance."""
    held = [
        column == value
        for column, value in (
            (Dossier.procedure_code, narrowed.procedure),
            (Dossier.channel, narrowed.channel),
            (Dossier.officer_id, narrowed.officer),
        )
        if value
    ]
    if narrowed.states:
        held.append(Dossier.state.in_(narrowed.states))
    if narrowed.since:
        held.append(Dossier.accepted_at >= day_begins(narrowed.since))
    if narrowed.until:
        held.append(Dossier.accepted_at < day_ends(narrowed.until))
    return and_(true(), *held)


async def work_list(
    session: AsyncSession,
    caller: Caller,
    agency: str,
    wish: Wish,
    *,
    now: datetime,
    limit: int = 50,
    cursor: str | None = None,
) -> DossierPage:
    """Return a page of dossiers in the caller's scope, soonest due first, then first received, or as is wished.

    What is looked for by its code comes newest first, by words the soonest due. A search never counts what nobody
    looks at.

    Source: QT Đ.4.3; NB Đ.24.1; R-PRC-16
    """
    sought = read_query(wish.q)
    sort = Sort.DUE if sought else wish.sort
    after = read_cursor(cursor, instant, instant, str) if cursor else None
    reach, missed = await _reach(session, caller, agency, now)
    holds = _holds(HANDLING[wish.which], caller, now, missed)
    wanted = and_(reach, holds, _narrowing(wish.narrowed))
    look = _Look(session, wanted, after, limit + 1, sort)
    found = await (_sought(look, sought) if sought else _soonest(look))
    page, more = found[:limit], len(found) > limit
    following = _place(page[-1], sort) if more else None
    if sought:
        return DossierPage(page, len(page), following, capped=more)
    total = await session.scalar(select(bounded(wanted, *_SOONEST))) or 0
    return DossierPage(page, total, following, capped=total >= CAP)


def _place(row: Dossier, sort: Sort) -> str:
    instants = (row.due_at, row.accepted_at) if sort is Sort.DUE else (row.accepted_at, row.due_at)
    return write_cursor(*instants, row.code)


async def work_counts(
    session: AsyncSession, caller: Caller, agency: str, wish: Wish, now: datetime
) -> dict[str, int]:
    """Return how many dossiers stand in each work list of the caller, narrowed alike, up to `CAP`.

    Source: NB Đ.24.1; R-PRC-16
    """
    here, missed = await _reach(session, caller, agency, now)
    narrowed = _narrowing(wish.narrowed)
    lists = {
        name.value: and_(here, _holds(queue, caller, now, missed), narrowed)
        for name, queue in HANDLING.items()
    }
    columns = [bounded(condition, *_SOONEST).label(name) for name, condition in lists.items()]
    return dict((await session.execute(select(*columns))).one()._mapping)


@dataclass(frozen=True)
class Occurring:
    """Procedures, officers and states among the open dossiers within reach, each once."""

    procedures: Sequence[tuple[str, str]]
    officers: Sequence[str]
    states: Sequence[str]


async def occurring(session: AsyncSession, caller: Caller, agency: str, now: datetime) -> Occurring:
    """Return what the work lists can be narrowed to. Source: NB Đ.24.1; R-PRC-16"""
    reach, _ = await _reach(session, caller, agency, now)
    here = select(Dossier.procedure_code, Dossier.procedure_name, Dossier.officer_id, Dossier.state)
    found = (await session.execute(here.where(reach, Dossier.closed_at.is_(None)).distinct())).all()
    names = {row.procedure_code: row.procedure_name for row in found}
    return Occurring(
        sorted(names.items(), key=lambda one: one[1]),
        sorted({row.officer_id for row in found if row.officer_id}),
        sorted({row.state for row in found}),
    )


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
    return await _rows(look, select(Dossier).where(look.wanted, look.behind()).order_by(*look.order()))


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
