"""The end of what has expired and serves nobody any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Challenge, SigningKey, SignInSession, SignInTally, UsedCaptcha

DAY = timedelta(days=1)
ENDED_SESSIONS_KEPT = timedelta(days=30)


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Delete codes, counts, questions, sign-ins and keys that nobody can use any more; the access log stays."""
    await session.execute(delete(Challenge).where(Challenge.expires_at < now - DAY))
    await session.execute(delete(UsedCaptcha).where(UsedCaptcha.used_at < now - DAY))
    await session.execute(delete(SignInTally).where(SignInTally.last_at < now - DAY))
    await session.execute(delete(SignInSession).where(SignInSession.expires_at < now - ENDED_SESSIONS_KEPT))
    await session.execute(delete(SigningKey).where(SigningKey.published_until < now - DAY))
