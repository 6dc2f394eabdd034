"""Who opened whose dossier: one line per officer, part and hour, which nobody can take away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from regulation.roles import Ground, Part, Role
from sqlalchemy import TextClause, text
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

    @staticmethod
    def noting(glance: Glance, at: datetime) -> tuple[TextClause, dict[str, Any]]:
        """Return statement and values that write an opening down, or count it in the line of its hour."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        return _NOTE, {**glance.__dict__, "hour": hour, "at": at}


# In words of its own: what the toolkit makes of an insert that may find its row there is put together every time.
_NOTE: Final = text(
    "insert into look as old"
    " (dossier_code, hour, officer_id, part, first_at, last_at, count, agency, unit, role, ground)"
    " values (:dossier_code, :hour, :officer_id, :part, :at, :at, 1, :agency, :unit, :role, :ground)"
    " on conflict (dossier_code, hour, officer_id, part) do update"
    " set count = old.count + 1, last_at = greatest(old.last_at, excluded.last_at)"
)
