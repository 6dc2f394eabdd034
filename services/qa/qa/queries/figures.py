"""Figures of questions and feedback in a time: what came, what became of it, and who did what in time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from regulation.lateness import upwards
from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import ClockKind, Deed, Outcome, State
from qa.domain.clocks import GROUNDLESS
from qa.domain.feedback import OPEN as FEEDBACK_OPEN
from qa.domain.feedback import FeedbackState
from qa.domain.states import OPEN
from qa.models import Clock, Feedback, Line, Question


@dataclass(frozen=True)
class Tally:
    """What was received in a time, and where it stands now."""

    received: int
    answered: int
    refused: int
    moved: int
    open: int


@dataclass(frozen=True)
class Balance:
    """What was received and where it stands, as the rows say and as their history says."""

    rows: Tally
    history: Tally

    @property
    def holds(self) -> bool:
        """Tell whether nothing is missing, counted twice or changed without a line: two sources agree."""
        told = self.rows
        whole = told.received == told.answered + told.refused + told.moved + told.open
        return whole and told == self.history


@dataclass(frozen=True)
class AgencyFigures:
    """What one agency was given in a time and did with it.

    Whatever ended late in its hands is `late`, however it ended; `came_late` is what was late already when it came.
    `late_open` is what it still owed late at the end of the time, whenever that had come.
    """

    agency: str
    forwarded: int = 0
    returned: int = 0
    recalled: int = 0
    in_time: int = 0
    late: int = 0
    came_late: int = 0
    closed: int = 0
    late_open: int = 0

    def among(self, above: "AgencyFigures") -> "AgencyFigures":
        """Return the figures of an agency above with these among them."""
        names = [one.name for one in fields(self) if one.name != "agency"]
        return replace(above, **{name: getattr(above, name) + getattr(self, name) for name in names})


_DEEDS: Final = {
    Deed.FORWARDED: "forwarded",
    Deed.RETURNED: "returned",
    Deed.RECALLED: "recalled",
}
_QUESTION_ENDS: Final = {Deed.RELEASED: "answered", Deed.REFUSED: "refused", Deed.MOVED: "moved"}
_FEEDBACK_ENDS: Final = {Deed.REPLIED: "answered", Deed.CLOSED: "refused"}


async def question_balance(session: AsyncSession, since: datetime, before: datetime) -> Balance:
    """Count questions by where they stand, and again by their history.

    Source: NB Đ.18.5.c; TN Đ.15.4; QT Đ.24.4; R-STA-15
    """
    within = and_(Question.asked_at >= since, Question.asked_at < before)
    rows = await session.execute(select(Question.state, func.count()).where(within).group_by(Question.state))
    states = Counter(dict(rows.tuples().all()))
    received = await session.scalar(select(func.count()).select_from(Question).where(within)) or 0
    told = Tally(
        received=received,
        answered=states[State.ANSWERED],
        refused=states[State.REFUSED],
        moved=states[State.MOVED],
        open=sum(states[state] for state in OPEN),
    )
    return Balance(told, await _history(session, Question, within, Deed.ASKED, _QUESTION_ENDS))


async def feedback_balance(session: AsyncSession, since: datetime, before: datetime) -> Balance:
    """Count feedback by where it stands, and again by its history. Source: TN Đ.18.3; QT Đ.24.4; R-STA-15"""
    within = and_(Feedback.came_at >= since, Feedback.came_at < before)
    rows = await session.execute(select(Feedback.state, func.count()).where(within).group_by(Feedback.state))
    states = Counter(dict(rows.tuples().all()))
    received = await session.scalar(select(func.count()).select_from(Feedback).where(within)) or 0
    told = Tally(
        received=received,
        answered=states[FeedbackState.REPLIED],
        refused=states[FeedbackState.CLOSED],
        moved=0,
        open=sum(states[state] for state in FEEDBACK_OPEN),
    )
    return Balance(told, await _history(session, Feedback, within, Deed.RECEIVED, _FEEDBACK_ENDS))


async def _history(
    session: AsyncSession,
    table: type[Question | Feedback],
    within: ColumnElement[bool],
    first: Deed,
    ends: Mapping[Deed, str],
) -> Tally:
    """Count what the lines say began, and how it ended."""
    lines = await session.execute(
        select(Line.deed, func.count())
        .join(table, table.number == Line.question)
        .where(within, Line.deed.in_(sorted((first, *ends))))
        .group_by(Line.deed)
    )
    deeds = Counter(dict(lines.tuples().all()))
    told = dict.fromkeys(("answered", "refused", "moved"), 0)
    told |= {name: deeds[deed] for deed, name in ends.items()}
    return Tally(received=deeds[first], open=deeds[first] - sum(told.values()), **told)


async def adrift(session: AsyncSession) -> list[str]:
    """Return the numbers of what is open and owed by nobody or twice, and of what ended and is still owed.

    Source: requirements §0.3.2; R-QNA-10; R-FBK-08
    """
    found: set[str] = set()
    for table, kinds in (
        (Question, (ClockKind.TRIAGE, ClockKind.ANSWER)),
        (Feedback, (ClockKind.RESPONSE,)),
    ):
        runs = and_(Clock.question == table.number, Clock.ended_at.is_(None))
        owed = func.count(Clock.id)
        still = (
            select(table.number)
            .outerjoin(Clock, and_(runs, Clock.kind.in_(kinds)))
            .where(table.closed_at.is_(None))
            .group_by(table.number)
            .having(owed != 1)
        )
        over = select(table.number).join(Clock, runs).where(table.closed_at.is_not(None))
        found |= {*await session.scalars(still), *await session.scalars(over)}
    return sorted(found)


async def by_agency(
    session: AsyncSession, kind: ClockKind, since: datetime, before: datetime, now: datetime
) -> list[AgencyFigures]:
    """Return what each agency was given and did, by day of the deed, and what it owed late at the end of the time.

    Source: NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.3; QT Đ.24.4; R-STA-15
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    prefix = "HD-" if kind is ClockKind.ANSWER else "PA-"
    lines = await session.execute(
        select(Line.agency, Line.deed, func.count())
        .where(Line.deed.in_(sorted(_DEEDS)), Line.at >= since, Line.at < before, Line.agency != "")
        .where(Line.question.startswith(prefix))
        .group_by(Line.agency, Line.deed)
    )
    for agency, deed, count in lines:
        found[agency][_DEEDS[Deed(deed)]] = count
    for agency, *counts in await session.execute(_clocks(kind, since, before, min(before, now))):
        found[agency] |= dict(zip(_COUNTED, counts, strict=True))
    return [AgencyFigures(agency, **told) for agency, told in sorted(found.items())]


def rolled(rows: Iterable[AgencyFigures], known: Mapping[str, str | None]) -> list[AgencyFigures]:
    """Give each agency its own figures and those of every agency below it. Source: R-STA-15; R-STA-20"""
    whole: dict[str, AgencyFigures] = {}
    for row in rows:
        parents = {
            row.agency: None,
            **{code: above if above in known else None for code, above in known.items()},
        }
        for above in upwards(row.agency, parents):
            whole[above] = row.among(whole.get(above, AgencyFigures(above)))
    return [whole[code] for code in sorted(whole)]


_COUNTED: Final = ("in_time", "late", "came_late", "closed", "late_open")


def _clocks(kind: ClockKind, since: datetime, before: datetime, end: datetime) -> Any:
    ended = and_(Clock.ended_at >= since, Clock.ended_at < before)
    still = and_(Clock.held_from <= end, or_(Clock.ended_at.is_(None), Clock.ended_at >= before))
    late = and_(ended, Clock.outcome.not_in(sorted(GROUNDLESS)), Clock.ended_at > Clock.due_at)
    counted = (
        and_(ended, Clock.outcome == Outcome.DONE, Clock.ended_at <= Clock.due_at),
        and_(late, Clock.held_from <= Clock.due_at),
        and_(late, Clock.held_from > Clock.due_at),
        and_(ended, Clock.outcome == Outcome.CLOSED),
        and_(still, Clock.due_at < end),
    )
    return (
        select(Clock.owes, *(func.count(case((test, 1))) for test in counted))
        .where(Clock.kind == kind, Clock.owes != "", or_(ended, still))
        .group_by(Clock.owes)
    )
