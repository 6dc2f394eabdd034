"""Enrol a second factor: a secret for an authenticator app, which counts once the app has answered."""

from datetime import datetime

from common.errors import ForbiddenError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.factor import Owed, new_key
from identity.models import Account, FactorOffer
from identity.ports import KeyChest


async def enrol_factor(
    session: AsyncSession, caller: Caller, *, chest: KeyChest, now: datetime
) -> tuple[Account, str]:
    """Offer an officer a secret; asking again soon in the same sign-in offers the same, in another one another.

    An app that is on already stays so until the new one has answered.

    Raises: ForbiddenError, StepUpRequiredError where there is a second factor already.
    Source: NB Đ.24.3; QT Đ.29.7; R-ACC-10
    """
    account = await queries.own_account(session, caller, lock=True)
    if not account.is_officer or account.must_change_password or caller.owes == Owed.PROOF:
        raise ForbiddenError
    if await queries.has_factor(session, account.id):
        caller.must_have_proven()
    signed_in = await queries.sign_in_of(session, caller)
    if (offer := await FactorOffer.to(session, signed_in.id, now)) is not None:
        return account, chest.unsealed(offer.sealed)
    key = new_key()
    await FactorOffer.make(session, signed_in.id, chest.sealed(key), now)
    return account, key
