"""Sign in with the outside provider: the answer fits the attempt, the account is found by the national number."""

import uuid
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from audit import keep_refusal, trying
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.oidc import Identified, NoProviderError, ProviderRefusedError, identified, must_be_of
from identity.models import AccessEntry, Account, Action, Opened, ProviderAccount, ProviderAttempt
from identity.ports import KeyChest, Provider


class Answer(NamedTuple):
    """What the provider sent the browser back with, at which door, and what the browser had kept."""

    state: str
    code: str
    issuer: str | None
    binding: str
    door: str


class Stranger(NamedTuple):
    """Nobody who may come in, and whose account it was about, where there is one."""

    known: uuid.UUID | None


async def provider_sign_in(
    session: AsyncSession,
    answer: Answer,
    *,
    provider: Provider,
    chest: KeyChest,
    visitor: Visitor,
    now: datetime,
) -> Opened:
    """Open a session for whom the provider named. The attempt is used up first, and nothing is open while it is asked.

    The first time, the account with the national number is bound to the provider's subject; from then on both must
    agree. An unknown person hears what everybody else hears.

    Raises: NoProviderError, ProviderRefusedError, ProviderAwayError.
    Source: QT Đ.3.2; QT Đ.14.1; R-ACC-03; R-ACC-04; R-ACC-24
    """
    if not provider.client.issuer:
        raise NoProviderError
    async with trying(session):
        sealed = await ProviderAttempt.take(session, answer.state, answer.binding, answer.door, now)
    if sealed is None:
        raise ProviderRefusedError
    must_be_of(provider.client, await provider.metadata(), answer.issuer)
    nonce, verifier = chest.unsealed(sealed).split(" ")
    claims = await provider.claims(answer.code, verifier, answer.door)
    named = identified(provider.client, claims, nonce, now)
    found = await _found(session, named, provider.client.issuer, answer.door, now)
    if isinstance(found, Stranger):
        session.add(AccessEntry.of(Action.SIGN_IN_FAILED, visitor, now, found.known, "provider"))
        await keep_refusal(session, HTTPStatus.UNAUTHORIZED)
        raise ProviderRefusedError
    opened = Opened.now(found, visitor, now)
    session.add(AccessEntry.of(Action.SIGNED_IN, visitor, now, found.id, "provider"))
    await opened.keep(session)
    return opened


async def _found(
    session: AsyncSession, named: Identified, issuer: str, door: str, now: datetime
) -> Account | Stranger:
    """Find the account of whom the provider named, switched on and bound to that very subject."""
    account = await queries.account_numbered(session, named.number, officer=door == "officer")
    if account is None:
        return Stranger(None)
    same = await ProviderAccount.bound(session, issuer, named.subject, account.id, now)
    return account if account.active and same else Stranger(account.id)
