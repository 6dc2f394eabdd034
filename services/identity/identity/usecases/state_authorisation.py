"""State an authorisation: by which decision the caller settles a procedure at the desk today."""

from datetime import datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.models import DeskAuthorisation


async def state_authorisation(
    session: AsyncSession, caller: Caller, procedure: str, now: datetime
) -> DeskAuthorisation | None:
    """Return the caller's own authorisation for a procedure, None where none counts today.

    Raises: NotFoundError.
    Source: NB Đ.16.4; R-INT-15
    """
    account = await queries.own_account(session, caller)
    return await queries.counting_authorisation(session, account, procedure, local_day(now))
