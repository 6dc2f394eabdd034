"""The desk's queue: what is to be done next, never a count of everything there ever was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from regulation.queues import DESK, EVERYTHING, Due, Narrowed, Sort
from regulation.states import State
from regulation.zone import local_day
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Row,
    Text,
    and_,
    column,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN, SETTLED
from intake.domain.times import day_end
from intake.models import Dossier
from intake.models.indexes import EVERYWHERE
from intake.queries.dossiers import desk_scope, sees_all

RUNNING: Final = tuple(state for state in State if state not in SETTLED)
COLUMNS: Final = (
    Dossier.code,
    Dossier.version,
    Dossier.state,
    Dossier.procedure_code,
    Dossier.procedure_version,
    Dossier.applicant_name,
    Dossier.channel,
    Dossier.receiving_point,
    Dossier.competent_agency,
    Dossier.submitted_at,
    Dossier.check_started_at,
    Dossier.check_due_at,
    Dossier.checked_at,
    Dossier.accepted_at,
    Dossier.check_overdue,
    Dossier.due_at,
    Dossier.next_due_at,
    Dossier.supplement_count,
    Dossier.unit,
    Dossier.officer_id,
    Dossier.step_name,
    Dossier.step_name_en,
    Dossier.returned_at,
)


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `total` stops counting at `CAP` per state, and `capped` says that it did."""

    items: Sequence[Row[Any]]
    total: int
    next: str | None
    capped: bool


@dataclass(frozen=True)
class Wish:
    """What of the queue is wanted: states (none means every open one), a deadline, what narrows it, in which order.

    Soon means up to the instant that `near` gives for a state, as the profile's reminder says.
    """

    states: tuple[str, ...] = ()
    due: str | None = None
    near: Mapping[State, datetime] = field(default_factory=dict)
    narrowed: Narrowed = EVERYTHING
    sort: Sort = Sort.DUE


def due_within(wish: Wish, state: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition for a state's deadline that is over, near, or today."""
    near = literal(wish.near.get(State(state), now))
    return and_(Dossier.state == state, _within(wish.due, near, now))


def _within(due: str | None, near: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        Due.OVERDUE: Dossier.next_due_at < now,
        Due.SOON: and_(Dossier.next_due_at >= now, Dossier.next_due_at <= near),
        Due.TODAY: Dossier.next_due_at < day_end(local_day(now)),
    }
    return conditions[due]


def narrowing(narrowed: Narrowed) -> ColumnElement[bool]:
    """Return the condition for what narrows a list. Source: TN Đ.12.1; R-INT-01"""
    held = [
        column == value
        for column, value in (
            (Dossier.procedure_code, narrowed.procedure),
            (Dossier.channel, narrowed.channel),
        )
        if value
    ]
    if narrowed.states:
        held.append(Dossier.state.in_(narrowed.states))
    if narrowed.officer:
        held.append(or_(Dossier.checked_by == narrowed.officer, Dossier.officer_id == narrowed.officer))
    if narrowed.since:
        held.append(Dossier.submitted_at >= day_end(narrowed.since - timedelta(days=1)))
    if narrowed.until:
        held.append(Dossier.submitted_at < day_end(narrowed.until))
    return and_(true(), *held)


class _States:
    """The states that are wanted, as rows of a statement: one by one, so that an empty one costs nothing.

    However many there are, the statement is the same: building it would cost more than answering it.
    """

    def __init__(self, states: Sequence[str], near: Mapping[State, datetime], now: datetime) -> None:
        """Take the states, each with the instant up to which its deadline is near."""
        until = [near.get(State(state), now) for state in states]
        listed = func.unnest(literal([*states], ARRAY(Text)), literal(until, ARRAY(DateTime(timezone=True))))
        self.rows = listed.table_valued(
            column("state", Text), column("near", DateTime(timezone=True))
        ).render_derived("wanted")

    def holds(
        self, caller: Caller, due: str | None, narrowed: Narrowed, now: datetime
    ) -> ColumnElement[bool]:
        """Return the condition for the dossiers of one of the states, worded so that exactly one index fits it."""
        everywhere = EVERYWHERE if sees_all(caller) else true()
        here = and_(desk_scope(caller), Dossier.state == self.rows.c.state)
        return and_(here, _within(due, self.rows.c.near, now), everywhere, narrowing(narrowed))


def _wanted(wish: Wish, now: datetime) -> _States:
    """Return the states of a wish; a deadline without states means those whose clock runs."""
    return _States(wish.states or (RUNNING if wish.due else OPEN), wish.near, now)


def place(row: Row[Any], sort: Sort) -> str:
    """Return the cursor of what comes behind a row."""
    return write_cursor(row.next_due_at if sort is Sort.DUE else row.submitted_at, row.code)


async def queue(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> QueuePage:
    """Return a page of the caller's desk, the least remaining time first unless another order is wished.

    Remaining working time orders like the due instant, so the index answers without computing it.

    Source: TN Đ.12.1; TN PL.B2; R-INT-01, R-INT-02
    """
    found = await queue_rows(session, caller, wish, now=now, limit=limit + 1, cursor=cursor)
    if len(found) <= limit and cursor is None:
        return QueuePage(found, len(found), None, capped=False)
    each = await _counted(session, caller, wish, now)
    more = place(found[limit - 1], wish.sort) if len(found) > limit else None
    return QueuePage(found[:limit], sum(each), more, capped=max(each) >= CAP)


async def _counted(session: AsyncSession, caller: Caller, wish: Wish, now: datetime) -> Sequence[int]:
    """Count per state what a wish holds, up to `CAP`; a queue that fits on its first page needs no counting."""
    states = _wanted(wish, now)
    holds = states.holds(caller, wish.due, wish.narrowed, now)
    number = bounded(holds, Dossier.next_due_at, per=states.rows)
    return (await session.scalars(select(number).select_from(states.rows))).all()


async def queue_rows(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> Sequence[Row[Any]]:
    """Return the next rows of the queue behind a cursor, without counting the rest.

    Source: TN Đ.12.1; R-INT-01
    """
    after = _behind(wish.sort, cursor) if cursor else true()
    states = _wanted(wish, now)
    holds = states.holds(caller, wish.due, wish.narrowed, now)
    first = select(*COLUMNS).where(holds, after).order_by(*_order(wish.sort)).limit(limit)
    found = first.correlate(states.rows).lateral("found")
    statement = (
        select(found).select_from(states.rows.join(found, true())).order_by(*_order(wish.sort, found.c))
    )
    return (await session.execute(statement.limit(limit))).all()


def _order(sort: Sort, of: Any = Dossier) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a queue, over the rows themselves or over those already read."""
    if sort is Sort.DUE:
        return (of.next_due_at, of.code)
    if sort is Sort.OLDEST:
        return (of.submitted_at, of.code)
    return (of.submitted_at.desc(), of.code.desc())


def _behind(sort: Sort, cursor: str) -> ColumnElement[bool]:
    here = tuple_(Dossier.next_due_at if sort is Sort.DUE else Dossier.submitted_at, Dossier.code)
    there = tuple_(*map(literal, read_cursor(cursor, instant, str)))
    return here < there if sort is Sort.NEWEST else here > there


async def counts(
    session: AsyncSession,
    caller: Caller,
    now: datetime,
    near: Mapping[State, datetime],
    narrowed: Narrowed = EVERYTHING,
) -> dict[str, int]:
    """Return how many dossiers of the desk stand in each open state, and how many of all are near or over.

    Each figure is the length of the list that the queue shows for the same wish, counted up to `CAP` per state.

    Source: TN Đ.11.3.a; R-INT-01, R-INT-02
    """
    states = _States(OPEN, near, now)
    asked: dict[str, Due | None] = {
        "all": None,
        **{name.value: one.due for name, one in DESK.items() if one.due},
    }
    numbers = [
        bounded(states.holds(caller, due, narrowed, now), Dossier.next_due_at, per=states.rows).label(name)
        for name, due in asked.items()
    ]
    each = (await session.execute(select(states.rows.c.state, *numbers).select_from(states.rows))).all()
    found = {row.state: row.all for row in each}
    running = [row._mapping for row in each if row.state in RUNNING]
    return found | {name: sum(row[name] for row in running) for name, due in asked.items() if due}


async def late_checks(
    session: AsyncSession, caller: Caller, since: datetime
) -> Sequence[tuple[str | None, int]]:
    """Return (officer, how many) of the newest `CAP` checks that were late since an instant.

    No officer stands for those nobody decided yet.

    Source: TN Đ.11.3.a; R-INT-02
    """
    late = and_(desk_scope(caller), Dossier.check_overdue, Dossier.check_due_at >= since)
    newest = (
        select(Dossier.checked_by).where(late).order_by(Dossier.check_due_at.desc()).limit(CAP).subquery()
    )
    statement = select(newest.c.checked_by, func.count()).group_by(newest.c.checked_by)
    return (await session.execute(statement)).tuples().all()
