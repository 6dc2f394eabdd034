"""Figures of questions and feedback in a time: what came, what became of it, and who did what in time."""

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import ClockKind, Deed, Outcome, State
from qa.domain.feedback import OPEN as FEEDBACK_OPEN
from qa.domain.feedback import FeedbackState
from qa.domain.states import OPEN
from qa.models import Clock, Feedback, Line, Question


@dataclass(frozen=True)
class Balance:
    """What was received in a time and where it stands now: received = answered + refused + moved + open."""

    received: int
    answered: int
    refused: int
    moved: int
    open: int

    @property
    def holds(self) -> bool:
        """Tell whether nothing is missing and nothing is counted twice."""
        return self.received == self.answered + self.refused + self.moved + self.open


@dataclass(frozen=True)
class AgencyFigures:
    """What one agency was given in a time and did with it."""

    agency: str
    forwarded: int = 0
    returned: int = 0
    in_time: int = 0
    late: int = 0
    late_open: int = 0


async def question_balance(session: AsyncSession, since: datetime, before: datetime) -> Balance:
    """Count questions by where they stand. Source: NB Đ.18.5.c; TN Đ.15.4; QT Đ.24.4; R-STA-15"""
    here = (Question.asked_at >= since, Question.asked_at < before)
    rows = await session.execute(select(Question.state, func.count()).where(*here).group_by(Question.state))
    states = Counter(dict(rows.tuples().all()))
    received = await session.scalar(select(func.count()).select_from(Question).where(*here)) or 0
    still = sum(states[state] for state in OPEN)
    return Balance(received, states[State.ANSWERED], states[State.REFUSED], states[State.MOVED], still)


async def feedback_balance(session: AsyncSession, since: datetime, before: datetime) -> Balance:
    """Count feedback by where it stands. Source: TN Đ.18.3; QT Đ.24.4; R-STA-15"""
    here = (Feedback.came_at >= since, Feedback.came_at < before)
    rows = await session.execute(select(Feedback.state, func.count()).where(*here).group_by(Feedback.state))
    states = Counter(dict(rows.tuples().all()))
    received = await session.scalar(select(func.count()).select_from(Feedback).where(*here)) or 0
    still = sum(states[state] for state in FEEDBACK_OPEN)
    return Balance(received, states[FeedbackState.REPLIED], states[FeedbackState.CLOSED], 0, still)


async def by_agency(
    session: AsyncSession, kind: ClockKind, since: datetime, before: datetime, now: datetime
) -> list[AgencyFigures]:
    """Return what each agency was given and did: forwards and returns by day of the deed, answers by their clocks.

    Source: NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.3; QT Đ.24.4; R-STA-15
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    prefix = "HD-" if kind is ClockKind.ANSWER else "PA-"
    deeds = {Deed.FORWARDED: "forwarded", Deed.RETURNED: "returned"}
    lines = await session.execute(
        select(Line.agency, Line.deed, func.count())
        .where(Line.deed.in_(sorted(deeds)), Line.at >= since, Line.at < before, Line.agency != "")
        .where(Line.question.startswith(prefix))
        .group_by(Line.agency, Line.deed)
    )
    for agency, deed, count in lines:
        found[agency][deeds[Deed(deed)]] = count
    for agency, in_time, late, late_open in await session.execute(_clocks(kind, since, before, now)):
        found[agency] |= {"in_time": in_time, "late": late, "late_open": late_open}
    known = {field.name for field in fields(AgencyFigures)}
    return [
        AgencyFigures(agency, **{name: count for name, count in told.items() if name in known})
        for agency, told in sorted(found.items())
    ]


def _clocks(kind: ClockKind, since: datetime, before: datetime, now: datetime) -> Any:
    done, running = Clock.outcome == Outcome.DONE, Clock.ended_at.is_(None)

    def counted(*tests: Any) -> Any:
        return func.count(case((tests[0] & tests[1], 1)))

    return (
        select(
            Clock.owes,
            counted(done, Clock.ended_at <= Clock.due_at),
            counted(done, Clock.ended_at > Clock.due_at),
            counted(running, Clock.due_at < now),
        )
        .where(Clock.kind == kind, Clock.owes != "", Clock.started_at >= since, Clock.started_at < before)
        .group_by(Clock.owes)
    )
