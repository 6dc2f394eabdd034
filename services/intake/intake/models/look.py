"""Who opened whose dossier: one line per officer, part and hour, which nobody can take away."""

from dataclasses import asdict, dataclass
from datetime import datetime

from regulation.roles import Ground, Part, Role
from sqlalchemy import func, inspect
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


@dataclass(frozen=True)
class Glance:
    """One opening of one part of a dossier by an officer."""

    dossier_code: str
    officer_id: str
    part: Part
    agency: str | None
    unit: str | None
    role: Role
    ground: Ground


class Look(Base):
    """Lượt xem hồ sơ: what an officer opened within an hour, how often, and why. Source: QT Đ.29.7; R-ACC-24"""

    __tablename__ = "look"

    dossier_code: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int]
    agency: Mapped[str | None]
    unit: Mapped[str | None]
    role: Mapped[str]
    ground: Mapped[str]

    @classmethod
    def noting(cls, glance: Glance, at: datetime) -> Insert:
        """Return the statement that writes an opening down, or counts it in the line of its hour."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        new = insert(cls).values(**asdict(glance), hour=hour, first_at=at, last_at=at, count=1)
        again = {"count": cls.count + 1, "last_at": func.greatest(cls.last_at, new.excluded.last_at)}
        return new.on_conflict_do_update(index_elements=inspect(cls).primary_key, set_=again)
