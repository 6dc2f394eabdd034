"""The board: a page of each queue, soonest due first, and how many there are by queue and agency."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from common.conditions import matching, under
from common.counting import CAP, bounded
from common.cursors import instant, read_cursor, write_cursor
from common.sealing import Ring, ring_of
from regulation.roles import Holder, Right, view
from regulation.text import fold
from regulation.zone import local_day
from sqlalchemy import ColumnElement, Text, and_, false, func, literal_column, or_, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import PublicationState, State
from qa.domain.search import words_sought
from qa.domain.states import TO_SORT
from qa.models import Question
from qa.models.marks import hidden_words


class Queue(StrEnum):
    """A queue of the board (hàng việc)."""

    OPEN = "open"
    TO_SORT = "to_sort"
    WITH_AGENCY = "with_agency"
    TO_RELEASE = "to_release"
    SENT_BACK = "sent_back"
    RETURNED = "returned"
    RETURN_ASKED = "return_asked"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    REFUSED = "refused"
    MOVED = "moved"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"


CLOSED: Final = frozenset({Queue.ANSWERED, Queue.REFUSED, Queue.MOVED, Queue.TO_PUBLISH, Queue.PUBLISHED})
_DUE: Final = (Question.due_at, Question.number)
_RISING: Final = (Question.closed_at, Question.number)
_NUMBER: Final = re.compile(r"(?:HD-)?(?:(\d{4})-)?(\d{1,6})", re.IGNORECASE)
_YEARS: Final = 5
"""As far back as a number without its year is looked for."""
_LEAST: Final = 3
_RECENT: Final = (Question.closed_at.desc(), Question.number.desc())


@dataclass(frozen=True)
class Board:
    """What is asked of the board."""

    queue: Queue = Queue.OPEN
    agency: str = ""
    topic: str = ""
    q: str = ""
    people: bool = False
    """Whether it is looked for among askers: whole words of names, numbers and addresses."""


@dataclass(frozen=True)
class BoardPage:
    """One page of a queue; `capped` says that `total` stopped counting."""

    items: Sequence[Question]
    total: int
    next: str | None
    capped: bool


def _published(state: PublicationState) -> ColumnElement[bool]:
    told: ColumnElement[bool] = Question.publication["state"].astext == state.value
    return told


def _within(queue: Queue, now: datetime) -> ColumnElement[bool]:
    states: Mapping[Queue, ColumnElement[bool]] = {
        Queue.OPEN: Question.closed_at.is_(None),
        Queue.TO_SORT: Question.state.in_(sorted(TO_SORT)),
        Queue.WITH_AGENCY: Question.state == State.FORWARDED,
        Queue.TO_RELEASE: Question.state == State.DRAFTED,
        Queue.SENT_BACK: and_(
            Question.state == State.FORWARDED, Question.draft["sent_back"]["at"].astext.is_not(None)
        ),
        Queue.RETURNED: Question.state == State.RETURNED,
        Queue.RETURN_ASKED: Question.return_asked.is_not(None),
        Queue.DUE_SOON: and_(Question.soon_at <= now, Question.due_at >= now),
        Queue.OVERDUE: Question.due_at < now,
        Queue.ANSWERED: Question.state == State.ANSWERED,
        Queue.REFUSED: Question.state == State.REFUSED,
        Queue.MOVED: Question.state == State.MOVED,
        Queue.TO_PUBLISH: _published(PublicationState.PROPOSED),
        Queue.PUBLISHED: _published(PublicationState.PUBLISHED),
    }
    still = Question.closed_at.is_not(None) if queue in CLOSED else Question.closed_at.is_(None)
    return and_(still, states[queue])


def _seen(who: Holder) -> ColumnElement[bool]:
    return matching(view(Right.READ_QUESTIONS, who).alternatives(), agency=Question.agency)


def _conditions(who: Holder, asked: Board, now: datetime, ring: Ring | None = None) -> ColumnElement[bool]:
    tests: list[ColumnElement[bool]] = [_seen(who), _within(asked.queue, now)]
    tests += [under(Question.agency, asked.agency)] if asked.agency else []
    tests += [Question.topic == asked.topic] if asked.topic else []
    tests += [_looked_for(asked, now, ring)] if asked.q.strip() else []
    return and_(*tests)


def _looked_for(asked: Board, now: datetime, ring: Ring | None) -> ColumnElement[bool]:
    """Match a number as far as somebody knows it, or titles with words that begin as those typed do."""
    words = ["".join(filter(str.isalnum, word)) for word in fold(asked.q).split()[:8]]
    begun = " & ".join(f"{word}:*" for word in words if word)
    titles = func.to_tsvector(literal_column("'simple'"), Question.title_key)
    titled = titles.op("@@")(func.to_tsquery(literal_column("'simple'"), begun)) if begun else false()
    number = Question.number.in_(_numbers(asked.q.strip(), now))
    return or_(number, _asked_by(asked.q.strip(), ring)) if asked.people else or_(number, titled)


def _numbers(told: str, now: datetime) -> list[str]:
    found = _NUMBER.fullmatch(told)
    if found is None:
        return [told.upper()]
    year, digits = found.groups()
    years = [year] if year else [str(local_day(now).year - ago) for ago in range(_YEARS)]
    return [f"HD-{one}-{digits.zfill(6)}" for one in years]


def _asked_by(told: str, ring: Ring | None) -> ColumnElement[bool]:
    """Match askers by all words of names, numbers and addresses; who asked before there were marks, as it is typed.

    Their questions are read first, each way by its index, and not along with a queue.
    """
    words = words_sought(told)
    if len(told) < _LEAST or not words:
        return false()
    marks = [hidden_words(words, ring)] if ring is None else [hidden_words(words, ring), words]
    ways = [select(Question.number).where(Question.asker_marks.contains(one)) for one in marks]
    clear = Question.plain_asker.cast(Text)
    said = dict.fromkeys((told, told.title(), *(word.lstrip("0") for word in words if word.isdigit())))
    typed = or_(*(clear.contains(one, autoescape=True) for one in said))
    unmarked = Question.asker_marks.is_(None), Question.plain_asker.is_not(None)
    numbers = union_all(*ways, select(Question.number).where(*unmarked, typed))
    return Question.number == func.any(func.array(numbers.scalar_subquery()))


async def board(
    session: AsyncSession, who: Holder, asked: Board, now: datetime, *, limit: int, cursor: str | None = None
) -> BoardPage:
    """Return a page of a queue in the caller's reach: open ones soonest due first, closed ones newest first.

    Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21
    """
    wanted = _conditions(who, asked, now, ring_of(session))
    closed = asked.queue in CLOSED
    moment: Any = Question.closed_at if closed else Question.due_at
    found = select(Question).where(wanted).order_by(*(_RECENT if closed else _DUE))
    if cursor:
        place, after = tuple_(moment, Question.number), read_cursor(cursor, instant, str)
        found = found.where(place < after if closed else place > after)
    rows = (await session.scalars(found.limit(limit + 1))).all()
    last = rows[limit - 1] if len(rows) > limit else None
    more = None if last is None else write_cursor(last.closed_at if closed else last.due_at, last.number)
    total = await session.scalar(select(bounded(wanted, *(_RISING if closed else _DUE)))) or 0
    return BoardPage(rows[:limit], total, more, capped=total >= CAP)


async def found_counts(session: AsyncSession, who: Holder, asked: Board, now: datetime) -> dict[str, int]:
    """Return how much of what is looked for stands in each queue of the caller."""
    columns = [func.count().filter(_within(queue, now)).label(f"q_{queue.value}") for queue in Queue]
    row = (
        await session.execute(select(*columns).where(_seen(who), _looked_for(asked, now, ring_of(session))))
    ).one()
    return {queue.value: count for queue, count in zip(Queue, row, strict=True)}


async def queue_counts(session: AsyncSession, who: Holder, now: datetime) -> dict[str, int]:
    """Return how many questions stand in each queue of the caller, up to `CAP`."""
    asked = {queue: _conditions(who, Board(queue), now) for queue in Queue}
    orders = {queue: _RISING if queue in CLOSED else _DUE for queue in Queue}
    columns = [bounded(asked[queue], *orders[queue]).label(f"q_{queue.value}") for queue in Queue]
    row = (await session.execute(select(*columns))).one()
    return {queue.value: count for queue, count in zip(Queue, row, strict=True)}


@dataclass(frozen=True)
class AgencyCount:
    """How many questions an agency holds, and how many of them are late."""

    agency: str
    open: int
    due_soon: int
    overdue: int
    returned: int


async def agency_counts(session: AsyncSession, who: Holder, now: datetime) -> list[AgencyCount]:
    """Return by agency what is open, near, late and came back before. Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21"""
    whole = _conditions(who, Board(), now)
    rows = await session.execute(
        select(
            Question.agency,
            func.count(),
            func.count().filter(Question.soon_at <= now, Question.due_at >= now),
            func.count().filter(Question.due_at < now),
            func.count().filter(Question.returned_count > 0),
        )
        .where(whole)
        .group_by(Question.agency)
        .order_by(Question.agency.nulls_first())
    )
    return [AgencyCount(agency or "", *counts) for agency, *counts in rows]


async def questions_of(session: AsyncSession, person: str, *, now: datetime, limit: int) -> Sequence[str]:
    """Return the numbers of questions by all words of their asker's name, or a number or address, the newest first.

    Source: R-SEC-22; R-QNA-21
    """
    theirs = select(Question.number).where(_asked_by(person.strip(), ring_of(session)))
    return (await session.scalars(theirs.order_by(Question.number.desc()).limit(limit))).all()
