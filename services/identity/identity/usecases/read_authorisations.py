"""Read by which decisions an officer settles at the desk."""

from collections.abc import Sequence
from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import must_grant_here
from identity.models import Account, DeskAuthorisation


async def read_authorisations(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> tuple[Account, Sequence[DeskAuthorisation]]:
    """Give an officer of the caller's reach and every authorisation, the newest first.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged).
    Source: NB Đ.16.4; R-INT-15
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    return account, await queries.authorisations_of(session, account.id)
