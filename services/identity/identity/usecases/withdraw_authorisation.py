"""Withdraw an authorisation to settle at the desk before its last day."""

import uuid
from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import must_grant_here
from identity.models import AccessEntry, Action, DeskAuthorisation


async def withdraw_authorisation(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    authorisation_id: uuid.UUID,
    reason: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> DeskAuthorisation:
    """Let an authorisation count no more, and keep why; what was stated of it lapses within ten minutes.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        AuthorisationEndedError.
    Source: NB Đ.16.4; R-INT-15
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    found = await queries.authorisation(session, account.id, authorisation_id)
    found.withdraw(caller.subject, reason, now)
    session.add(
        AccessEntry.of(Action.DESK_AUTHORISATION_ENDED, visitor, now, queries.key_of(caller), str(account.id))
    )
    await session.flush()
    return found
