"""The desk's queue: what is to be done next, never a count of everything there ever was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from regulation.queues import EVERYTHING, Due, Narrowed, Sort
from regulation.states import State
from regulation.zone import day_begins, day_ends, local_day
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN, SETTLED
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
    near = wish.near.get(State(state), now)
    return and_(Dossier.state == state, _within(wish.due, near, now, day_ends(local_day(now))))


def _within(due: str | None, near: Any, now: Any, tonight: Any) -> ColumnElement[bool]:
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        Due.OVERDUE: Dossier.next_due_at < now,
        Due.SOON: and_(Dossier.next_due_at >= now, Dossier.next_due_at <= near),
        Due.TODAY: Dossier.next_due_at < tonight,
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
        held.append(Dossier.submitted_at >= day_begins(narrowed.since))
    if narrowed.until:
        held.append(Dossier.submitted_at < day_ends(narrowed.until))
    return and_(true(), *held)


WANTED: Final = (
    func.unnest(
        bindparam("states", type_=ARRAY(Text)), bindparam("near", type_=ARRAY(DateTime(timezone=True)))
    )
    .table_valued(column("state", Text), column("near", DateTime(timezone=True)))
    .render_derived("wanted")
)
"""The states that are wanted, as rows of a statement: one by one, so that an empty one costs nothing.

However many there are and whatever the time, the statement is the same: wording it costs more than answering it.
"""

_NOW, _TONIGHT = (bindparam(name, type_=DateTime(timezone=True)) for name in ("now", "tonight"))


def holds(caller: Caller, due: str | None, narrowed: Narrowed) -> ColumnElement[bool]:
    """Return the condition for the dossiers of one of the wanted states, worded so that exactly one index fits it."""
    everywhere = EVERYWHERE if sees_all(caller) else true()
    here = and_(desk_scope(caller), Dossier.state == WANTED.c.state)
    near = _within(due, WANTED.c.near, _NOW, _TONIGHT)
    return and_(here, near, everywhere, narrowing(narrowed))


def given(states: Sequence[str], near: Mapping[State, datetime], now: datetime) -> dict[str, Any]:
    """Return what a statement over wanted states is given: the states, the time, and when each deadline is near."""
    until = [near.get(State(state), now) for state in states]
    return {"states": [*states], "near": until, "now": now, "tonight": day_ends(local_day(now))}


def _given(wish: Wish, now: datetime) -> dict[str, Any]:
    """Say which states a wish means; a deadline without states means those whose clock runs."""
    return given(wish.states or (RUNNING if wish.due else OPEN), wish.near, now)


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
    statement = _counting(caller, wish.due, wish.narrowed)
    return (await session.scalars(statement, _given(wish, now))).all()


@lru_cache(maxsize=128)
def _counting(caller: Caller, due: str | None, narrowed: Narrowed) -> Select[tuple[int]]:
    number = bounded(holds(caller, due, narrowed), Dossier.next_due_at, per=WANTED)
    return select(number).select_from(WANTED)


async def queue_rows(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> Sequence[Row[Any]]:
    """Return the next rows of the queue behind a cursor, without counting the rest.

    Source: TN Đ.12.1; R-INT-01
    """
    at, code = read_cursor(cursor, instant, str) if cursor else (None, None)
    statement = _reading(caller, wish.due, wish.narrowed, wish.sort, behind=cursor is not None)
    asked = {**_given(wish, now), "after_at": at, "after_code": code, "rows": limit}
    return (await session.execute(statement, asked)).all()


@lru_cache(maxsize=128)
def _reading(caller: Caller, due: str | None, narrowed: Narrowed, sort: Sort, *, behind: bool) -> Select[Any]:
    after, most = _behind(sort) if behind else true(), bindparam("rows", type_=Integer)
    first = select(*COLUMNS).where(holds(caller, due, narrowed), after).order_by(*_order(sort)).limit(most)
    found = first.correlate(WANTED).lateral("found")
    rows = select(found).select_from(WANTED.join(found, true()))
    return rows.order_by(*_order(sort, found.c)).limit(most)


def _order(sort: Sort, of: Any = Dossier) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a queue, over the rows themselves or over those already read."""
    if sort is Sort.DUE:
        return (of.next_due_at, of.code)
    if sort is Sort.OLDEST:
        return (of.submitted_at, of.code)
    return (of.submitted_at.desc(), of.code.desc())


def _behind(sort: Sort) -> ColumnElement[bool]:
    here = tuple_(Dossier.next_due_at if sort is Sort.DUE else Dossier.submitted_at, Dossier.code)
    there = tuple_(bindparam("after_at", type_=DateTime(timezone=True)), bindparam("after_code", type_=Text))
    return here < there if sort is Sort.NEWEST else here > there
