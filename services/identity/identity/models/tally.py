"""Counts of failed sign-ins, and the work already spent."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.contacts import mailbox
from identity.domain.errors import CodeSentTooOftenError, SignInLockedError
from identity.domain.throttle import LETTERS, Keys, Tally, after_failure, live, must_be_admitted
from identity.models.base import Base


class SignInTally(Base):
    """Failures in a row of one key; the key is a hash, so that no name and no address stands here."""

    __tablename__ = "sign_in_tally"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]

    @property
    def tally(self) -> Tally:
        """Give the counted value."""
        return Tally(self.failures, self.last_at, self.locked_until)

    @tally.setter
    def tally(self, tally: Tally) -> None:
        self.failures, self.last_at, self.locked_until = tally.failures, tally.last_at, tally.locked_until


class SpentWork(Base):
    """A task whose work was done; it counts once."""

    __tablename__ = "spent_work"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    async def spend(cls, session: AsyncSession, task: str, now: datetime) -> bool:
        """Remember a task; False when it was spent before."""
        row = insert(cls).values(id=task, used_at=now).on_conflict_do_nothing().returning(cls.id)
        return await session.scalar(row) is not None


def hidden(key: str) -> str:
    """Give the form in which a key is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


async def count_attempt(session: AsyncSession, keys: Keys, now: datetime, *, worked: bool = False) -> bool:
    """Count an attempt as failed under every key, before anybody knows how it ends; say whether it is the last one.

    Raises: SignInLockedError, WorkRequiredError.
    """
    limits = {hidden(key): limit for key, limit in keys.items()}
    rows = [{"key": key, "failures": 0} for key in sorted(limits)]
    await session.execute(insert(SignInTally).values(rows).on_conflict_do_nothing())
    # Always in the order of the key, so that two attempts cannot wait for each other.
    held = await session.scalars(
        select(SignInTally)
        .where(SignInTally.key.in_(limits))
        .order_by(SignInTally.key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    tallies = held.all()
    for row in tallies:
        must_be_admitted(row.tally, limits[row.key], now, worked=worked)
    for row in tallies:
        row.tally = after_failure(row.tally, limits[row.key], now)
    await session.flush()
    return any(row.locked_until is not None for row in tallies)


async def count_letter(session: AsyncSession, address: str, now: datetime) -> None:
    """Count a letter with a code to a mailbox, over everybody who asks for one.

    Raises: CodeSentTooOftenError.
    """
    try:
        await count_attempt(session, {f"letters|{mailbox(address)}": LETTERS}, now)
    except SignInLockedError:
        raise CodeSentTooOftenError(seconds=3600, retry_after=3600) from None


async def is_locked(session: AsyncSession, keys: Keys, now: datetime) -> bool:
    """Say whether one of the keys is locked, counting nothing."""
    limits = {hidden(key): limit for key, limit in keys.items()}
    rows = await session.scalars(select(SignInTally).where(SignInTally.key.in_(limits)))
    return any(live(row.tally, now, limits[row.key].span).locked_until for row in rows)


async def forgive(session: AsyncSession, keys: Iterable[str], shared: Iterable[str] = ()) -> None:
    """Forget the failures of the keys, and take this attempt back from the keys that others share."""
    await session.execute(delete(SignInTally).where(SignInTally.key.in_([hidden(key) for key in keys])))
    for row in await session.scalars(
        select(SignInTally).where(SignInTally.key.in_([hidden(key) for key in shared])).with_for_update()
    ):
        row.failures = max(0, row.failures - 1)
