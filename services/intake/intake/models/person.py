"""Which account belongs to a person whom a dossier names by number."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class PersonAccount(Base):
    """Tài khoản của người đứng đơn: proven by the identity provider; the number itself stands nowhere."""

    __tablename__ = "person_account"
    __table_args__ = (Index("ix_person_account_account", "account_id"),)

    person_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    joined_at: Mapped[datetime]
