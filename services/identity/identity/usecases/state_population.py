"""State that an officer may use the population database today."""

from datetime import datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.registered import Population, population


async def state_population(
    session: AsyncSession, caller: Caller, *, needed: bool, now: datetime
) -> Population:
    """Tell how the caller's right to use the population database stands; inactive without commitment or after it.

    Raises: NotFoundError.
    Source: QT Đ.11.2.d; QT Đ.13.4; R-ACC-21
    """
    account = await queries.own_account(session, caller)
    papers = await queries.papers_of(session, account)
    return population(held=papers.held, needed=needed, until=papers.committed_until, today=local_day(now))
