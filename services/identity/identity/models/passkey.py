"""Passkeys of officers, and the challenges that browsers are to answer."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.passkeys import CHALLENGE_LASTS, Ceremony
from identity.domain.sessions import new_secret
from identity.models.base import Base


class Passkey(Base):
    """A passkey (khóa truy cập) of an officer: its public half, its name, and how often it said it signed."""

    __tablename__ = "passkey"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True)
    credential: Mapped[str]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    copied_at: Mapped[datetime | None]
    """Since when it opens nothing, because its counter went back."""

    @classmethod
    async def all_of(cls, session: AsyncSession, account_id: uuid.UUID) -> Sequence["Passkey"]:
        """List an officer's passkeys, the oldest first."""
        mine = select(cls).where(cls.account_id == account_id).order_by(cls.added_at, cls.id)
        return (await session.scalars(mine)).all()

    @classmethod
    async def named(
        cls, session: AsyncSession, account_id: uuid.UUID, credential_id: str
    ) -> "Passkey | None":
        """Find the officer's passkey that an answer is of, locked, where it is trusted."""
        mine = (cls.account_id == account_id) & (cls.credential_id == credential_id) & cls.copied_at.is_(None)
        found: Passkey | None = await session.scalar(
            select(cls).where(mine).with_for_update().execution_options(populate_existing=True)
        )
        return found

    @classmethod
    async def known(cls, session: AsyncSession, credential_id: str) -> bool:
        """Say whether somebody has a passkey of this id."""
        return await session.scalar(select(cls.id).where(cls.credential_id == credential_id)) is not None

    @classmethod
    async def forget(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Take an officer's passkeys away."""
        await session.execute(delete(cls).where(cls.account_id == account_id))


class PasskeyChallenge(Base):
    """What a browser is to answer with a passkey (thử thách): one per sign-in and ceremony, good once and shortly."""

    __tablename__ = "passkey_challenge"

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sign_in_session.id", ondelete="CASCADE"), primary_key=True
    )
    ceremony: Mapped[str] = mapped_column(String(10), primary_key=True)
    challenge: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    async def give(
        cls, session: AsyncSession, session_id: uuid.UUID, ceremony: Ceremony, now: datetime
    ) -> str:
        """Make a challenge for a sign-in; the one before is void."""
        challenge = new_secret()
        new = {"challenge": challenge, "expires_at": now + CHALLENGE_LASTS}
        row = insert(cls).values(session_id=session_id, ceremony=ceremony.value, **new)
        keys = [cls.session_id, cls.ceremony]
        await session.execute(row.on_conflict_do_update(index_elements=keys, set_=new))
        return challenge

    @classmethod
    async def take(
        cls, session: AsyncSession, session_id: uuid.UUID, ceremony: Ceremony, now: datetime
    ) -> str:
        """Use the open challenge of a sign-in up; empty where there is none, or its time is over."""
        mine = (cls.session_id == session_id) & (cls.ceremony == ceremony.value)
        row = delete(cls).where(mine).returning(cls.challenge, cls.expires_at)
        found = (await session.execute(row)).one_or_none()
        return found.challenge if found is not None and now < found.expires_at else ""
