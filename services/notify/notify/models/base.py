"""The tables of notify share one naming rule and the plumbing of events."""

from typing import Any

from audit import audit_tables
from common import database
from sqlalchemy import DateTime

Instant = DateTime(timezone=True)
Json = dict[str, Any]


class Base(database.Base):
    """Parent of every table of notify."""


database.plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
