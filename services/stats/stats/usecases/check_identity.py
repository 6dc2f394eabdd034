"""Check that the accounts add up, and keep what was found."""

from datetime import datetime
from typing import Any

from regulation.lateness import Cycle, Figures, Period, disagreeing_sums, period_of, roll_up
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.domain.accounts import QuestionFigures
from stats.domain.questions import Subject
from stats.domain.tree import placed
from stats.models import IdentityCheck
from stats.queries import Filter, Group, Interval, QuestionFilter, QuestionGroup


async def check_identity(session: AsyncSession, now: datetime) -> IdentityCheck:
    """Account for the running month by agency, field, channel and province, and store every breach.

    A breach is an account that does not add up, a cut that does not sum to the province, or an agency tree whose sums
    disagree from the bottom to the top. Questions and feedback have accounts of their own, by topic and by hands: what
    was answered and what is open is the same whichever way it is counted.
    """
    period = period_of(local_day(now), Cycle.MONTH)
    breaches: list[dict[str, Any]] = []
    totals: dict[Group, Figures] = {}
    for group in Group:
        found = await queries.figures(session, period.starts_at, period.ends_at, group, Filter())
        breaches += [
            {"group": group.value, "key": key, "breach": figures.breach}
            for key, figures in found.items()
            if figures.breach
        ]
        totals[group] = sum(found.values(), Figures())
        if group is Group.AGENCY:
            breaches += await _tree_breaches(session, found)
    whole = totals[Group.PROVINCE]
    breaches += [{"group": group.value, "key": "sum"} for group, total in totals.items() if total != whole]
    for subject in Subject:
        breaches += await _question_breaches(session, subject, period, now)
    check = IdentityCheck(checked_at=now, breach_count=len(breaches), breaches=breaches)
    session.add(check)
    await session.flush()
    return check


async def _tree_breaches(session: AsyncSession, own: dict[str, Figures]) -> list[dict[str, Any]]:
    known = await queries.places(session)
    parents = placed({code: place.parent for code, place in known.items()}, own)
    published = roll_up(own, parents)
    return [{"group": "tree", "key": key} for key in disagreeing_sums(own, published, parents)]


async def _question_breaches(
    session: AsyncSession, subject: Subject, period: Period, now: datetime
) -> list[dict[str, Any]]:
    """Find accounts of questions or feedback that do not add up, or cuts that do not sum to the province."""
    time = Interval(period.starts_at, period.ends_at, now)
    found: list[dict[str, Any]] = []
    sums: dict[QuestionGroup, QuestionFigures] = {}
    for group in QuestionGroup:
        told = await queries.question_figures(session, time, group, QuestionFilter(subject))
        name = f"{subject}:{group}"
        found += [
            {"group": name, "key": key, "breach": one.breach} for key, one in told.items() if one.breach
        ]
        sums[group] = sum(told.values(), QuestionFigures())
    whole, held = sums[QuestionGroup.PROVINCE], sums[QuestionGroup.AGENCY]
    ends = [
        (one.answered_in_time, one.answered_late, one.refused, one.moved, one.open) for one in (whole, held)
    ]
    if ends[0] != ends[1]:
        found.append({"group": f"{subject}:agency", "key": "sum"})
    if sums[QuestionGroup.TOPIC] != whole:
        found.append({"group": f"{subject}:topic", "key": "sum"})
    return found
