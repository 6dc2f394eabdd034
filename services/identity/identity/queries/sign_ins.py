"""Reads of sign-ins: from where, whether they go on, what locks them, and which keys sign their tokens."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from common.addresses import network_of
from common.errors import UnauthenticatedError
from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.sessions import session_of
from identity.domain.throttle import Keys, factor_keys, lock_keys
from identity.models import AccessEntry, Action, KnownDevice, SigningKey, SignInSession
from identity.queries.accounts import key_named


async def came_from(session: AsyncSession, account_id: uuid.UUID | None, network: str) -> bool:
    """Say whether an account came in from a network before, as far back as sign-ins are kept."""
    places = select(SignInSession.address).where(SignInSession.account_id == account_id).distinct()
    return network in {network_of(address) for address in await session.scalars(places)}


async def networks_tried(session: AsyncSession, account_id: uuid.UUID, since: datetime) -> set[str]:
    """List the networks from which somebody failed to come in since an instant."""
    failed = (Action.SIGN_IN_FAILED, Action.SIGN_IN_LOCKED)
    places = select(AccessEntry.address).where(
        AccessEntry.account_id == account_id, AccessEntry.action.in_(failed), AccessEntry.at >= since
    )
    return {network_of(address) for address in await session.scalars(places.distinct())}


async def factor_tries(session: AsyncSession, caller: Caller, network: str) -> tuple[Keys, Keys]:
    """Give what a try of the caller's second factor counts under, by where it was shown before."""
    key = key_named(session_of(caller.token_id))
    proven = (SignInSession.account_id == key_named(caller.subject)) & SignInSession.proven_at.is_not(None)
    rows = (await session.execute(select(SignInSession.id, SignInSession.address).where(proven))).all()
    if key in {row.id for row in rows}:
        return factor_keys(caller.subject, str(key), familiar=True)
    familiar = network in {network_of(row.address) for row in rows}
    return factor_keys(caller.subject, network, familiar=familiar)


async def locks_of(session: AsyncSession, account_id: uuid.UUID, now: datetime) -> Keys:
    """Give the keys under which failures of an account count."""
    day = now - timedelta(days=1)
    devices = select(KnownDevice.secret_hash).where(KnownDevice.account_id == account_id)
    lately = (SignInSession.account_id == account_id) & (SignInSession.expires_at >= day)
    rows = (await session.execute(select(SignInSession.id, SignInSession.address).where(lately))).all()
    networks = await networks_tried(session, account_id, day) | {network_of(row.address) for row in rows}
    sign_ins = [str(row.id) for row in rows]
    return lock_keys(str(account_id), networks, await session.scalars(devices), sign_ins)


async def open_sessions(session: AsyncSession, account_id: uuid.UUID) -> Sequence[SignInSession]:
    """List the sign-ins of an account that have not been ended, locked."""
    rows = await session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .with_for_update()
    )
    return rows.all()


async def sign_in_of(session: AsyncSession, caller: Caller) -> SignInSession:
    """Give the caller's own sign-in, which goes on, locked.

    Raises: UnauthenticatedError.
    """
    key = key_named(session_of(caller.token_id))
    found = await session.get(SignInSession, key, with_for_update=True) if key else None
    if found is None or found.ended_at is not None or str(found.account_id) != caller.subject:
        raise UnauthenticatedError
    return found


async def ended_since(session: AsyncSession, since: datetime) -> Sequence[uuid.UUID]:
    """List the sign-ins that were ended at or after an instant."""
    ended = select(SignInSession.id).where(SignInSession.ended_at >= since)
    return (await session.scalars(ended.order_by(SignInSession.ended_at))).all()


async def signing_keys(session: AsyncSession) -> Sequence[SigningKey]:
    """List every signing key, oldest first."""
    return (await session.scalars(select(SigningKey).order_by(SigningKey.active_from))).all()
