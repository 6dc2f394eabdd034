"""One row per dossier, its waits, and the names that figures are shown under."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from stats.domain.story import NOBODYS, Belonging, Fact, Hands, Story
from stats.models.base import Base


class Agency(Base):
    """An agency (cơ quan) as the catalogue last described it."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str | None]
    level: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str | None]


class Field(Base):
    """A field (lĩnh vực) under its newest name."""

    __tablename__ = "field"

    code: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
    name: Mapped[str]


class Dossier(Base):
    """One dossier (hồ sơ) in the figures; every column but the code follows from its facts."""

    __tablename__ = "dossier"

    code: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str]
    competent_agency: Mapped[str]
    field: Mapped[str]
    channel: Mapped[str]
    procedure_code: Mapped[str]
    unit: Mapped[str | None]
    officer_id: Mapped[str | None]
    received_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing: Mapped[str | None]
    returned_at: Mapped[datetime | None]

    @staticmethod
    def told(story: Story) -> dict[str, Any]:
        """Return every column but the code as the story of the dossier says it."""
        return {
            **story.place._asdict(),
            **story.hands._asdict(),
            "received_at": story.received_at,
            "accepted_at": story.accepted_at,
            "due_at": story.due_at,
            "closed_at": story.closed_at,
            "closing": story.closing.value if story.closing else None,
            "returned_at": story.returned_at,
        }


class KeptFact(Base):
    """A fact about a dossier as it was told, kept for ever: the figures are counted again from these rows."""

    __tablename__ = "fact"

    code: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    version: Mapped[int]
    due_at: Mapped[datetime | None]
    place: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    unit: Mapped[str | None]
    officer_id: Mapped[str | None]

    @staticmethod
    def told(code: str, fact: Fact) -> dict[str, Any]:
        """Return every column as a fact about a dossier says it."""
        return {
            "code": code,
            "type": fact.type,
            "at": fact.at,
            "version": fact.version,
            "due_at": fact.due_at,
            "place": fact.place._asdict() if fact.place else None,
            **(fact.hands or NOBODYS)._asdict(),
        }

    def as_fact(self) -> Fact:
        """Return the fact as the story reads it."""
        place = Belonging(**self.place) if self.place else None
        hands = Hands(self.unit, self.officer_id) if self.unit is not None else None
        return Fact(self.type, self.version, self.at, self.due_at, place, hands)


class Wait(Base):
    """A wait for the applicant; open while `until_at` is missing."""

    __tablename__ = "wait"

    code: Mapped[str] = mapped_column(ForeignKey("dossier.code", ondelete="CASCADE"), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(primary_key=True)
    until_at: Mapped[datetime | None]

    @staticmethod
    def told(code: str, story: Story) -> list[dict[str, Any]]:
        """Return the rows of the waits for the applicant that the story of a dossier tells of."""
        return [{"code": code, "since_at": pause.since, "until_at": pause.until} for pause in story.pauses]


class IdentityCheck(Base):
    """One check that the account of the running month adds up; a breach names how far it is off."""

    __tablename__ = "identity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    breach_count: Mapped[int]
    breaches: Mapped[list[dict[str, Any]]]
