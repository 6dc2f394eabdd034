"""The rows of the notice board."""

from common import database
from common.database import Versioned, plumbing_tables
from sqlalchemy.orm import Mapped, mapped_column


class Base(database.Base):
    """Parent of the board's rows."""


class Notice(Versioned, Base):
    """One notice, counted by the event that brought it."""

    __tablename__ = "notice"

    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    times: Mapped[int] = mapped_column(server_default="1")


plumbing_tables(Base.metadata)
