"""Mail addresses that accounts had until lately: for some days they are still a way back."""

import uuid
from datetime import datetime

from common.ids import uuid7
from common.sealed import Sealed, SealedRow
from common.sealing import ring_of
from sqlalchemy import ForeignKey, Index, String, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.contacts import WAY_BACK
from identity.models.account import Account
from identity.models.base import Base


class FormerMail(SealedRow, Base):
    """The address an account had before (thư điện tử trước đó): who copied a session takes no account for good."""

    __tablename__ = "former_mail"
    __table_args__ = (Index("ix_former_mail_email_mark", "email_mark"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    plain_email: Mapped[str | None] = mapped_column("email", String(254))
    email_sealed: Mapped[str | None] = mapped_column(Text)
    email_mark: Mapped[str | None] = mapped_column(String(32))
    email = Sealed[str](str, marks={"email_mark": str})
    changed_at: Mapped[datetime]
    until_at: Mapped[datetime]

    @classmethod
    def of(cls, account: Account, now: datetime) -> "FormerMail":
        """Keep the address that an account is about to lose."""
        return cls(
            id=uuid7(),
            account_id=account.id,
            email=account.email,
            changed_at=now,
            until_at=now + WAY_BACK,
        )

    @classmethod
    async def first(cls, session: AsyncSession, account_id: uuid.UUID, now: datetime) -> "FormerMail | None":
        """Find the oldest address that is still a way back to an account."""
        live = (cls.account_id == account_id) & (cls.until_at > now)
        found: FormerMail | None = await session.scalar(select(cls).where(live).order_by(cls.id).limit(1))
        return found

    @classmethod
    async def named(
        cls, session: AsyncSession, address: str, now: datetime, account_id: uuid.UUID | None = None
    ) -> "FormerMail | None":
        """Find whose address it was until lately: that account's, where one is meant."""
        live = cls.email.equals(ring_of(session), address) & (cls.until_at > now)
        if account_id is not None:
            live &= cls.account_id == account_id
        found: FormerMail | None = await session.scalar(select(cls).where(live).order_by(cls.id).limit(1))
        return found

    async def spend(self, session: AsyncSession) -> None:
        """Use the way back up, and those that came after it: whoever set them was not the owner."""
        later = (FormerMail.account_id == self.account_id) & (FormerMail.id >= self.id)
        await session.execute(delete(FormerMail).where(later))
