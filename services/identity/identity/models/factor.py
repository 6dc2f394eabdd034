"""The second factors of officers."""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ForeignKey, String, Text, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.factor import OFFERED_FOR, plain, recovery_codes
from identity.domain.sessions import fingerprint
from identity.models.base import Base
from identity.models.session import SignInSession

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
    async def keep(
        cls, session: AsyncSession, account_id: uuid.UUID, sealed: str, step: int, now: datetime
    ) -> None:
        """Keep an app that has answered."""
        await cls.forget(session, account_id)
        session.add(cls(account_id=account_id, sealed=sealed, added_at=now, confirmed_at=now, last_step=step))
        await session.flush()

    @classmethod
    async def forget(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Take an officer's app away."""
        await session.execute(delete(cls).where(cls.account_id == account_id))


class FactorOffer(Base):
    """A secret offered to one sign-in (mã bí mật chờ xác nhận): nobody else who has the password gets to see it."""

    __tablename__ = "factor_offer"

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sign_in_session.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[str] = mapped_column(Text)
    offered_at: Mapped[datetime]

    @classmethod
    async def to(cls, session: AsyncSession, session_id: uuid.UUID, now: datetime) -> "FactorOffer | None":
        """Find what was offered to a sign-in not long ago."""
        found = await session.get(cls, session_id, with_for_update=True, populate_existing=True)
        return found if found is not None and now - found.offered_at < OFFERED_FOR else None

    @classmethod
    async def make(cls, session: AsyncSession, session_id: uuid.UUID, sealed: str, now: datetime) -> None:
        """Offer a secret to a sign-in, in the place of an older one."""
        await session.execute(delete(cls).where(cls.session_id == session_id))
        session.add(cls(session_id=session_id, sealed=sealed, offered_at=now))
        await session.flush()

    @classmethod
    async def forget(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Void everything that was offered to any sign-in of an account."""
        mine = select(SignInSession.id).where(SignInSession.account_id == account_id)
        await session.execute(delete(cls).where(cls.session_id.in_(mine)))


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
