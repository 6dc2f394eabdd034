"""Offer a passkey: what an officer's browser needs to make one."""

from datetime import datetime
from typing import Any

from common.errors import ForbiddenError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.factor import Owed
from identity.domain.passkeys import MOST, Ceremony, Site, TooManyPasskeysError, creation_options
from identity.models import Passkey, PasskeyChallenge


async def offer_passkey(
    session: AsyncSession, caller: Caller, *, site: Site, now: datetime
) -> dict[str, Any]:
    """Give a challenge to make a passkey; who has a second factor already must have shown it just now.

    Raises: ForbiddenError, StepUpRequiredError, TooManyPasskeysError.
    Source: NB Đ.24.3; QT Đ.29.7; R-ACC-10
    """
    account = await queries.own_account(session, caller)
    if not account.is_officer or account.must_change_password or caller.owes == Owed.PROOF:
        raise ForbiddenError
    if await queries.has_factor(session, account.id):
        caller.must_have_proven()
    held = await Passkey.all_of(session, account.id)
    if len(held) >= MOST:
        raise TooManyPasskeysError(rule="most")
    signed_in = await queries.sign_in_of(session, caller)
    challenge = await PasskeyChallenge.give(session, signed_in.id, Ceremony.ADDING, now)
    return creation_options(
        site,
        handle=account.id.bytes,
        login=account.login or "",
        challenge=challenge,
        known=[one.credential_id for one in held],
    )
