"""The base of all rows of the catalogue."""

from common import database
from common.database import plumbing_tables


class Base(database.Base):
    """Parent of every row of this service."""


plumbing_tables(Base.metadata)
