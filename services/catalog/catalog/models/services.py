"""Rows of online services, forms, the edit history and the catalogue's revision."""

import uuid
from datetime import date, datetime
from typing import Any

from common.ids import uuid7
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from catalog.domain.editors import Editor
from catalog.models.base import Base


class OnlineService(Base):
    """An online service (dịch vụ công trực tuyến): one procedure at one agency. Source: NB Đ.12.1.b; R-CAT-05."""

    __tablename__ = "online_service"
    __table_args__ = (
        Index(
            "uq_online_service_open",
            "procedure",
            "agency",
            unique=True,
            postgresql_where=text("closed_on is null"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    procedure: Mapped[str] = mapped_column(ForeignKey("procedure.code"))
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    level: Mapped[str]
    partial_reason: Mapped[str | None]
    unit: Mapped[str | None]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Form(Base):
    """A form (mẫu đơn, tờ khai) in one version with its file. Source: TN Đ.4.3; R-CAT-12."""

    __tablename__ = "form"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(server_default="")
    issuing_text: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    sha256: Mapped[str | None]
    file_name: Mapped[str | None]
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    announced: Mapped[bool] = mapped_column(server_default="false")

    def in_force(self, day: date) -> bool:
        """Tell whether this version of the form is the one to use on a local day."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


class EditEntry(Base):
    """One line of the edit history; rows are only ever added. Source: TN Đ.7.1; NB Đ.11.2.a; R-CAT-17."""

    __tablename__ = "edit_entry"
    __table_args__ = (Index("ix_edit_entry_procedure", "procedure", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    entity: Mapped[str]
    entity_id: Mapped[str]
    procedure: Mapped[str | None]
    action: Mapped[str]
    author: Mapped[str]
    agency: Mapped[str | None]
    decision: Mapped[str | None]
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]

    @classmethod
    def of(
        cls,
        action: str,
        entity: str,
        entity_id: str,
        by: Editor,
        now: datetime,
        *,
        procedure: str | None = None,
        decision: str | None = None,
        old: dict[str, Any] | None = None,
        new: dict[str, Any] | None = None,
    ) -> "EditEntry":
        """Write one line: who did what to which thing, on which decision, before and after."""
        return cls(
            at=now,
            entity=entity,
            entity_id=entity_id,
            procedure=procedure,
            action=action,
            author=by.name,
            agency=by.agency,
            decision=decision,
            old=old,
            new=new,
        )


class CatalogueRevision(Base):
    """How often the visible catalogue has changed: tells every process to rebuild its search index."""

    __tablename__ = "catalogue_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)


async def catalogue_changed(session: AsyncSession) -> None:
    """Tell every process that the visible catalogue is not what it was."""
    await session.execute(text("UPDATE catalogue_revision SET number = number + 1 WHERE id = 1"))
