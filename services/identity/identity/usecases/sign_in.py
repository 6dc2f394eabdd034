"""Sign in: count the attempt, judge the password, open a session or refuse in neutral words."""

import uuid
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

import structlog
from audit import keep_refusal, trying
from common.metrics import registry
from common.outbox import record
from prometheus_client import Counter
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import SignInRefusedError, WorkWrongError
from identity.domain.logins import read_login
from identity.domain.sessions import Idling
from identity.domain.throttle import Keys, sign_in_keys
from identity.domain.work import done
from identity.models import (
    AccessEntry,
    Account,
    Action,
    KnownDevice,
    Opened,
    SpentWork,
    count_attempt,
    forgive,
)
from identity.ports import Passwords

log = structlog.get_logger()
locks = Counter("motcua_identity_locks", "Sign-ins locked after too many failures", registry=registry)


class Credentials(NamedTuple):
    """What a person typed to sign in, at which door, and the secret of the device if it has one."""

    login: str
    password: str
    work: str | None = None
    """A task with its solution, where the browser was given one."""
    door: str | None = None
    """The kind of account the page is for; an account of another kind is none here."""
    device: str | None = None
    """Empty for a device that wants to be known from now on, None for one that does not."""


async def sign_in(
    session: AsyncSession,
    typed: Credentials,
    *,
    visitor: Visitor,
    passwords: Passwords,
    work_secret: bytes,
    alone: Idling | None = None,
    now: datetime,
) -> Opened:
    """Open a session for the right password.

    The attempt is counted and committed before it is judged: many at once cannot outrun the lock, and no
    connection is held while the password is hashed. With `alone` an officer's other sign-ins end.

    Raises: SignInRefusedError, SignInLockedError, WorkRequiredError, WorkWrongError.
    Source: NB Đ.24.3; TN Đ.9.3; R-ACC-16; R-ACC-24
    """
    worked = await _worked(session, typed.work, work_secret, now)
    account = await queries.account_for_sign_in(session, typed.login)
    own, shared = await _keys(session, typed, account, visitor)
    known = account.id if account is not None else None
    async with trying(session):
        if await count_attempt(session, {**own, **shared}, now, worked=worked):
            locks.inc()
            log.warning("sign-in locked", network=visitor.network)
            session.add(AccessEntry.of(Action.SIGN_IN_LOCKED, visitor, now, known))
    stored = account.password_hash if account is not None and account.comes_in(typed.door, now) else None
    right = await passwords.matches(stored, nfc(typed.password))
    account = await _as_it_is_now(session, known, stored, typed.door, now) if right else None
    if account is None:
        session.add(AccessEntry.of(Action.SIGN_IN_FAILED, visitor, now, known))
        await keep_refusal(session, HTTPStatus.UNAUTHORIZED)
        raise SignInRefusedError(rule="credentials")
    await forgive(session, own, shared)
    opened = Opened.now(account, visitor, now)
    await _keep(session, opened, visitor, alone, now)
    if typed.device is None:
        return opened
    return replace(opened, device=await KnownDevice.remember(session, account.id, typed.device, now))


async def _keep(
    session: AsyncSession, opened: Opened, visitor: Visitor, alone: Idling | None, now: datetime
) -> None:
    """Write the sign-in; where one at a time is the rule, end an officer's others and announce one in use elsewhere."""
    session.add(AccessEntry.of(Action.SIGNED_IN, visitor, now, opened.account.id))
    await opened.keep(session)
    if alone is None or not opened.account.is_officer:
        return
    if superseded := await opened.end_others(session, visitor, alone, now):
        await record(session, superseded)


async def _as_it_is_now(
    session: AsyncSession, known: uuid.UUID | None, stored: str | None, door: str | None, now: datetime
) -> Account | None:
    """Give the account once its password was right, locked until the sign-in is written.

    Hashing takes its time: whoever was switched off meanwhile, or has another password now, does not come in, and
    what is decided later finds the new sign-in and ends it.
    """
    if known is None:
        return None
    account = await queries.account(session, str(known), lock=True)
    return account if account.comes_in(door, now) and account.password_hash == stored else None


async def _keys(
    session: AsyncSession, typed: Credentials, account: Account | None, visitor: Visitor
) -> tuple[Keys, Keys]:
    """Tell what the attempt counts under; asks as much for a name that does not exist."""
    identifier = account.id if account is not None else None
    device = await KnownDevice.of(session, identifier, typed.device)
    familiar = await queries.came_from(session, identifier, visitor.network)
    who = str(identifier) if identifier is not None else ":".join(read_login(typed.login))
    return sign_in_keys(
        who, visitor.network, device=device.secret_hash if device else None, familiar=familiar
    )


async def _worked(session: AsyncSession, work: str | None, secret: bytes, now: datetime) -> bool:
    if work is None:
        return False
    if not await SpentWork.spend(session, done(secret, work, now), now):
        raise WorkWrongError(field="work", rule="work")
    return True
