"""Named reads of the figures of questions and feedback; each column is counted on its own, so that sums can differ."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from common.cursors import instant, read_cursor, write_cursor
from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.accounts import QuestionFigures
from stats.domain.questions import CENTRE, Subject, Turn
from stats.models import Holding, Question

Columns = Mapping[str, ColumnElement[bool]]


class QuestionGroup(StrEnum):
    """What figures of questions are broken down by."""

    AGENCY = "agency"
    TOPIC = "topic"
    PROVINCE = "province"


class QuestionFilter(NamedTuple):
    """What counts: questions or feedback, of a topic, in these hands; `CENTRE` is the coordinator, none everybody."""

    subject: Subject
    holders: frozenset[str] | None = None
    topic: str | None = None


class Interval(NamedTuple):
    """From `start` (included) to `end` (excluded), looked at `now`; instants in UTC."""

    start: datetime
    end: datetime
    now: datetime

    @property
    def until(self) -> datetime:
        """Return when lateness of what is open is judged: at the end, or now when that has not come."""
        return min(self.end, self.now)


def _within(column: ColumnElement[Any], time: Interval) -> ColumnElement[bool]:
    return and_(column >= time.start, column < time.end)


def _whole(time: Interval) -> Columns:
    """Return what was received and what became of it, whoever had it."""
    ended = _within(Question.closed_at.expression, time)
    answered = and_(ended, Question.ending == Turn.ANSWERED)
    return {
        "carried_over": Question.received_at < time.start,
        "received": _within(Question.received_at.expression, time),
        "answered_in_time": and_(answered, ~Question.late),
        "answered_late": and_(answered, Question.late),
        "refused": and_(ended, Question.ending == Turn.REFUSED),
        "moved": and_(ended, Question.ending == Turn.MOVED),
        "open": or_(Question.closed_at.is_(None), Question.closed_at >= time.end),
    }


def _held(time: Interval) -> Columns:
    """Return what came into hands and how it left them; what ended late there is late however it ended."""
    came, ended = _within(Holding.since_at.expression, time), _within(Holding.until_at.expression, time)
    late = func.coalesce(Holding.until_at > Holding.due_at, false())
    answered = and_(ended, Holding.ending == Turn.ANSWERED)
    still = or_(Holding.until_at.is_(None), Holding.until_at >= time.end)
    away = {
        turn: and_(ended, Holding.ending == turn)
        for turn in (Turn.REFUSED, Turn.MOVED, Turn.FORWARDED, Turn.RETURNED, Turn.RECALLED)
    }
    return {
        "carried_over": Holding.since_at < time.start,
        "received": came,
        "answered_in_time": and_(answered, ~late),
        "answered_late": and_(answered, late),
        "refused": away[Turn.REFUSED],
        "moved": away[Turn.MOVED],
        "passed_on": or_(away[Turn.FORWARDED], away[Turn.RETURNED], away[Turn.RECALLED]),
        "open": still,
        "forwarded": and_(came, Holding.holder != CENTRE),
        "returned": away[Turn.RETURNED],
        "recalled": away[Turn.RECALLED],
        "late": and_(ended, late, Holding.since_at <= Holding.due_at),
        "came_late": and_(ended, late, Holding.since_at > Holding.due_at),
        "late_open": and_(still, Holding.due_at < time.until),
    }


_SAID_MORE: Final = ("forwarded", "returned", "recalled", "late", "came_late", "late_open")


def _touched(time: Interval, only: QuestionFilter) -> list[ColumnElement[bool]]:
    found = [
        Holding.subject == only.subject,
        Holding.since_at < time.end,
        or_(Holding.until_at.is_(None), Holding.until_at >= time.start),
    ]
    if only.holders is not None:
        found.append(Holding.holder.in_(sorted(only.holders)))
    return [*found, *([Holding.topic == only.topic] if only.topic is not None else [])]


async def question_figures(
    session: AsyncSession, time: Interval, group: QuestionGroup, only: QuestionFilter
) -> dict[str, QuestionFigures]:
    """Return the account of an interval per key; of agencies the coordinator's key is `CENTRE`.

    Of the whole province or of topics it counts what was received, unless hands are chosen: then what those had.

    Source: NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.3; QT Đ.24.4; R-STA-15
    """
    if group is QuestionGroup.AGENCY or only.holders is not None:
        return await _turns(session, time, group, only, tuple(QuestionFigures.__dataclass_fields__))
    key = literal("province") if group is QuestionGroup.PROVINCE else Question.topic.expression
    columns = _whole(time)
    statement = (
        select(key, *(func.count().filter(test).label(name) for name, test in columns.items()))
        .where(
            Question.subject == only.subject,
            Question.received_at < time.end,
            or_(Question.closed_at.is_(None), Question.closed_at >= time.start),
            *([Question.topic == only.topic] if only.topic is not None else []),
        )
        .group_by(key)
    )
    more = await _turns(session, time, group, only, _SAID_MORE)
    return {
        row[0]: QuestionFigures(**dict(zip(columns, row[1:], strict=True)))
        + more.get(row[0], QuestionFigures())
        for row in await session.execute(statement)
    }


async def _turns(
    session: AsyncSession,
    time: Interval,
    group: QuestionGroup,
    only: QuestionFilter,
    names: tuple[str, ...],
) -> dict[str, QuestionFigures]:
    key = {
        QuestionGroup.AGENCY: Holding.holder.expression,
        QuestionGroup.TOPIC: Holding.topic.expression,
        QuestionGroup.PROVINCE: literal("province"),
    }[group]
    columns = _held(time)
    counts = [func.count().filter(columns[name]) for name in names]
    rows = await session.execute(select(key, *counts).where(*_touched(time, only)).group_by(key))
    return {row[0]: QuestionFigures(**dict(zip(names, row[1:], strict=True))) for row in rows}


class Behind(NamedTuple):
    """One time in somebody's hands, as a list behind a figure shows it."""

    number: str
    topic: str
    holder: str
    since_at: datetime
    due_at: datetime | None
    until_at: datetime | None
    ending: str | None
    no: int


class BehindPage(NamedTuple):
    """A page of such a list, how many there are on all, and the cursor of the next."""

    rows: list[Behind]
    total: int
    next: str | None


_NEVER: Final = datetime(2999, 1, 1, tzinfo=UTC)
_DUE: Final = func.coalesce(Holding.due_at, _NEVER)


async def behind(
    session: AsyncSession,
    seen: ColumnElement[bool],
    time: Interval,
    only: QuestionFilter,
    *,
    figure: str,
    limit: int,
    cursor: str | None,
) -> BehindPage:
    """Return what a figure of these hands counts and the caller may see, the longest due first."""
    tests = [*_touched(time, only), _held(time)[figure], seen]
    total = await session.scalar(select(func.count()).select_from(Holding).where(*tests)) or 0
    if cursor:
        tests.append(tuple_(_DUE, Holding.number, Holding.no) > read_cursor(cursor, instant, str, int))
    columns = (getattr(Holding, name) for name in Behind._fields)
    statement = select(*columns).where(*tests).order_by(_DUE, Holding.number, Holding.no).limit(limit + 1)
    rows = [Behind(*row) for row in await session.execute(statement)]
    last = rows[limit - 1] if len(rows) > limit else None
    more = write_cursor(last.due_at or _NEVER, last.number, last.no) if last else None
    return BehindPage(rows[:limit], total, more)
