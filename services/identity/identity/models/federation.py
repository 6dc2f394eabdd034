"""Accounts at an outside provider: which is whose, and the attempts that are under way."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.oidc import ATTEMPT_LASTS, Secrets
from identity.domain.sessions import fingerprint
from identity.models.base import Base


class ProviderAccount(Base):
    """An account at the provider (tài khoản định danh điện tử), bound to one account here; subjects are kept as hashes.

    Source: R-ACC-03; R-ACC-04
    """

    __tablename__ = "provider_account"
    __table_args__ = (UniqueConstraint("account_id", "issuer", name="uq_provider_account_account_id"),)

    issuer: Mapped[str] = mapped_column(String(200), primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    bound_at: Mapped[datetime]

    @classmethod
    async def bound(cls, session: AsyncSession, issuer: str, subject: str, account_id: uuid.UUID) -> bool:
        """Say whether exactly this subject and this account belong together."""
        hashed = fingerprint(subject)
        same = (cls.issuer == issuer) & (cls.subject_hash == hashed) & (cls.account_id == account_id)
        return await session.scalar(select(cls.account_id).where(same)) is not None

    @classmethod
    async def bind(
        cls, session: AsyncSession, issuer: str, subject: str, account_id: uuid.UUID, now: datetime
    ) -> bool:
        """Bind a subject to an account where neither is bound yet; say whether that was so."""
        hashed = fingerprint(subject)
        row = {"issuer": issuer, "subject_hash": hashed, "account_id": account_id, "bound_at": now}
        made = insert(cls).values(row).on_conflict_do_nothing().returning(cls.account_id)
        return await session.scalar(made) is not None


class ProviderAttempt(Base):
    """Somebody is at the provider (lượt đăng nhập): what the answer must fit, good once and for ten minutes."""

    __tablename__ = "provider_attempt"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    binding_hash: Mapped[str] = mapped_column(String(64))
    door: Mapped[str] = mapped_column(String(10))
    sealed: Mapped[str]
    """Nonce and verifier, sealed."""
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def begun(cls, made: Secrets, door: str, sealed: str, now: datetime) -> "ProviderAttempt":
        """Begin an attempt."""
        return cls(
            state_hash=fingerprint(made.state),
            binding_hash=fingerprint(made.binding),
            door=door,
            sealed=sealed,
            expires_at=now + ATTEMPT_LASTS,
        )

    @classmethod
    async def take(
        cls, session: AsyncSession, state: str, binding: str, door: str, now: datetime
    ) -> str | None:
        """Use an attempt up; give what was sealed, or None where it is unknown, over, or another browser's."""
        row = (
            delete(cls)
            .where(cls.state_hash == fingerprint(state))
            .returning(cls.binding_hash, cls.door, cls.sealed, cls.expires_at)
        )
        found = (await session.execute(row)).one_or_none()
        if found is None or (found.binding_hash, found.door) != (fingerprint(binding), door):
            return None
        return str(found.sealed) if now < found.expires_at else None
