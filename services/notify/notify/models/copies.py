"""Local copies of what notices mention: whose dossier it is, what the procedure is called, who the agency is."""

from datetime import datetime

from procedures.vocabulary import told
from regulation.text import Lang
from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from notify.models.base import Base, Instant, Json


class Dossier(Base):
    """Whose dossier it is and until when its result is due; no personal data but account ids."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index(
            "ix_dossier_overdue",
            "competent_agency",
            postgresql_where=text("overdue_at IS NOT NULL AND settled_at IS NULL"),
        ),
        Index("ix_dossier_desk", "receiving_point", postgresql_where=text("state = 'submitted'")),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    owner_id: Mapped[str | None] = mapped_column(Text)
    submitter_id: Mapped[str | None] = mapped_column(Text)
    procedure_code: Mapped[str] = mapped_column(Text)
    procedure_version: Mapped[int]
    channel: Mapped[str] = mapped_column(Text)
    receiving_point: Mapped[str] = mapped_column(Text)
    competent_agency: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str | None] = mapped_column(Text)
    """Where intake last said it stands; None where it said nothing since this is kept."""
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    """When handling said that the due time passed."""
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """When handling said that it is decided."""
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the desk last got it, handed in or supplemented; None where intake said nothing since this is kept."""
    check_due_at: Mapped[datetime | None] = mapped_column(Instant)
    answered: Mapped[bool | None]
    """Whether what arrived answers a supplement request."""
    desk_told_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the desk was told that it arrived; None while it is to be told."""

    def recipients(self) -> tuple[str, ...]:
        """Return the accounts to tell, submitter first, nobody twice."""
        return tuple(dict.fromkeys(one for one in (self.submitter_id, self.owner_id) if one))


class Procedure(Base):
    """Name of a published procedure version."""

    __tablename__ = "procedure"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)

    def title(self, lang: Lang) -> str:
        """Return the procedure's name in a language."""
        return told(self.name, self.name_en or "", lang)


class Officer(Base):
    """To which agency an officer belongs; None for one of the whole province."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    agency: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[list[str] | None] = mapped_column(JSONB)
    active: Mapped[bool | None]
    """These three are None where identity said nothing since they are kept."""


class Agency(Base):
    """Name of an agency and how to reach its desk."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    desk: Mapped[Json | None] = mapped_column(JSONB)

    def title(self, lang: Lang) -> str:
        """Return the agency's name in a language."""
        return told(self.name, self.name_en or "", lang)


class Hold(Base):
    """Whether a decision keeps a person or a dossier, as identity last told it."""

    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_keeps", "kind", "subject", postgresql_where=text("keeps")),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    keeps: Mapped[bool]
