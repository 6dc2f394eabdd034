"""Read the agencies' requests for rights."""

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.roles import must_grant_here
from identity.models import RegisteredPerson, RightsRequest


async def read_requests(
    session: AsyncSession, caller: Caller, *, office_grants: bool
) -> list[tuple[RightsRequest, list[RegisteredPerson]]]:
    """List the requests in the caller's reach, the newest first. Source: QT Đ.11.2; R-ACC-17"""
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    return await queries.rights_requests(session, caller)
