"""Authorise a desk officer to settle procedures at the desk, by decision."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.authorising import AuthorisingDecision, must_receive
from identity.domain.devices import Visitor
from identity.domain.roles import must_grant_here, must_not_be_own
from identity.models import AccessEntry, Action, DeskAuthorisation


async def authorise_desk(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    decision: AuthorisingDecision,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> DeskAuthorisation:
    """Write down by which decision an officer of the caller's reach settles which procedures, and how long.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        OwnRightsError, NoDeskOfficerError, AuthorisationPeriodError.
    Source: NB Đ.16.4; R-INT-15; requirements C, segregation rules
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    must_receive(account.roles)
    decision.must_hold(local_day(now))
    made = DeskAuthorisation.given(account, decision, by=caller.subject, now=now)
    session.add(made)
    session.add(AccessEntry.of(Action.DESK_AUTHORISED, visitor, now, queries.key_of(caller), str(account.id)))
    await session.flush()
    return made
