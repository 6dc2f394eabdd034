"""Local copies of what neighbours announced, so that questions are handled while they are away."""

from datetime import date, datetime

from procedures.vocabulary import told
from regulation.text import Lang
from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from qa.models.base import Base


class Agency(Base):
    """Cơ quan: an agency as the catalogue last told."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    parent: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    def open_on(self, day: date) -> bool:
        """Tell whether the agency exists on a local date."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def title(self, lang: Lang) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en, lang)


class Procedure(Base):
    """The name of a published procedure, for what a question is about."""

    __tablename__ = "procedure"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]

    def title(self, lang: Lang) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en, lang)


class Officer(Base):
    """An officer as identity announced: who may be told of a question."""

    __tablename__ = "officer"
    __table_args__ = (
        Index(
            "ix_officer_coordinator",
            "id",
            postgresql_where=text("""active and roles @> '["coordinator"]'"""),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    display_name: Mapped[str]
    agency: Mapped[str] = mapped_column(index=True)
    roles: Mapped[list[str]]
    active: Mapped[bool]


class ContactLine(Base):
    """How a leader signed the last answer: offered again with the next one."""

    __tablename__ = "contact_line"

    officer_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    position: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]


class Guidance(Base):
    """How to take part, in the coordinator's words; each edition stays (hướng dẫn đặt câu hỏi)."""

    __tablename__ = "guidance"

    edition: Mapped[int] = mapped_column(primary_key=True)
    vi: Mapped[str]
    en: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
