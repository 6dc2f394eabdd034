"""Check that the accounts add up, and keep what was found."""

from datetime import datetime
from typing import Any

from regulation.lateness import Cycle, Figures, disagreeing_sums, period_of, roll_up
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.models import IdentityCheck
from stats.queries import Filter, Group


async def check_identity(session: AsyncSession, now: datetime) -> IdentityCheck:
    """Account for the running month by agency, field, channel and province, and store every breach.

    A breach is an account that does not add up, a cut that does not sum to the province, or an agency tree whose sums
    disagree from the bottom to the top.
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
    check = IdentityCheck(checked_at=now, breach_count=len(breaches), breaches=breaches)
    session.add(check)
    await session.flush()
    return check


async def _tree_breaches(session: AsyncSession, own: dict[str, Figures]) -> list[dict[str, Any]]:
    known = await queries.places(session)
    parents = {code: place.parent if place.parent in known else None for code, place in known.items()}
    parents |= {code: None for code in own if code not in known}
    published = roll_up(own, parents)
    return [{"group": "tree", "key": key} for key in disagreeing_sums(own, published, parents)]
