"""Who accepted which statement, in which version, and when. Rows are only ever added."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Base


class Acceptance(Base):
    """A statement somebody accepted (xác nhận đã đọc và đồng ý). Source: R-SEC-01; R-ORG-16."""

    __tablename__ = "acceptance"
    __table_args__ = (Index("ix_acceptance_account", "account_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    accepted_at: Mapped[datetime]
