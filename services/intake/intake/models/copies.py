"""Local copies of what neighbours announce, so that intake works while they are away."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from procedures import DeskContact
from procedures.vocabulary import told
from sqlalchemy import Dialect, Index, TypeDecorator, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class Contact(TypeDecorator[DeskContact]):
    """Stores how to reach a desk as JSON."""

    impl, cache_ok = JSONB(none_as_null=True), True

    def process_bind_param(self, value: DeskContact | None, dialect: Dialect) -> dict[str, Any] | None:
        """Write the contact."""
        return None if value is None else asdict(value)

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> DeskContact | None:
        """Read the contact."""
        return None if value is None else DeskContact(**value)


class Agency(Base):
    """Cơ quan: an agency as the catalogue last told; `desk` is None when nobody receives there."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str | None]
    level: Mapped[str]
    kind: Mapped[str | None]
    parent: Mapped[str | None]
    desk: Mapped[DeskContact | None] = mapped_column(Contact)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def open_on(self, day: date) -> bool:
        """Tell whether the agency exists on a local date."""
        return (self.valid_from or day) <= day and (self.valid_to is None or day < self.valid_to)

    def title(self, lang: str) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en or "", lang)


class ProcedureVersion(Base):
    """One immutable published version of a procedure, whole."""

    __tablename__ = "procedure_version"
    __table_args__ = (Index("ix_procedure_version_current", "code", "effective_from"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    content: Mapped[dict[str, Any]]

    def title(self, lang: str) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en or "", lang)


class ProcedureClosure(Base):
    """A procedure that takes no dossiers from a date on."""

    __tablename__ = "procedure_closure"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    closed_from: Mapped[date]


class Officer(Base):
    """Cán bộ: an officer's name as identity last told it."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    display_name: Mapped[str]


class Hold(Base):
    """Việc giữ lại theo quyết định: whether a decision keeps a person or a dossier, as identity last told it."""

    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_keeps", "kind", "subject", postgresql_where=text("keeps")),)

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    keeps: Mapped[bool]


class Outage(Base):
    """Lần gián đoạn: an incident or planned stop as the books last told it."""

    __tablename__ = "outage"

    number: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
