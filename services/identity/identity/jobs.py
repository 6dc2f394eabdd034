"""What the clock triggers: the next signing key when it is due, and the end of what has expired."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job

from identity.ports import KeyChest
from identity.usecases.forget_expired import forget_expired
from identity.usecases.rotate_key import rotate_key


def jobs(chest: KeyChest) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def forget(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await forget_expired(session, now)

    async def rotate(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await rotate_key(session, chest, now, only_when_due=True)

    return (
        Job("forget-expired", timedelta(hours=1), forget),
        Job("rotate-key", timedelta(hours=6), rotate),
    )
