"""The parent of intake's tables."""

from audit import audit_tables
from common.database import Base as CommonBase
from common.database import plumbing_tables


class Base(CommonBase):
    """Every table of intake hangs on this metadata, plumbing included."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)
