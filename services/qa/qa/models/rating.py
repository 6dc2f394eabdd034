"""Ratings of dossiers, one for each phase, and what was done about a low one."""

import uuid
from datetime import datetime

from common.database import Versioned
from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain.rating import Phase
from qa.models.base import Base


class RatedDossier(Base):
    """A dossier as intake told: whose it is, who received and who settled it."""

    __tablename__ = "rated_dossier"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    owner: Mapped[str | None]
    submitter: Mapped[str | None]
    receiving_point: Mapped[str]
    competent_agency: Mapped[str]
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]

    def of(self, account: str) -> bool:
        """Tell whether an account may rate it."""
        return account in (self.owner, self.submitter)

    def ended(self, phase: Phase) -> tuple[datetime | None, str]:
        """Return when a phase ended and which agency is rated for it."""
        if phase is Phase.RECEIPT:
            return self.accepted_at, self.receiving_point
        return self.returned_at, self.competent_agency


class Rating(Versioned, Base):
    """A rating (đánh giá) of one phase; officers see marks and comment, never whose they are.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05
    """

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("dossier", "phase", name="uq_rating_dossier"),
        Index("ix_rating_agency", "agency", "phase"),
        Index("ix_rating_task", "agency", "given_at", postgresql_where=text("task_state = 'open'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    dossier: Mapped[str]
    phase: Mapped[str]
    agency: Mapped[str]
    progress: Mapped[int]
    quality: Mapped[int]
    comment: Mapped[str]
    by: Mapped[str | None]
    """The account that rated; None once it was erased."""
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    task_state: Mapped[str]
    """`none`, `open` while a low rating waits for somebody, `closed`."""
    task_done: Mapped[str]
    task_by: Mapped[str | None]
    task_at: Mapped[datetime | None]
