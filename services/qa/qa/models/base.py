"""The tables of questions share one naming rule and the plumbing of events."""

from typing import Any

from audit import audit_tables
from common import database
from common.database import plumbing_tables

Json = dict[str, Any]


class Base(database.Base):
    """Parent of every table of this service."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
