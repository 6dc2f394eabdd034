"""The history of profiles: one value before and after a change, both sealed."""

import uuid
from datetime import datetime

from common.sealed import Sealed, SealedRow
from sqlalchemy import BigInteger, ForeignKey, Identity, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Base


class AccountChange(SealedRow, Base):
    """One value of a profile before and after a change (lịch sử thay đổi). Source: R-ACC-09."""

    __tablename__ = "account_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(40))
    plain_before: Mapped[str | None] = mapped_column("before", String(400))
    before_sealed: Mapped[str | None] = mapped_column(Text)
    before = Sealed[str | None](str, str)
    plain_after: Mapped[str | None] = mapped_column("after", String(400))
    after_sealed: Mapped[str | None] = mapped_column(Text)
    after = Sealed[str | None](str, str)

    @property
    def sealed_for(self) -> str:
        """The change a value is sealed for: its number is the database's and not known before."""
        return f"{self.__tablename__}.{self.account_id}.{self.version}.{self.field}"
