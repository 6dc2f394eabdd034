"""Ratings of dossiers, one for each phase, and what was done about a low one."""

import uuid
from datetime import date, datetime
from typing import Any

from common.database import Versioned
from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain.counter import OFFERED
from qa.domain.rating import Phase, Side
from qa.models.base import Base


class RatedDossier(Base):
    """A dossier as intake told: who received and who settled it, and whose it is while it may be rated."""

    __tablename__ = "rated_dossier"
    __table_args__ = (
        Index(
            "ix_rated_dossier_known",
            "returned_at",
            postgresql_where=text("owner is not null or submitter is not null"),
        ),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    owner: Mapped[str | None]
    submitter: Mapped[str | None]
    receiving_point: Mapped[str]
    competent_agency: Mapped[str]
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    accepted_at_desk: Mapped[bool | None]
    returned_at_desk: Mapped[bool | None]

    def side_of(self, account: str) -> Side | None:
        """Return as what an account may rate it; none where it is not the account's."""
        if account == self.owner:
            return Side.OWNER
        return Side.SUBMITTER if account == self.submitter else None

    def ended(self, phase: Phase) -> tuple[datetime | None, str]:
        """Return when a phase ended and which agency is rated for it."""
        if phase is Phase.RECEIPT:
            return self.accepted_at, self.receiving_point
        return self.returned_at, self.competent_agency

    def offered(self, phase: Phase, now: datetime) -> bool:
        """Tell whether the desk may offer a phase to rate: it just ended, with somebody standing there."""
        ended_at, _ = self.ended(phase)
        there = self.accepted_at_desk if phase is Phase.RECEIPT else self.returned_at_desk
        return bool(there) and ended_at is not None and now <= ended_at + OFFERED


class Rating(Versioned, Base):
    """A rating (đánh giá) of one phase; officers see marks and comment, never whose they are.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05
    """

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("dossier", "phase", "side", name="uq_rating_dossier"),
        Index("ix_rating_agency", "agency", "phase"),
        Index("ix_rating_named", "given_at", postgresql_where=text("dossier not like '~%'")),
        Index("ix_rating_task", "agency", "task_from", postgresql_where=text("task_state = 'open'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    dossier: Mapped[str]
    phase: Mapped[str]
    side: Mapped[str] = mapped_column(default=Side.OWNER)
    """Who gave it: the owner's counts before the submitter's, that of the counter where there is neither."""
    agency: Mapped[str]
    progress: Mapped[int]
    quality: Mapped[int]
    comment: Mapped[str]
    by: Mapped[str | None] = mapped_column(deferred=True)
    """Neither written nor read any more, and empty: the release after this one drops it."""
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    task_state: Mapped[str]
    """`none`, `open` while a low rating waits for somebody, `closed`."""
    task_from: Mapped[date | None]
    """The working day from which somebody sees it, after its week: hour and day would say who was there."""
    task_done: Mapped[str]
    task_by: Mapped[str | None]
    task_at: Mapped[datetime | None]

    @staticmethod
    def begun(**told: Any) -> dict[str, Any]:
        """Return the columns of a rating that is given: nobody has to follow it up, unless `told` says so."""
        return {"task_state": "none", "task_done": "", "version": 1, **told}
