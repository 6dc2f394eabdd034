"""What the clock triggers: the next signing key when it is due, and the end of what has expired."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from common.database import Database
from common.worker import Job
from regulation.retention import Retention

from identity import queries
from identity.ports import ErasureMarks, KeyChest, Mail, Passwords
from identity.usecases.ask_erasure import ask_erasure
from identity.usecases.forget_expired import BATCH, forget_expired, forget_spent
from identity.usecases.give_first_passwords import give_first_passwords
from identity.usecases.mark_erased import mark_erased
from identity.usecases.remind_of_holds import remind_of_holds
from identity.usecases.rotate_key import rotate_key
from identity.usecases.seal_columns import seal_columns

MARKED_BACK: Final = timedelta(days=60)
"""How long ago somebody may have been erased who is not marked yet: the place for marks may have been away."""


def _marking(marks: ErasureMarks | None) -> Callable[[Database, datetime], Awaitable[None]]:
    async def mark(database: Database, now: datetime) -> None:
        if marks is None:
            return
        async with database.sessions() as session:
            erased = await queries.erased_since(session, now - MARKED_BACK)
        await mark_erased(marks, erased)

    return mark


def _reminding(mail: Mail) -> Callable[[Database, datetime], Awaitable[None]]:
    async def remind(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            letters = await remind_of_holds(session, now)
        for letter in letters:
            await mail.send(letter)

    return remind


def _welcoming(
    mail: Mail, passwords: Passwords | None, address: str
) -> Callable[[Database, datetime], Awaitable[None]]:
    async def welcome(database: Database, now: datetime) -> None:
        if passwords is None:
            return
        async with database.sessions.begin() as session:
            letters = await give_first_passwords(session, passwords, address, now)
        for letter in letters:
            await mail.send(letter)

    return welcome


async def _seal(database: Database, _now: datetime) -> None:
    count = 1
    while count:
        async with database.sessions.begin() as session:
            count = await seal_columns(session)


def jobs(
    chest: KeyChest,
    retention: Retention,
    mail: Mail,
    marks: ErasureMarks | None = None,
    *,
    sign_in_address: str = "",
    passwords: Passwords | None = None,
) -> tuple[Job, ...]:
    """Return the jobs with how often each runs; without a place for `marks` nobody is marked."""

    async def forget(database: Database, now: datetime) -> None:
        gone = BATCH
        while gone >= BATCH:
            async with database.sessions.begin() as session:
                gone = await forget_expired(session, retention, now)
        async with database.sessions.begin() as session:
            await forget_spent(session, now)

    async def ask(database: Database, now: datetime) -> None:
        behind, more = None, True
        while more:
            async with database.sessions.begin() as session:
                behind = await ask_erasure(session, retention, now, behind)
            more = behind is not None

    async def rotate(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await rotate_key(session, chest, now, only_when_due=True)

    return (
        Job("forget-expired", timedelta(hours=1), forget),
        Job("erase-accounts", timedelta(days=1), ask),
        Job("mark-erased", timedelta(minutes=10), _marking(marks)),
        Job("first-passwords", timedelta(seconds=15), _welcoming(mail, passwords, sign_in_address)),
        Job("remind-of-holds", timedelta(days=1), _reminding(mail)),
        Job("seal-columns", timedelta(minutes=10), _seal),
        Job("rotate-key", timedelta(hours=6), rotate),
    )
