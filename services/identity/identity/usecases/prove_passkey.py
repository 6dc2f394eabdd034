"""Prove a passkey: after the password, and again before signing and granting."""

from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal, trying
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.passkeys import (
    Ceremony,
    PasskeyCopiedError,
    PasskeyWrongError,
    Site,
    looks_copied,
    named,
    proven,
)
from identity.models import (
    AccessEntry,
    Action,
    Opened,
    Passkey,
    PasskeyChallenge,
    count_attempt,
    forgive,
)


async def prove_passkey(
    session: AsyncSession, caller: Caller, answer: str, *, site: Site, visitor: Visitor, now: datetime
) -> Opened:
    """Judge the answer of a passkey to the challenge of this sign-in; give fresh tokens of the same sign-in.

    The challenge is used up before the answer is judged. A passkey whose counter went back opens nothing any more.

    Raises: PasskeyWrongError, PasskeyCopiedError, SignInLockedError.
    Source: NB Đ.24.3; R-ACC-10; R-ACC-24
    """
    own, shared = await queries.factor_tries(session, caller, visitor.network)
    async with trying(session):
        await count_attempt(session, {**own, **shared}, now)
        signed_in = await queries.sign_in_of(session, caller)
        challenge = await PasskeyChallenge.take(session, signed_in.id, Ceremony.PROVING, now)
    held = await Passkey.named(session, signed_in.account_id, named(answer))
    if held is None:
        raise PasskeyWrongError(field="credential", rule="passkey")
    count = proven(site, answer, challenge, held.credential)
    if looks_copied(held.sign_count, count):
        held.copied_at = now
        entry = AccessEntry.of(Action.PASSKEY_COPIED, visitor, now, held.account_id, str(held.id))
        session.add(entry)
        await keep_refusal(session, HTTPStatus.UNPROCESSABLE_ENTITY)
        raise PasskeyCopiedError(field="credential", rule="sign-count")
    held.sign_count, held.last_used_at = count, now
    await forgive(session, own, shared)
    account = await queries.own_account(session, caller)
    signed_in = await queries.sign_in_of(session, caller)
    signed_in.proven_at = now
    session.add(AccessEntry.of(Action.FACTOR_PROVEN, visitor, now, account.id, str(held.id)))
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened
