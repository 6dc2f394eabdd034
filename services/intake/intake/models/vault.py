"""The papers kept for a person, and who used each of them for what."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from common.ids import uuid7
from common.sealed import Sealed, SealedRow
from procedures import Procedure
from regulation.zone import local_day
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.actors import Actor
from intake.domain.vault import VAULT, Kind, Mode, Signed, keeps, paper_type
from intake.models.base import Base
from intake.models.desk import Document
from intake.models.dossier import Dossier
from intake.models.draft import Attachment

_CLEAR = text("number is not null or issuer is not null")
PDF = "application/pdf"


class VaultPaper(SealedRow, Base):
    """Giấy tờ trong kho quản lý dữ liệu điện tử: an accepted component or an issued result, whole. Source: R-VLT-03."""

    __tablename__ = "vault_paper"
    __table_args__ = (
        Index("ix_vault_paper_owner", "owner_id", "kept_at", "id"),
        Index("ix_vault_paper_type", "owner_id", "type"),
        Index("ix_vault_paper_source", "dossier_code", "kind", "source", unique=True),
        Index("ix_vault_paper_unchecked", "kept_at", postgresql_where=text("signature = 'unchecked'")),
        Index("ix_vault_paper_clear", "id", postgresql_where=_CLEAR),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    kind: Mapped[str]
    type: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    plain_number: Mapped[str | None] = mapped_column("number")
    number_sealed: Mapped[str | None]
    number = Sealed[str | None](str, str)
    plain_issuer: Mapped[str | None] = mapped_column("issuer")
    issuer_sealed: Mapped[str | None]
    issuer = Sealed[str | None](str, str)
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    lasting: Mapped[bool] = mapped_column(default=False)
    signature: Mapped[str]
    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"))
    source: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    kept_at: Mapped[datetime]
    withheld_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    replaced: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def given(
        cls, mode: Mode, dossier: Dossier, procedure: Procedure, files: Iterable[Attachment], at: datetime
    ) -> list["VaultPaper"]:
        """Return a paper for each component of an accepted dossier that came with files of its own.

        What the e-form itself is, and what came out of the vault, is none.

        Source: QT Đ.7.5; QT Đ.20.2; NB Đ.13.2; R-VLT-01; R-VLT-03
        """
        if not keeps(mode, Kind.COMPONENT, dossier.channel):
            return []
        own = [file for file in files if file.source != VAULT]
        papers = []
        for part in procedure.papers(dossier.case_id):
            some = [file for file in own if file.component_id == part.id]
            if some and not procedure.filled_by_form(part):
                pdf = any(file.media_type == PDF for file in some)
                known: dict[str, Any] = {
                    "source": part.id,
                    "kept_at": at,
                    "name": part.name,
                    "name_en": part.name_en,
                }
                known["signature"] = Signed.UNCHECKED if pdf else Signed.UNSIGNED
                papers.append(cls._of(dossier, Kind.COMPONENT, some, **known))
        return papers

    @classmethod
    def issued(
        cls, mode: Mode, dossier: Dossier, procedure: Procedure, paper: Document, issuer: str
    ) -> list["VaultPaper"]:
        """Return the paper of a released result, none where no vault is kept or its signature does not hold.

        Source: TN PL.B5; QT Đ.7.5; QT Đ.20.2; R-VLT-03; R-RES-05
        """
        if not keeps(mode, Kind.RESULT, dossier.channel) or not paper.signed:
            return []
        result, code = procedure.result, paper.verification_code
        named: dict[str, Any] = {
            "name": result.name if result else f"Kết quả {procedure.name}",
            "name_en": "" if result else f"Result of {procedure.title('en')}",
        }
        known: dict[str, Any] = {"source": code, "kept_at": paper.created_at, "signature": Signed.SIGNED}
        kept = cls._of(dossier, Kind.RESULT, [paper], **named, **known)
        kept.number, kept.issuer, kept.issued_on = code, issuer, local_day(paper.created_at)
        return [kept]

    @classmethod
    def _of(
        cls, dossier: Dossier, kind: Kind, files: Sequence[Attachment | Document], *, name: str, **known: Any
    ) -> "VaultPaper":
        return cls(
            id=uuid7(),
            owner_id=dossier.owner_id,
            kind=kind,
            type=paper_type(name),
            name=name,
            dossier_code=dossier.code,
            files=[_file(one) for one in files],
            **known,
        )

    def revoke(self, at: datetime, number: str, *, replaced: bool) -> None:
        """Write down that it counts no more since a decision; it stays to be read. Source: R-VLT-04."""
        self.revoked_at, self.revoked_by, self.replaced = at, number, replaced

    def stand_for(self, newer: "VaultPaper") -> None:
        """Hold the files that stand in for the former ones; what was said of those is said of them alone."""
        self.files, self.kept_at, self.signature = newer.files, newer.kept_at, newer.signature
        self.number = self.issuer = self.issued_on = self.expires_on = None
        self.lasting = False

    def title(self, lang: str) -> str:
        """Return its name in one language."""
        return self.name_en if lang == "en" and self.name_en else self.name


def _file(one: Attachment | Document) -> dict[str, Any]:
    """Return what a kept paper says of a file; the address alone keeps the file from being swept away."""
    same = {"id": str(one.id), "sha256": one.sha256, "size": one.size, "media_type": one.media_type}
    if isinstance(one, Attachment):
        return {**same, "name": one.name, "rendition_sha256": one.rendition_sha256, "scan": one.scan}
    return {**same, "name": one.content.get("name", ""), "rendition_sha256": None, "scan": "clean"}


class VaultUse(Base):
    """Lượt dùng giấy tờ trong kho: seen by an officer, or taken for a dossier; never undone. Source: R-VLT-05."""

    __tablename__ = "vault_use"
    __table_args__ = (
        Index("ix_vault_use_paper", "paper_id", "at"),
        Index("ix_vault_use_draft", "draft_id", postgresql_where=text("draft_id is not null")),
        Index(
            "ix_vault_use_seen",
            "paper_id",
            "actor_id",
            "hour",
            unique=True,
            postgresql_where=text("deed = 'seen'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vault_paper.id"))
    deed: Mapped[str]
    at: Mapped[datetime]
    hour: Mapped[datetime]
    actor_id: Mapped[str]
    actor_kind: Mapped[str]
    agency: Mapped[str | None]
    unit: Mapped[str | None]
    component_id: Mapped[str | None]
    draft_id: Mapped[uuid.UUID | None]
    dossier_code: Mapped[str | None]
    attachment_ids: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))

    @classmethod
    def taking(cls, paper: VaultPaper, by: Actor, at: datetime, **what: Any) -> "VaultUse":
        """Return the use of a paper in a draft, or in a dossier that waits for a supplement."""
        return cls(paper_id=paper.id, deed="taken", at=at, hour=_hour(at), **_by(by), **what)

    @classmethod
    def seeing(
        cls, papers: Iterable[VaultPaper], by: Actor, at: datetime, dossier: str | None = None
    ) -> Insert:
        """Return the statement that writes down that an officer saw papers, once an hour."""
        rows = [
            {
                "paper_id": paper.id,
                "deed": "seen",
                "at": at,
                "hour": _hour(at),
                "dossier_code": dossier,
                **_by(by),
            }
            for paper in papers
        ]
        return insert(cls).values(rows).on_conflict_do_nothing()


FIRST_FILE = func.coalesce(VaultUse.attachment_ids[1])
"""The first file that a use put into a draft or dossier: where it is now, the use is."""


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _by(who: Actor) -> dict[str, Any]:
    return {"actor_id": who.id, "actor_kind": who.kind, "agency": who.agency, "unit": who.unit}
