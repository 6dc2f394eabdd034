"""A new date for a dossier; rows are added and decided, never rewritten."""

from dataclasses import replace
from datetime import datetime

from regulation.text import short_instant
from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.document import PaperFacts
from processing.domain.outcomes import Outcome
from processing.models.base import Base, Instant, Json


class Extension(Base):
    """Promises a new date with an apology (hẹn lại ngày trả kết quả); the old one stays in `previous_due_at`.

    `document` is the letter to the applicant, `slip` the proposal where the profile asks for one; both are signed.

    Source: NĐ 61/2018 Đ.19.9; TN Đ.11.4.g; R-PRC-14
    """

    __tablename__ = "extension"

    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    previous_due_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    letter_number: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    slip: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    signer: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_by: Mapped[str | None] = mapped_column(Text)
    sent_back_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_remarks: Mapped[str | None] = mapped_column(Text)

    @property
    def waits(self) -> bool:
        """Tell whether it is a proposal that no leader has answered."""
        return self.decided_at is None and self.sent_back_at is None

    def paper(self, facts: PaperFacts, template: str) -> PaperFacts:
        """Return what the letter or the slip prints; neither is a result, so neither has a verification code."""
        dates = {
            "old_due": short_instant(self.previous_due_at, "vi"),
            "new_due": short_instant(self.until, "vi"),
        }
        return replace(
            facts,
            outcome=Outcome.GRANT,
            template=template,
            content={"applicant": facts.content.get("applicant", ""), **dates},
            number=self.letter_number or "",
            reasons=self.reason,
            legal_basis=None,
            verification_code="",
            verification_url="",
        )
