"""What statistics keep: one row per dossier, its waits, and the names that figures are shown under."""

from datetime import datetime
from typing import Any

from common import database
from common.database import plumbing_tables
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stats.domain.story import Fact, Story, tell


class Base(database.Base):
    """Tables of statistics."""


plumbing_tables(Base.metadata)


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
    """One dossier (hồ sơ) in the figures; every column but the codes follows from `facts`."""

    __tablename__ = "dossier"

    code: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str]
    competent_agency: Mapped[str]
    field: Mapped[str]
    channel: Mapped[str]
    procedure_code: Mapped[str]
    facts: Mapped[list[dict[str, Any]]]
    received_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing: Mapped[str | None]
    returned_at: Mapped[datetime | None]

    def learn(self, fact: Fact) -> Story:
        """Add a fact and follow it in every column; a fact that is known already changes nothing."""
        kept = {(one["type"], one["version"]) for one in self.facts}
        if (fact.type, fact.version) not in kept:
            self.facts = sorted(
                [*self.facts, _as_json(fact)], key=lambda one: (one["at"], one["version"], one["type"])
            )
        story = tell(_as_fact(one) for one in self.facts)
        self.received_at, self.accepted_at, self.due_at = story.received_at, story.accepted_at, story.due_at
        self.closed_at, self.returned_at = story.closed_at, story.returned_at
        self.closing = story.closing.value if story.closing else None
        return story


class Wait(Base):
    """A wait for the applicant; open while `until_at` is missing."""

    __tablename__ = "wait"

    code: Mapped[str] = mapped_column(ForeignKey("dossier.code", ondelete="CASCADE"), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(primary_key=True)
    until_at: Mapped[datetime | None]


class IdentityCheck(Base):
    """One check that the account of the running month adds up; a breach names how far it is off."""

    __tablename__ = "identity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    breach_count: Mapped[int]
    breaches: Mapped[list[dict[str, Any]]]


def _as_json(fact: Fact) -> dict[str, Any]:
    due = fact.due_at.isoformat() if fact.due_at else None
    return {"type": fact.type, "version": fact.version, "at": fact.at.isoformat(), "due_at": due}


def _as_fact(kept: dict[str, Any]) -> Fact:
    due = datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None
    return Fact(kept["type"], kept["version"], datetime.fromisoformat(kept["at"]), due)
