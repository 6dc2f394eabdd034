"""The table catalogue of this service, plumbing included."""

from audit import audit_tables
from common import database
from common.plumbing import plumbing_tables


class Base(database.Base):
    """Parent of this service's rows."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
