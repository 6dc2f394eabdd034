"""Clear a second factor: the telephone is lost, and an administrator who gave no first password takes it away."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.factor import APART, must_be_another
from identity.domain.roles import must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action, Authenticator, FactorOffer, Passkey, RecoveryCode


async def clear_factor(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> Account:
    """Take every second factor of an officer away, passkeys too, and end every sign-in.

    Where a factor is needed, the next sign-in enrols anew.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        OwnRightsError, SecondPersonNeededError.
    Source: NB Đ.24.3; R-ACC-10; requirements C, segregation rules
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    for resetter in await queries.who_did(session, account.id, Action.PASSWORD_RESET, now - APART):
        must_be_another(resetter, caller.subject)
    for factor in (Authenticator, FactorOffer, Passkey, RecoveryCode):
        await factor.forget(session, account.id)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    session.add(AccessEntry.of(Action.FACTOR_CLEARED, visitor, now, account.id, caller.subject))
    await session.flush()
    return account
