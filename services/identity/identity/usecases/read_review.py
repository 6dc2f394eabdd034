"""Read which accounts were not used in the cycle, and the reports of earlier reviews."""

from datetime import datetime
from typing import NamedTuple

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.reviewing import months_after, months_before
from identity.domain.roles import must_grant_here
from identity.queries.reviews import Report, Unused


class Review(NamedTuple):
    """Who did not use the account since when, when a review is due, and what was done before."""

    since: datetime | None
    due_at: datetime | None
    unused: list[Unused]
    reports: list[Report]


async def read_review(
    session: AsyncSession, caller: Caller, *, months: int, office_grants: bool, now: datetime
) -> Review:
    """Give the review as it stands; empty where the regulation sets no cycle.

    Raises: ForbiddenError, RightsGrantedElsewhereError.
    Source: QT Đ.11.5; `accounts.review_cycle`; R-ACC-20
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    reports = await queries.reviews(session, caller)
    if not months:
        return Review(None, None, [], reports)
    since = months_before(now, months)
    due = months_after(reports[0].review.entered_at, months) if reports else now
    return Review(since, due, await queries.unused_since(session, caller, since), reports)
