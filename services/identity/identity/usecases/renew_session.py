"""Renew a session: trade a renewal token for the next one, and end the session when one shows up twice."""

from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal
from common.errors import UnauthenticatedError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.devices import Visitor
from identity.domain.sessions import Idling, Renewal, fingerprint, renewal, slept
from identity.models import AccessEntry, Account, Action, Opened, RefreshToken, SignInSession


async def renew_session(
    session: AsyncSession, secret: str, *, idling: Idling, visitor: Visitor, now: datetime
) -> Opened:
    """Give a signed-in person the next tokens; where those of before never arrived they are void from now on.

    Raises: UnauthenticatedError.
    Source: NB Đ.24.3; R-ACC-24
    """
    token = await session.scalar(
        select(RefreshToken).where(RefreshToken.token_hash == fingerprint(secret)).with_for_update()
    )
    if token is None:
        raise UnauthenticatedError
    signed_in = await session.get_one(SignInSession, token.session_id, with_for_update=True)
    account = await session.get_one(Account, signed_in.account_id)
    verdict = renewal(
        now=now,
        expires_at=signed_in.expires_at,
        used_at=token.used_at,
        ended_at=signed_in.ended_at,
        answered=await token.answered(session),
    )
    if verdict is Renewal.STOLEN:
        signed_in.end(now)
        session.add(AccessEntry.of(Action.RENEWAL_STOLEN, visitor, now, account.id))
        await keep_refusal(session, HTTPStatus.UNAUTHORIZED)
    idle = idling.of(account.roles, officer=account.is_officer)
    asleep = slept(now=now, issued_at=token.issued_at, idle=idle)
    if verdict not in (Renewal.GOOD, Renewal.LOST) or asleep or not account.active:
        raise UnauthenticatedError
    if verdict is Renewal.LOST:
        await token.void_answers(session, now)
    token.used_at = token.used_at or now
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened
