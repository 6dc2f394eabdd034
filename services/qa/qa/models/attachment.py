"""Files that came with a question or with feedback, and what was found to be infected."""

import uuid
from datetime import datetime

from common.ids import uuid7
from files.kinds import ON_SCREEN
from files.receiving import Taken
from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from qa.models.base import Base

_WAITS = text("number is null")


class Attachment(Base):
    """Tệp gửi kèm: a file as it was sent; until its question is asked it waits, and who has its ticket may send it.

    Source: TN Đ.17.4.a; R-FBK-01; R-FBK-03
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_number", "number", "id", postgresql_where=text("number is not null")),
        Index("ix_attachment_waits", "uploaded_at", postgresql_where=_WAITS),
        Index("ix_attachment_pending", "uploaded_at", postgresql_where=text("scan = 'pending'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    """The question or the feedback it came with; None while it waits."""
    ticket_hash: Mapped[str | None] = mapped_column(unique=True)
    uploaded_by: Mapped[str | None]
    """The account while it waits; with its question the file is the asker's, and nothing more is kept."""
    uploaded_at: Mapped[datetime]
    source: Mapped[str]
    """`sender`, or `officer` who scanned what came on paper."""
    name: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    sha256: Mapped[str]
    rendition_sha256: Mapped[str | None]
    scan: Mapped[str]
    scan_note: Mapped[str | None]

    @classmethod
    def waiting(cls, taken: Taken, ticket_hash: str, by: str | None, now: datetime) -> "Attachment":
        """Return the row of a file that was looked into, for whoever has its ticket."""
        return cls(
            id=uuid7(),
            ticket_hash=ticket_hash,
            uploaded_by=by,
            uploaded_at=now,
            source="sender",
            name=taken.name,
            size=taken.size,
            media_type=taken.media_type,
            sha256=taken.sha256,
            rendition_sha256=taken.rendition,
            scan=taken.verdict.state,
            scan_note=taken.verdict.note or None,
        )

    def goes_with(self, number: str, source: str) -> None:
        """Let it belong to a question or to feedback; its ticket opens nothing any more."""
        self.number, self.source = number, source
        self.ticket_hash = self.uploaded_by = None

    @property
    def on_screen(self) -> bool:
        """Whether a browser shows it, or the picture made of it."""
        return self.media_type in ON_SCREEN or self.rendition_sha256 is not None


class MalwareReport(Base):
    """An infected upload, kept for the head of the agency and the operator. Source: NB Đ.24.4; R-SEC-05"""

    __tablename__ = "malware_report"
    __table_args__ = (Index("ix_malware_report_agency", "agency", "found_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    found_at: Mapped[datetime]
    agency: Mapped[str]
    """Who has the question; empty where nobody has it yet."""
    uploaded_by: Mapped[str]
    number: Mapped[str | None]
    file_name: Mapped[str]
    sha256: Mapped[str]
    signature: Mapped[str]
