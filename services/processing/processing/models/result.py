"""What a dossier ends with: what is proposed to the leader, what was decided about it, and the paper issued."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.outcomes import Outcome
from processing.domain.signing import REJECTION
from processing.models.base import Instant, Json


class Result:
    """The result of a dossier on its way; the lines of its paper stand sealed in the dossier itself."""

    template: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)
    legal_basis: Mapped[str | None] = mapped_column(Text)
    proposed_by: Mapped[str | None] = mapped_column(Text)
    proposed_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str | None] = mapped_column(Text)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_remarks: Mapped[str | None] = mapped_column(Text)
    decision_serial: Mapped[int | None]
    decision_year: Mapped[int | None]
    decision_number: Mapped[str | None] = mapped_column(Text)
    verification_code: Mapped[str | None] = mapped_column(Text, unique=True)
    document: Mapped[Json | None] = mapped_column(JSONB)
    signer: Mapped[str | None] = mapped_column(Text)

    @property
    def document_type(self) -> str:
        """Return what is issued: the result template, or the rejection notice."""
        return REJECTION if self.outcome == Outcome.REJECT else self.template

    @property
    def issued(self) -> dict[str, Any]:
        """Return the document the dossier ended with, as facts carry it."""
        return {
            "document": self.document,
            "verification_code": self.verification_code,
            "signer": self.signer,
        }
