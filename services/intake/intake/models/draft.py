"""What an applicant is still writing, and the files that came with it or with a dossier."""

import uuid
from datetime import datetime
from typing import Any

import orjson
from common.database import Versioned
from common.sealed import Sealed, SealedRow
from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base
from intake.models.marks import written

_CLEAR = text("answers <> '{}' or result_address is not null or submitter <> '{}'")


class Draft(SealedRow, Versioned, Base):
    """Bản nháp: answers as typed, pinned to the procedure version it was begun with."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("ix_draft_owner", "owner_id", "updated_at", postgresql_where=text("submitted_code is null")),
        Index("ix_draft_updated", "updated_at", postgresql_where=text("submitted_code is null")),
        Index("ix_draft_clear", "id", postgresql_where=_CLEAR),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    procedure_code: Mapped[str]
    procedure_version: Mapped[int]
    agency: Mapped[str]
    case_id: Mapped[str | None]
    plain_answers: Mapped[dict[str, Any]] = mapped_column("answers", default=dict)
    answers_sealed: Mapped[str | None]
    answers = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    result_channel: Mapped[str | None]
    plain_result_address: Mapped[str | None] = mapped_column("result_address")
    result_address_sealed: Mapped[str | None]
    result_address = Sealed[str | None](str, str)
    plain_submitter: Mapped[dict[str, Any]] = mapped_column("submitter", default=dict)
    submitter_sealed: Mapped[str | None]
    submitter = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_code: Mapped[str | None]


class Attachment(Base):
    """Tệp đính kèm: one paper as a file; `scan` is clean, not_scanned, pending or infected."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_draft", "draft_id", postgresql_where=text("draft_id is not null")),
        Index("ix_attachment_dossier", "dossier_code", postgresql_where=text("dossier_code is not null")),
        Index("ix_attachment_pending", "uploaded_at", postgresql_where=text("scan = 'pending'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[uuid.UUID | None]
    dossier_code: Mapped[str | None]
    component_id: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    sha256: Mapped[str]
    rendition_sha256: Mapped[str | None]
    source: Mapped[str]
    scan: Mapped[str]
    scan_note: Mapped[str | None]
    round: Mapped[int] = mapped_column(default=0)
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class DiscardedFile(Base):
    """A file somebody took out of a draft (tệp đã bỏ): how much of the disk it still holds, and for whom."""

    __tablename__ = "discarded_file"
    __table_args__ = (Index("ix_discarded_file_owner", "owner_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    owner_id: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]


class MalwareReport(Base):
    """An infected upload, kept for the head of the agency and the operator."""

    __tablename__ = "malware_report"
    __table_args__ = (Index("ix_malware_report_agency", "agency", "found_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    found_at: Mapped[datetime]
    agency: Mapped[str]
    uploaded_by: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    signature: Mapped[str]
    draft_id: Mapped[uuid.UUID | None]
    dossier_code: Mapped[str | None]
