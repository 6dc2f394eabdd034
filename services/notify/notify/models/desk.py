"""How desk officers want to hear of what arrives, and when a desk was last told."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from notify.models.base import Base, Instant


class ArrivalChoice(Base):
    """How an officer wants to hear of what arrives at the desk; who chose nothing hears as the province says."""

    __tablename__ = "arrival_choice"

    account: Mapped[str] = mapped_column(Text, primary_key=True)
    arrivals: Mapped[str] = mapped_column(Text)
    chosen_at: Mapped[datetime] = mapped_column(Instant)


class DeskRound(Base):
    """When a desk was last told of what arrived, so that nobody is flooded."""

    __tablename__ = "desk_round"

    agency: Mapped[str] = mapped_column(Text, primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Instant)
