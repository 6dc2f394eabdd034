"""What the clock triggers: the next signing key when it is due, and the end of what has expired."""

from datetime import datetime, timedelta

from common.database import Database
from common.jobs import Job
from sqlalchemy import delete

from identity.models import Challenge, SigningKey, SignInSession, SignInTally, UsedCaptcha
from identity.ports import KeyChest
from identity.usecases.rotate_key import rotate_key

DAY = timedelta(days=1)
ENDED_SESSIONS_KEPT = timedelta(days=30)


async def forget_expired(database: Database, now: datetime) -> None:
    """Delete codes, counts, questions, sign-ins and keys that nobody can use any more; the access log stays."""
    async with database.sessions.begin() as session:
        await session.execute(delete(Challenge).where(Challenge.expires_at < now - DAY))
        await session.execute(delete(UsedCaptcha).where(UsedCaptcha.used_at < now - DAY))
        await session.execute(delete(SignInTally).where(SignInTally.last_at < now - DAY))
        await session.execute(
            delete(SignInSession).where(SignInSession.expires_at < now - ENDED_SESSIONS_KEPT)
        )
        await session.execute(delete(SigningKey).where(SigningKey.published_until < now - DAY))


def jobs(chest: KeyChest) -> tuple[Job, ...]:
    """List the jobs of this service."""

    async def rotate(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await rotate_key(session, chest, now, only_when_due=True)

    return (
        Job("forget-expired", timedelta(hours=1), forget_expired),
        Job("rotate-key", timedelta(hours=6), rotate),
    )
