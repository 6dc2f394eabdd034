"""The base of all tables of statistics, with those of the plumbing."""

from audit import audit_tables
from common import database
from common.database import plumbing_tables


class Base(database.Base):
    """Tables of statistics."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
