"""The base of all rows of the catalogue."""

from audit import audit_tables
from common import database
from common.database import plumbing_tables


class Base(database.Base):
    """Parent of every row of this service."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
