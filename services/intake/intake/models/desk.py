"""What the desk keeps about a dossier: its checklist, its requests, its papers, who looked in vain."""

import uuid
from datetime import date, datetime
from typing import Any

import orjson
from common.ids import uuid7
from common.sealed import Sealed, SealedRow
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.news import SignedPaper
from intake.domain.papers import Paper, PaperState
from intake.models.base import Base
from intake.models.dossier import Dossier
from intake.models.marks import written
from intake.models.step import Step


class ChecklistItem(Base):
    """Kết quả kiểm tra một thành phần trong một lượt kiểm tra."""

    __tablename__ = "checklist_item"

    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    component_id: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    note: Mapped[str]
    judged_by: Mapped[str]
    judged_at: Mapped[datetime]


class SupplementRequest(Base):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: what was asked for, complete, and when it was answered."""

    __tablename__ = "supplement_request"
    __table_args__ = (
        Index("ix_supplement_request_open", "answer_by_on", postgresql_where=text("answered_at is null")),
    )

    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    requested_at: Mapped[datetime]
    requested_by: Mapped[str]
    reason: Mapped[str]
    guidance: Mapped[str]
    items: Mapped[list[dict[str, Any]]]
    free_items: Mapped[list[dict[str, Any]]]
    leader_ground: Mapped[str | None]
    leader_id: Mapped[str | None]
    answer_by_on: Mapped[date]
    ledger: Mapped[dict[str, Any]]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer_note: Mapped[str | None]


class Document(SealedRow, Base):
    """Văn bản: a paper issued for a dossier; `state` is pending until the PDF exists, then ready or blocked."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_dossier", "dossier_code"),
        Index("ix_document_pending", "must_sign", "created_at", postgresql_where=text("state = 'pending'")),
        Index("ix_document_verification", "verification_code", unique=True),
        Index("ix_document_clear", "id", postgresql_where=text("content <> '{}'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"))
    kind: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    agency: Mapped[str]
    created_at: Mapped[datetime]
    plain_content: Mapped[dict[str, Any]] = mapped_column("content", default=dict)
    content_sealed: Mapped[str | None]
    content = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    state: Mapped[str]
    must_sign: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    media_type: Mapped[str] = mapped_column(default="application/pdf")
    signed: Mapped[bool] = mapped_column(default=False)
    signer: Mapped[str | None]
    verification_code: Mapped[str | None]
    problem: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
    successor: Mapped[str | None]
    revoked_by: Mapped[str | None]

    def revoke(self, at: datetime, successor: str, number: str) -> None:
        """Write down that the paper counts no more, and by which paper and number; it stays readable."""
        self.revoked_at, self.successor, self.revoked_by = at, successor, number

    @classmethod
    def finished(
        cls,
        dossier: Dossier,
        kind: Paper,
        paper: SignedPaper,
        at: datetime,
        *,
        valid: bool,
        signer: str | None,
        problem: str | None,
    ) -> "Document":
        """Return the paper the specialist unit made; one whose signature does not hold is kept and blocked."""
        return cls(
            id=uuid7(),
            dossier_code=dossier.code,
            kind=kind,
            number=1,
            agency=dossier.competent_agency,
            created_at=at,
            content={"name": paper.name},
            state=PaperState.READY if valid else PaperState.BLOCKED,
            must_sign=True,
            sha256=paper.sha256,
            size=paper.size,
            media_type=paper.media_type,
            signed=valid,
            signer=signer,
            verification_code=paper.verification_code,
            problem=problem,
        )

    @classmethod
    def decided(
        cls, step: Step, kind: Paper, dossier: Dossier, content: dict[str, Any], *, sign: bool
    ) -> "Document":
        """Return the paper a step of the desk decided on, still to be printed; it bears the step's number."""
        return cls(
            id=uuid7(),
            dossier_code=dossier.code,
            kind=kind,
            number=max(dossier.supplement_count, 1) if kind is Paper.SUPPLEMENT else 1,
            agency=dossier.receiving_point,
            created_at=step.at,
            content={"number": step.paper, **content},
            state=PaperState.PENDING,
            must_sign=sign,
        )


class AccessRefusal(Base):
    """Somebody asked for a dossier outside their data scope."""

    __tablename__ = "access_refusal"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    subject: Mapped[str]
    roles: Mapped[list[str]]
    agency: Mapped[str | None]
    dossier_code: Mapped[str]
