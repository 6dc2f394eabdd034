"""The desk's queue: what is to be done next, never a count of everything there ever was."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from common.errors import FieldProblem, InvalidInputError
from common.security import Caller
from sqlalchemy import ColumnElement, Row, and_, func, literal, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN, State
from intake.domain.search import search_words
from intake.domain.times import day_end, local_day
from intake.models import Dossier
from intake.queries.dossiers import desk_scope

CAP: Final = 1000
_OPEN: Final = Dossier.state.not_in(("redirected", "refused", "rejected", "returned"))
_COLUMNS: Final = (
    Dossier.code, Dossier.version, Dossier.state, Dossier.procedure_code, Dossier.procedure_version,
    Dossier.applicant_name, Dossier.channel, Dossier.receiving_point, Dossier.competent_agency, Dossier.submitted_at,
    Dossier.check_due_at, Dossier.check_overdue, Dossier.due_at, Dossier.next_due_at,
    Dossier.supplement_count, Dossier.unit, Dossier.step_name, Dossier.step_name_en, Dossier.returned_at,
)  # fmt: skip


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `total` stops counting at `CAP`."""

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
    conditions: dict[str | None, ColumnElement[bool]] = {
        None: true(),
        "overdue": Dossier.next_due_at < now,
        "soon": and_(Dossier.next_due_at >= now, Dossier.next_due_at < now + timedelta(days=1)),
        "today": Dossier.next_due_at < day_end(local_day(now)),
    }
    return conditions[wish.due]


def _wanted(caller: Caller, wish: Wish, now: datetime) -> ColumnElement[bool]:
    states = Dossier.state.in_(wish.states) if wish.states else _OPEN
    words = (Dossier.search_key.contains(word, autoescape=True) for word in search_words(wish.q))
    return and_(desk_scope(caller), states, _due(wish, now), *words)


async def queue(
    session: AsyncSession, caller: Caller, wish: Wish, *, now: datetime, limit: int, cursor: str | None = None
) -> QueuePage:
    """Return a page of the caller's desk, the least remaining time first.

    Remaining working time orders like the due instant, so the index answers without computing it.

    Source: TN Đ.12.1; TN PL.B2; R-INT-01, R-INT-02
    """
    wanted = _wanted(caller, wish, now)
    total = await _bounded_count(session, wanted)
    order = (Dossier.next_due_at, Dossier.code)
    statement = select(*_COLUMNS).where(wanted).order_by(*order).limit(limit + 1)
    if cursor:
        at, code = _read_cursor(cursor)
        statement = statement.where(tuple_(*order) > tuple_(literal(at), literal(code)))
    found = (await session.execute(statement)).all()
    more = _write_cursor(found[limit - 1]) if len(found) > limit else None
    return QueuePage(found[:limit], total, more)


async def counts(
    session: AsyncSession, caller: Caller, now: datetime, soon_until: datetime
) -> dict[str, int]:
    """Return how many dossiers of the desk stand in each open state, and how many checks are soon or over.

    A check is due soon when its deadline lies between `now` and `soon_until`.

    Source: TN Đ.11.3.a; R-INT-02
    """
    scope = desk_scope(caller)
    to_check = and_(scope, Dossier.state == State.SUBMITTED)
    wanted: dict[str, ColumnElement[bool]] = {
        state.value: and_(scope, Dossier.state == state) for state in OPEN
    }
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


def _bounded(condition: ColumnElement[bool]) -> Any:
    some = select(literal(1)).select_from(Dossier).where(condition).limit(CAP).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


async def _bounded_count(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    return int(await session.scalar(select(_bounded(condition))) or 0)


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
