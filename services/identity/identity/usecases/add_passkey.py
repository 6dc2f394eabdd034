"""Add a passkey: the browser's answer is judged, and the first second factor brings the recovery codes."""

from datetime import datetime

from audit import trying
from common.ids import uuid7
from common.security import Caller
from regulation.text import cleaned
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.passkeys import (
    MOST,
    Added,
    Ceremony,
    PasskeyKnownError,
    Site,
    TooManyPasskeysError,
    added,
)
from identity.models import (
    AccessEntry,
    Account,
    Action,
    Opened,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    SignInSession,
    count_attempt,
    forgive,
)


async def add_passkey(
    session: AsyncSession,
    caller: Caller,
    name: str,
    answer: str,
    *,
    site: Site,
    visitor: Visitor,
    now: datetime,
) -> tuple[Opened, list[str]]:
    """Keep a new passkey; give fresh tokens of the same sign-in, and with a first factor the codes, shown once.

    The challenge is used up before the answer is judged.

    Raises: PasskeyWrongError, PasskeyKnownError, TooManyPasskeysError, StepUpRequiredError, SignInLockedError.
    Source: R-ACC-10; R-ACC-24
    """
    own, shared = await queries.factor_tries(session, caller, visitor.network)
    async with trying(session):
        await count_attempt(session, {**own, **shared}, now)
        signed_in = await queries.sign_in_of(session, caller)
        challenge = await PasskeyChallenge.take(session, signed_in.id, Ceremony.ADDING, now)
    made = added(site, answer, challenge)
    account = await queries.own_account(session, caller, lock=True)
    first = not await queries.has_factor(session, account.id)
    if not first:
        caller.must_have_proven()
    row = await _kept(session, account, made, name, now)
    await forgive(session, own, shared)
    session.add(AccessEntry.of(Action.PASSKEY_ADDED, visitor, now, account.id, str(row.id)))
    signed_in = await queries.sign_in_of(session, caller)
    signed_in.proven_at = now
    codes = await _begun(session, account, signed_in, now) if first else []
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened, codes


async def _kept(session: AsyncSession, account: Account, made: Added, name: str, now: datetime) -> Passkey:
    if await Passkey.known(session, made.credential_id):
        raise PasskeyKnownError(field="credential", rule="once")
    if len(await Passkey.all_of(session, account.id)) >= MOST:
        raise TooManyPasskeysError(rule="most")
    row = Passkey(id=uuid7(), account_id=account.id, name=cleaned(name), added_at=now, **made._asdict())
    session.add(row)
    await session.flush()
    return row


async def _begun(
    session: AsyncSession, account: Account, signed_in: SignInSession, now: datetime
) -> list[str]:
    """End the sign-ins that a password alone had opened, and make the recovery codes."""
    for other in await queries.open_sessions(session, account.id):
        if other.id != signed_in.id:
            other.end(now)
    return await RecoveryCode.renew(session, account.id)
