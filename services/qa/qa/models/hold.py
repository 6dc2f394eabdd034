"""What decisions keep, as identity last told it."""

from regulation.holds import Held
from sqlalchemy import ColumnElement, Index, and_, exists, or_, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from qa.models.base import Base

Key = InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | str


class Hold(Base):
    """Việc giữ lại theo quyết định: whether a decision keeps a person, a dossier or a question. R-SEC-20."""

    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_keeps", "kind", "subject", postgresql_where=text("keeps")),)

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    keeps: Mapped[bool]

    @classmethod
    def of(cls, *people: Key, question: Key | None = None, dossier: Key | None = None) -> ColumnElement[bool]:
        """Return the condition that one of some people, a question or a dossier is kept by decision."""
        named = [(Held.ACCOUNT, one) for one in people]
        named += [(Held.QUESTION, question)] if question is not None else []
        named += [(Held.DOSSIER, dossier)] if dossier is not None else []
        kept = [and_(cls.kind == kind.value, cls.subject == one) for kind, one in named]
        return exists().where(cls.keeps, or_(*kept))
