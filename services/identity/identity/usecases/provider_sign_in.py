"""Sign in with the outside provider: the answer fits the attempt, the account is found by the national number."""

import uuid
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from audit import keep_refusal, trying
from common.outbox import record
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.contacts import nowhere
from identity.domain.devices import Visitor
from identity.domain.oidc import Identified, NoProviderError, ProviderRefusedError, identified, must_be_of
from identity.domain.sessions import Idling
from identity.domain.ways_in import handed_over_letter
from identity.models import (
    AccessEntry,
    Account,
    Action,
    Challenge,
    FormerMail,
    KnownDevice,
    Opened,
    ProviderAccount,
    ProviderAttempt,
)
from identity.ports import KeyChest, Letter, Provider


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
    alone: Idling | None = None,
    now: datetime,
) -> tuple[Opened, Letter | None]:
    """Open a session for whom the provider named. The attempt is used up first, and nothing is open while it is asked.

    The first time, the account with the national number is bound to the provider's subject; from then on both must
    agree. What a citizen's account had until then was proven by nobody: it ends, and the letter tells. An unknown
    person hears what everybody else hears.

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
    found, letter = await _found(
        session, named, provider.client.issuer, door=answer.door, visitor=visitor, now=now
    )
    if isinstance(found, Stranger):
        session.add(AccessEntry.of(Action.SIGN_IN_FAILED, visitor, now, found.known, "provider"))
        await keep_refusal(session, HTTPStatus.UNAUTHORIZED)
        raise ProviderRefusedError
    opened = Opened.now(found, visitor, now)
    await _keep(session, opened, visitor, alone, now)
    return opened, letter


async def _keep(
    session: AsyncSession, opened: Opened, visitor: Visitor, alone: Idling | None, now: datetime
) -> None:
    """Write the sign-in; where one at a time is the rule, end an officer's others and announce one in use elsewhere."""
    session.add(AccessEntry.of(Action.SIGNED_IN, visitor, now, opened.account.id, "provider"))
    await opened.keep(session)
    if alone is None or not opened.account.is_officer:
        return
    if superseded := await opened.end_others(session, visitor, alone, now):
        await record(session, superseded)


async def _found(
    session: AsyncSession, named: Identified, issuer: str, *, door: str, visitor: Visitor, now: datetime
) -> tuple[Account | Stranger, Letter | None]:
    """Find the account of whom the provider named, switched on and bound to that very subject."""
    account = await queries.account_numbered(session, named.number, officer=door == "officer")
    if account is None or not account.active:
        return Stranger(account.id if account is not None else None), None
    if await ProviderAccount.bind(session, issuer, named.subject, account.id, now):
        letter = None if account.is_officer else await _handed_over(session, account, visitor, now)
        return account, letter
    same = await ProviderAccount.bound(session, issuer, named.subject, account.id)
    return account if same else Stranger(account.id), None


async def _handed_over(session: AsyncSession, account: Account, visitor: Visitor, now: datetime) -> Letter:
    """End what was proven by nobody: whoever registered the number may have been a stranger to it."""
    letter = Letter(account.email, *handed_over_letter())
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    for rows in (Challenge, FormerMail, KnownDevice):
        await session.execute(delete(rows).where(rows.account_id == account.id))
    account.password_hash, account.password_changed_at = None, now
    unproven = {"email": nowhere(account.id), "phone": None, "phone_proven": False}
    session.add_all(account.change(unproven, by=str(account.id), now=now))
    session.add(AccessEntry.of(Action.HANDED_OVER, visitor, now, account.id, "provider"))
    await session.flush()
    return letter
