"""The second factors of officers."""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ForeignKey, String, Text, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.factor import plain, recovery_codes
from identity.domain.sessions import fingerprint
from identity.models.base import Base

SIGN: Final = "~"


class Authenticator(Base):
    """An authenticator app (ứng dụng xác thực) of an officer; its secret is sealed, each step counts once."""

    __tablename__ = "authenticator"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    async def of(
        cls, session: AsyncSession, account_id: uuid.UUID, *, lock: bool = False
    ) -> "Authenticator | None":
        """Find an officer's app, confirmed or not."""
        return await session.get(cls, account_id, with_for_update=lock or None, populate_existing=lock)

    @classmethod
    async def forget(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Take an officer's app away."""
        await session.execute(delete(cls).where(cls.account_id == account_id))


class RecoveryCode(Base):
    """A recovery code (mã khôi phục), kept as a hash until it is used.

    Hashes without the sign are of codes that were short enough to be tried out: they count no more.
    """

    __tablename__ = "recovery_code"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)

    @classmethod
    def of(cls, account_id: uuid.UUID, code: str) -> "RecoveryCode":
        """Keep a code."""
        return cls(account_id=account_id, code_hash=_hashed(account_id, code))

    @classmethod
    async def renew(cls, session: AsyncSession, account_id: uuid.UUID) -> list[str]:
        """Make fresh codes in place of all older ones; they are told this once."""
        await cls.forget(session, account_id)
        codes = recovery_codes()
        session.add_all(cls.of(account_id, one) for one in codes)
        return codes

    @classmethod
    async def forget(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Take an officer's codes away."""
        await session.execute(delete(cls).where(cls.account_id == account_id))

    @classmethod
    async def spend(cls, session: AsyncSession, account_id: uuid.UUID, code: str) -> bool:
        """Use a code up; False when there is no such code."""
        mine = (cls.account_id == account_id) & (cls.code_hash == _hashed(account_id, code))
        return await session.scalar(delete(cls).where(mine).returning(cls.code_hash)) is not None

    @classmethod
    async def left(cls, session: AsyncSession, account_id: uuid.UUID) -> int:
        """Count the codes that are left."""
        good = (cls.account_id == account_id) & cls.code_hash.startswith(SIGN)
        return await session.scalar(select(func.count()).where(good)) or 0


def _hashed(account_id: uuid.UUID, code: str) -> str:
    return f"{SIGN}{fingerprint(f'{account_id}.{plain(code)}')[len(SIGN) :]}"
