"""The desk's queue: what is to be done next, never a count of everything there ever was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from regulation.states import State
from regulation.zone import local_day
from sqlalchemy import ColumnElement, Row, and_, func, literal, select, true, tuple_, union_all
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
    """What of the queue is wanted: states (none means every open one), due overdue|soon|today.

    Soon means up to the instant that `near` gives for a state, as the profile's reminder says.
    """

    states: tuple[str, ...] = ()
    due: str | None = None
    near: Mapping[State, datetime] = field(default_factory=dict)


def due_within(wish: Wish, state: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition for a state's deadline that is over, near, or today."""
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        "overdue": Dossier.next_due_at < now,
        "soon": and_(Dossier.next_due_at >= now, Dossier.next_due_at <= wish.near.get(State(state), now)),
        "today": Dossier.next_due_at < day_end(local_day(now)),
    }
    return and_(Dossier.state == state, conditions[wish.due])


def _wanted(caller: Caller, wish: Wish, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions whose rows together are the queue, each worded so that exactly one index fits it.

    States are read one by one: an empty one then costs nothing, however many dossiers there are. A deadline without
    states means those whose clock runs.
    """
    everywhere = EVERYWHERE if sees_all(caller) else true()
    states = wish.states or (RUNNING if wish.due else OPEN)
    return [and_(desk_scope(caller), due_within(wish, state, now), everywhere) for state in states]


async def queue(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> QueuePage:
    """Return a page of the caller's desk, the least remaining time first.

    Remaining working time orders like the due instant, so the index answers without computing it.

    Source: TN Đ.12.1; TN PL.B2; R-INT-01, R-INT-02
    """
    numbers = [bounded(condition, Dossier.next_due_at) for condition in _wanted(caller, wish, now)]
    each = (await session.execute(select(*numbers))).one()
    found = await queue_rows(session, caller, wish, now=now, limit=limit + 1, cursor=cursor)
    last = found[limit - 1] if len(found) > limit else None
    more = write_cursor(last.next_due_at, last.code) if last else None
    return QueuePage(found[:limit], sum(each), more, capped=max(each) >= CAP)


async def queue_rows(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> Sequence[Row[Any]]:
    """Return the next rows of the queue behind a cursor, without counting the rest.

    Source: TN Đ.12.1; R-INT-01
    """
    order = (Dossier.next_due_at, Dossier.code)
    after = tuple_(*order) > tuple_(*map(literal, read_cursor(cursor, instant, str))) if cursor else true()
    parts = [
        select(*COLUMNS).where(condition, after).order_by(*order).limit(limit).subquery().select()
        for condition in _wanted(caller, wish, now)
    ]
    merged = union_all(*parts).subquery()
    statement = select(merged).order_by(merged.c.next_due_at, merged.c.code).limit(limit)
    return (await session.execute(statement)).all()


async def counts(
    session: AsyncSession, caller: Caller, now: datetime, near: Mapping[State, datetime]
) -> dict[str, int]:
    """Return how many dossiers of the desk stand in each open state, and how many of all are near or over.

    Each figure is the length of the list that the queue shows for the same wish, counted up to `CAP` per state.

    Source: TN Đ.11.3.a; R-INT-01, R-INT-02
    """
    wishes = {state.value: Wish((state,)) for state in OPEN}
    wishes |= {"overdue": Wish(due="overdue"), "due_soon": Wish(due="soon", near=near)}
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
