"""A decision about a result that was already issued; rows are added and decided, never rewritten."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from common.sealed import Sealed, SealedRow
from regulation.states import State
from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.document import PaperFacts
from processing.domain.revocation import REVOCATION
from processing.events import ResultCorrected, ResultReplaced, ResultRevoked
from processing.models.base import Base, Instant, Json
from processing.models.dossier import Dossier


class Revocation(SealedRow, Base):
    """Takes a result back, or puts another in its place (quyết định thu hồi, thay thế kết quả).

    `content` are the lines of the new result; a mere revocation has none. Source: BD Đ.8.2; R-PRC-03
    """

    __tablename__ = "revocation"
    __table_args__ = (
        Index("ix_revocation_clear", "dossier_code", postgresql_where=text("content is not null")),
    )

    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    revokes: Mapped[str] = mapped_column(Text)
    plain_content: Mapped[Json | None] = mapped_column("content", JSONB(none_as_null=True))
    content_sealed: Mapped[str | None] = mapped_column(Text)
    content = Sealed[Json | None](json.loads, json.dumps)
    ground: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    decision_number: Mapped[str | None] = mapped_column(Text)
    verification_code: Mapped[str | None] = mapped_column(Text, unique=True)
    document: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    signer: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_by: Mapped[str | None] = mapped_column(Text)
    sent_back_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_remarks: Mapped[str | None] = mapped_column(Text)

    @property
    def sealed_for(self) -> str:
        """The decision the lines of a result are sealed for."""
        return f"{self.__tablename__}.{self.dossier_code}.{self.number}"

    @property
    def waits(self) -> bool:
        """Tell whether it is a proposal that no leader has answered."""
        return self.decided_at is None and self.sent_back_at is None

    @property
    def replaces(self) -> bool:
        """Tell whether another result takes the place of the old one."""
        return self.content is not None

    @property
    def fact_type(self) -> type[ResultCorrected]:
        """Return the kind of fact that tells of the decision."""
        return ResultReplaced if self.replaces else ResultRevoked

    def paper(self, old: PaperFacts, issued: "ResultInForce", verification_url: str) -> PaperFacts:
        """Return what the decision prints: the new result's lines, or which result is taken back."""
        revoked = {"revoked_number": issued.decision_number, "revoked_code": issued.verification_code}
        code = self.verification_code or ""
        return replace(
            old,
            template=self.document_type(old.template),
            content=self.content or {"applicant": old.content.get("applicant", ""), **revoked},
            number=self.decision_number or "",
            reasons=self.ground,
            legal_basis=self.legal_basis,
            verification_code=code,
            verification_url=verification_url.format(code=code),
        )

    def document_type(self, template: str) -> str:
        """Return what is issued: the result anew by its template, or the decision to revoke."""
        return template if self.replaces else REVOCATION

    @property
    def issued(self) -> Json:
        """Return what was issued and what it takes back, as facts carry it."""
        return {
            "revokes": self.revokes,
            "decided_at": self.decided_at,
            "document": self.document,
            "verification_code": self.verification_code,
            "signer": self.signer,
            "decision_number": self.decision_number,
        }


class ResultInForce(NamedTuple):
    """The result that counts: the code its paper is verified by, its number and its lines."""

    verification_code: str
    decision_number: str
    content: Json


def result_in_force(dossier: Dossier, revocations: Sequence[Revocation]) -> ResultInForce | None:
    """Return the result that counts after every decision about it, oldest first; None when there is none.

    Source: BD Đ.9.2.b; QT Đ.25.6; R-RES-07
    """
    if dossier.state != State.RESULT_READY:
        return None
    decided = [one for one in revocations if one.decided_at is not None]
    last = decided[-1] if decided else dossier
    if isinstance(last, Revocation) and not last.replaces:
        return None
    return ResultInForce(last.verification_code or "", last.decision_number or "", last.content or {})


def proposed_revocation(revocations: Sequence[Revocation]) -> Revocation | None:
    """Return the newest proposal, None when a leader has answered it or nobody made one."""
    return revocations[-1] if revocations and revocations[-1].waits else None
