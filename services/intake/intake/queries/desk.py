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
from sqlalchemy import ColumnElement, Row, and_, func, literal, or_, select, true, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN, SETTLED
from intake.domain.times import day_end
from intake.models import Dossier
from intake.models.dossier import EVERYWHERE
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
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        Due.OVERDUE: Dossier.next_due_at < now,
        Due.SOON: and_(Dossier.next_due_at >= now, Dossier.next_due_at <= wish.near.get(State(state), now)),
        Due.TODAY: Dossier.next_due_at < day_end(local_day(now)),
    }
    return and_(Dossier.state == state, conditions[wish.due])


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


def _wanted(caller: Caller, wish: Wish, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions whose rows together are the queue, each worded so that exactly one index fits it.

    States are read one by one: an empty one then costs nothing, however many dossiers there are. A deadline without
    states means those whose clock runs.
    """
    everywhere = EVERYWHERE if sees_all(caller) else true()
    states = wish.states or (RUNNING if wish.due else OPEN)
    asked = narrowing(wish.narrowed)
    return [and_(desk_scope(caller), due_within(wish, state, now), everywhere, asked) for state in states]


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
    numbers = [bounded(condition, Dossier.next_due_at) for condition in _wanted(caller, wish, now)]
    each = (await session.execute(select(*numbers))).one()
    found = await queue_rows(session, caller, wish, now=now, limit=limit + 1, cursor=cursor)
    last = found[limit - 1] if len(found) > limit else None
    more = place(last, wish.sort) if last else None
    return QueuePage(found[:limit], sum(each), more, capped=max(each) >= CAP)


async def queue_rows(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> Sequence[Row[Any]]:
    """Return the next rows of the queue behind a cursor, without counting the rest.

    Source: TN Đ.12.1; R-INT-01
    """
    after = _behind(wish.sort, cursor) if cursor else true()
    parts = [
        select(*COLUMNS).where(condition, after).order_by(*_order(wish.sort)).limit(limit).subquery().select()
        for condition in _wanted(caller, wish, now)
    ]
    merged = union_all(*parts).subquery()
    statement = select(merged).order_by(*_order(wish.sort, merged.c)).limit(limit)
    return (await session.execute(statement)).all()


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
    wishes = {state.value: Wish((state,), narrowed=narrowed) for state in OPEN}
    wishes |= {
        name.value: Wish(due=queue.due, near=near, narrowed=narrowed)
        for name, queue in DESK.items()
        if queue.due
    }
    columns = [
        sum((bounded(one, Dossier.next_due_at) for one in _wanted(caller, wish, now)), literal(0)).label(name)
        for name, wish in wishes.items()
    ]
    return dict((await session.execute(select(*columns))).one()._mapping)


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
