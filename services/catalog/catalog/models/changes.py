"""Rows of publication decisions and of the change requests that follow from them, each with its due dates."""

import uuid
from datetime import date, datetime
from typing import Any

from common.database import Versioned
from common.ids import uuid7
from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.domain.changes import ChangeDeed, ChangeState, WaitsFor, after
from catalog.events import RequestOverdue
from catalog.models.base import Base


class PublicationDecision(Base):
    """A publication decision (quyết định công bố) as it was registered. Source: NB Đ.11.2.b; R-CAT-15."""

    __tablename__ = "publication_decision"
    __table_args__ = (UniqueConstraint("number", "signed_on", name="uq_publication_decision_number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    number: Mapped[str]
    signed_on: Mapped[date]
    effective_on: Mapped[date]
    registered_at: Mapped[datetime]
    registered_by: Mapped[str]


class DecisionItem(Base):
    """What a decision does with one procedure, and which agency is responsible for it."""

    __tablename__ = "decision_item"
    __table_args__ = (Index("ix_decision_item_procedure", "procedure"),)

    decision: Mapped[uuid.UUID] = mapped_column(ForeignKey("publication_decision.id"), primary_key=True)
    procedure: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"), primary_key=True)
    name: Mapped[str]
    deed: Mapped[str]


class ChangeRequest(Versioned, Base):
    """A change request (đề nghị cập nhật) of an agency, or one that it owes after a decision.

    Source: NB Đ.11; TN Đ.7.1; R-CAT-03; R-CAT-14; R-CAT-15
    """

    __tablename__ = "change_request"
    __table_args__ = (Index("ix_change_request_agency", "agency", "state"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str]
    state: Mapped[str]
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    decision: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("publication_decision.id"))
    document_number: Mapped[str]
    document_on: Mapped[date]
    procedures: Mapped[list[str]]
    content: Mapped[str]
    answer: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    def take(self, deed: ChangeDeed) -> None:
        """Go on by a deed. Raises: RequestNotWaitingError."""
        self.state = after(ChangeState(self.state), deed)


class ChangeClock(Base):
    """A due date of a change request: who owes what, how the date came about, when it passed; never erased.

    Source: requirements §0.3.2; R-CAT-03; R-CAT-14; R-CAT-15
    """

    __tablename__ = "change_clock"
    __table_args__ = (
        Index("ix_change_clock_request", "request"),
        Index(
            "ix_change_clock_due", "due_at", postgresql_where=text("ended_at is null and overdue_at is null")
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    request: Mapped[uuid.UUID] = mapped_column(ForeignKey("change_request.id"))
    waits_for: Mapped[str]
    ledger: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    overdue_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @classmethod
    def begun(
        cls, request: ChangeRequest, waits_for: WaitsFor, ledger: dict[str, Any], now: datetime
    ) -> "ChangeClock":
        """Begin a clock from its ledger."""
        due_at = datetime.fromisoformat(ledger["due_at"])
        return cls(request=request.id, waits_for=waits_for, ledger=ledger, started_at=now, due_at=due_at)

    def late(self, now: datetime) -> bool:
        """Tell whether it ended after its time, or is late now."""
        return (self.ended_at or now) > self.due_at


def request_overdue(clock: ChangeClock, request: ChangeRequest, now: datetime) -> RequestOverdue:
    """Return the fact that a due date passed: the agency did not send, or nobody carried out."""
    owed = clock.waits_for == WaitsFor.REQUEST
    return RequestOverdue(
        aggregate_id=str(clock.id),
        aggregate_version=1,
        agency=request.agency if owed else None,
        occurred_at=now,
        kind=request.kind,
        waits_for=clock.waits_for,
        requester=request.agency,
        document_number=request.document_number,
        procedures=request.procedures,
        due_at=clock.due_at,
    )
