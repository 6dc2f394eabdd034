"""Devices from which an account came in before."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.sessions import fingerprint, new_secret
from identity.models.base import Base


class KnownDevice(Base):
    """A device (thiết bị quen) that keeps a secret since an account came in from it; here stands its hash."""

    __tablename__ = "known_device"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    async def of(
        cls, session: AsyncSession, account_id: uuid.UUID | None, secret: str | None
    ) -> "KnownDevice | None":
        """Find the device that shows a secret, if the account came in from it before."""
        found: KnownDevice | None = await session.scalar(
            select(cls).where(cls.account_id == account_id, cls.secret_hash == fingerprint(secret or ""))
        )
        return found

    @classmethod
    async def remember(
        cls, session: AsyncSession, account_id: uuid.UUID, shown: str, now: datetime
    ) -> str | None:
        """Remember the device for an account; give the secret it is to keep when it showed none of ours."""
        mark = fingerprint(shown)
        mine = await cls.of(session, account_id, shown)
        if mine is not None:
            mine.last_at = now
            return None
        ours = shown and await session.scalar(select(cls.secret_hash).where(cls.secret_hash == mark).limit(1))
        fresh = None if ours else new_secret()
        session.add(
            cls(secret_hash=fingerprint(fresh or shown), account_id=account_id, first_at=now, last_at=now)
        )
        return fresh

    @classmethod
    async def forget_all(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Forget every device of an account: somebody else may have had its password."""
        await session.execute(delete(cls).where(cls.account_id == account_id))
