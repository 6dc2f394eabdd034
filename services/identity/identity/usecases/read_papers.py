"""Read what an agency wrote about an officer: requests, notices, commitments."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import must_grant_here
from identity.models import Account
from identity.queries.registered import Papers


async def read_papers(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> tuple[Account, Papers]:
    """Give an officer of the caller's reach and everything that was written about him.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged).
    Source: QT Đ.11.2; QT Đ.11.3; QT Đ.13.4; R-ACC-17; R-ACC-19; R-ACC-21
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    return account, await queries.papers_of(session, account)
