"""Confirm a second factor: the app's first right code turns it on and brings the recovery codes."""

from datetime import datetime

from audit import trying
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import FactorWrongError
from identity.domain.factor import plain, step_of
from identity.models import (
    AccessEntry,
    Account,
    Action,
    Authenticator,
    FactorOffer,
    Opened,
    RecoveryCode,
    SignInSession,
    count_attempt,
    forgive,
)
from identity.ports import KeyChest


async def confirm_factor(
    session: AsyncSession, caller: Caller, code: str, *, visitor: Visitor, chest: KeyChest, now: datetime
) -> tuple[Opened, list[str]]:
    """Turn the app on that was offered to this very sign-in; give fresh tokens, and with a first
    factor the codes, shown once.

    The app before, where there was one, opens nothing from now on. What was offered to other sign-ins is void.

    Raises: FactorWrongError, SignInLockedError, StepUpRequiredError where there is a second factor already.
    Source: R-ACC-10; R-ACC-24
    """
    own, shared = await queries.factor_tries(session, caller, visitor.network)
    async with trying(session):
        await count_attempt(session, {**own, **shared}, now)
    account = await queries.own_account(session, caller, lock=True)
    signed_in = await queries.sign_in_of(session, caller)
    offer = await FactorOffer.to(session, signed_in.id, now)
    if offer is None:
        raise FactorWrongError(field="code", rule="second-factor")
    step = step_of(chest.unsealed(offer.sealed), plain(code), now, last=0)
    first = not await queries.has_factor(session, account.id)
    if not first:
        caller.must_have_proven()
    await Authenticator.keep(session, account.id, offer.sealed, step, now)
    await FactorOffer.forget(session, account.id)
    await forgive(session, own, shared)
    codes = await RecoveryCode.renew(session, account.id) if first else []
    session.add(AccessEntry.of(Action.FACTOR_ENROLLED, visitor, now, account.id))
    signed_in.proven_at = now
    await _end_others(session, account, signed_in, now)
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened, codes


async def _end_others(
    session: AsyncSession, account: Account, signed_in: SignInSession, now: datetime
) -> None:
    for other in await queries.open_sessions(session, account.id):
        if other.id != signed_in.id:
            other.end(now)  # a password alone opened them, or an app that is gone
