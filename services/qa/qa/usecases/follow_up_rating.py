"""Somebody followed a low rating up."""

from datetime import datetime

from common.security import Caller
from regulation.text import cleaned
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.rating import TaskClosedError
from qa.models import Rating


async def follow_up_rating(
    session: AsyncSession, caller: Caller, rating: Rating, *, version: int, done: str, now: datetime
) -> None:
    """Close the task of a low rating with what was done; the rating stays, and so does what was done before.

    Raises: StaleVersionError, TaskClosedError.
    Source: NB Đ.10.4; R-SAT-05
    """
    rating.expect(version)
    if rating.task_state != "open":
        raise TaskClosedError
    rating.task_state = "closed"
    rating.task_done = "\n".join(filter(None, (rating.task_done, cleaned(done))))
    rating.task_by, rating.task_at = caller.subject, now
    await session.flush()
