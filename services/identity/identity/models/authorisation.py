"""Authorisations of desk officers to settle at once."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.authorising import AuthorisationEndedError, AuthorisingDecision, counts
from identity.models.account import Account
from identity.models.base import Base


class DeskAuthorisation(Base):
    """Phân công, ủy quyền giải quyết ngay tại quầy: kept for good, ended by its day or withdrawn. R-INT-15."""

    __tablename__ = "desk_authorisation"
    __table_args__ = (Index("ix_desk_authorisation_account", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    agency: Mapped[str] = mapped_column(String(60))
    decision_number: Mapped[str] = mapped_column(String(60))
    procedures: Mapped[list[str]]
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    given_by: Mapped[str] = mapped_column(String(60))
    given_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None] = mapped_column(String(60))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(500))

    @classmethod
    def given(
        cls, account: Account, decision: AuthorisingDecision, *, by: str, now: datetime
    ) -> "DeskAuthorisation":
        """Write a decision down for an officer, in the agency the officer works for."""
        return cls(
            id=uuid7(),
            account_id=account.id,
            agency=account.agency or "",
            decision_number=decision.number,
            procedures=list(decision.procedures),
            from_on=decision.from_on,
            until_on=decision.until_on,
            given_by=by,
            given_at=now,
        )

    def counts(self, today: date) -> bool:
        """Tell whether it counts on a day."""
        withdrawn = self.withdrawn_at is not None
        return counts(from_on=self.from_on, until_on=self.until_on, withdrawn=withdrawn, today=today)

    def withdraw(self, by: str, reason: str, now: datetime) -> None:
        """Let it count no more. Raises: AuthorisationEndedError."""
        if self.withdrawn_at is not None:
            raise AuthorisationEndedError(rule="once")
        self.withdrawn_by, self.withdrawn_at, self.withdrawn_reason = by, now, reason
