"""The tables of processing share one naming rule and the plumbing of events."""

from typing import Any

from audit import audit_tables
from common import database
from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

Instant = DateTime(timezone=True)
Json = dict[str, Any]


class Base(database.Base):
    """Parent of every table of processing."""


database.plumbing_tables(Base.metadata)
audit_tables(Base.metadata)


class Announcing:
    """A row that facts are told of: each has the next number, counted with the change itself."""

    announced: Mapped[int] = mapped_column(default=0)

    def next_fact(self) -> int:
        """Count one more fact and return its number."""
        self.announced += 1
        return self.announced
