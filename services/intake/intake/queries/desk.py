"""The desk's queue: what is to be done next, never a count of everything there ever was."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from typing import Any, Final

import orjson
from common.errors import FieldProblem, InvalidInputError
from common.security import Caller
from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, literal, select, true, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import CLOSED, OPEN, SETTLED, State
from intake.domain.search import search_words
from intake.domain.times import day_end, local_day
from intake.models import Dossier
from intake.models.dossier import ALL_OPEN, EVERYWHERE
from intake.queries.dossiers import desk_scope, sees_all

CAP: Final = 1000
_COLUMNS: Final = (
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
    Dossier.check_due_at,
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
    """One page of the queue; `total` stops counting at `CAP` per state."""

    items: Sequence[Row[Any]]
    total: int
    next: str | None


@dataclass(frozen=True)
class Wish:
    """What of the queue is wanted: states (none means every open one), words, due overdue|soon|today."""

    states: tuple[str, ...] = ()
    q: str = ""
    due: str | None = None


def _due(wish: Wish, now: datetime) -> ColumnElement[bool]:
    running = Dossier.state.not_in(sorted(SETTLED))
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        "overdue": and_(running, Dossier.next_due_at < now),
        "soon": and_(running, Dossier.next_due_at >= now, Dossier.next_due_at < now + timedelta(days=1)),
        "today": and_(running, Dossier.next_due_at < day_end(local_day(now))),
    }
    return conditions[wish.due]


def _at_the_desk(caller: Caller, state: str) -> ColumnElement[bool]:
    """Return the condition for one state of the caller's desk, worded so that exactly one index fits it."""
    everywhere = EVERYWHERE if sees_all(caller) else true()
    return and_(desk_scope(caller), Dossier.state == state, everywhere)


def _wanted(caller: Caller, wish: Wish, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions whose rows together are the queue, each one made for an index of its own.

    Named states are read one by one: an empty one then costs nothing, however many dossiers there are. Words and
    "every open state" go over the index of all open dossiers, or over the words' own when they are rare.
    """
    due, words = _due(wish, now), [_holds(word) for word in search_words(wish.q)]
    if wish.states and not words:
        return [and_(_at_the_desk(caller, state), due) for state in wish.states]
    states = Dossier.state.in_(wish.states) if wish.states else Dossier.state.not_in(sorted(CLOSED))
    index = EVERYWHERE if sees_all(caller) else ALL_OPEN
    return [and_(desk_scope(caller), states, true() if CLOSED & set(wish.states) else index, due, *words)]


def _holds(word: str) -> ColumnElement[bool]:
    return Dossier.search_key.contains(word, autoescape=True)


async def queue(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> QueuePage:
    """Return a page of the caller's desk, the least remaining time first.

    Remaining working time orders like the due instant, so the index answers without computing it.

    Source: TN Đ.12.1; TN PL.B2; R-INT-01, R-INT-02
    """
    wanted = _wanted(caller, wish, now)
    total = await session.scalar(select(reduce(add, map(_bounded, wanted))))
    order = (Dossier.next_due_at, Dossier.code)
    after = tuple_(*order) > tuple_(*map(literal, _read_cursor(cursor))) if cursor else true()
    parts = [
        select(*_COLUMNS).where(condition, after).order_by(*order).limit(limit + 1).subquery().select()
        for condition in wanted
    ]
    merged = union_all(*parts).subquery()
    statement = select(merged).order_by(merged.c.next_due_at, merged.c.code).limit(limit + 1)
    found = (await session.execute(statement)).all()
    more = _write_cursor(found[limit - 1]) if len(found) > limit else None
    return QueuePage(found[:limit], int(total or 0), more)


async def counts(
    session: AsyncSession, caller: Caller, now: datetime, soon_until: datetime
) -> dict[str, int]:
    """Return how many dossiers of the desk stand in each open state, and how many checks are soon or over.

    A check is due soon when its deadline lies between `now` and `soon_until`.

    Source: TN Đ.11.3.a; R-INT-02
    """
    wanted = {state.value: _at_the_desk(caller, state) for state in OPEN}
    to_check = wanted[State.SUBMITTED]
    wanted["overdue"] = and_(to_check, Dossier.next_due_at < now)
    wanted["due_soon"] = and_(to_check, Dossier.next_due_at >= now, Dossier.next_due_at <= soon_until)
    columns = [_bounded(condition).label(name) for name, condition in wanted.items()]
    return dict((await session.execute(select(*columns))).one()._mapping)


async def late_checks(
    session: AsyncSession, caller: Caller, since: datetime
) -> Sequence[tuple[str | None, int]]:
    """Return (officer, how many) checks decided late since an instant; None are those nobody decided yet.

    Source: TN Đ.11.3.a; R-INT-02
    """
    statement = (
        select(Dossier.checked_by, func.count())
        .where(desk_scope(caller), Dossier.check_overdue, Dossier.check_due_at >= since)
        .group_by(Dossier.checked_by)
    )
    return (await session.execute(statement)).tuples().all()


def _bounded(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count up to `CAP`; the order is the index's own, so that nothing else than the index is read."""
    some = select(literal(1)).where(condition).order_by(Dossier.next_due_at).limit(CAP).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _write_cursor(row: Row[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([row.next_due_at, row.code])).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, code = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(at), str(code)
    except (binascii.Error, ValueError, TypeError):
        problem = FieldProblem(
            "cursor", "cursor", "Con trỏ trang không hợp lệ.", "The page cursor is not valid."
        )
        raise InvalidInputError([problem]) from None
