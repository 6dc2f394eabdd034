"""The history of dossiers, and the serial numbers that agencies gave."""

from datetime import UTC, datetime
from typing import Any

import orjson
from common.sealed import Sealed, SealedRow
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.actors import Actor
from intake.models.base import Base
from intake.models.marks import written


class Step(SealedRow, Base):
    """Một bước trong lịch sử hồ sơ: never changed, never deleted."""

    __tablename__ = "step"
    __table_args__ = (
        Index("ix_step_dossier", "dossier_code", "at", "id"),
        Index("ix_step_actor", "actor_id", "at"),
        Index("ix_step_clear", "id", postgresql_where=text("details <> '{}'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"))
    at: Mapped[datetime]
    action: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    actor_id: Mapped[str]
    actor_kind: Mapped[str]
    agency: Mapped[str | None]
    unit: Mapped[str | None]
    reason: Mapped[str]
    paper: Mapped[str]
    plain_details: Mapped[dict[str, Any]] = mapped_column("details", default=dict)
    details_sealed: Mapped[str | None]
    details = Sealed[dict[str, Any]](orjson.loads, written, empty={})

    @property
    def sealed_for(self) -> str:
        """The step a value is sealed for: its number is the database's and not known before."""
        return f"{self.__tablename__}.{self.dossier_code}.{self.at.astimezone(UTC).isoformat()}.{self.action}"

    @classmethod
    def by(cls, who: Actor, at: datetime, *, reason: str = "", paper: str = "", **more: Any) -> "Step":
        """Return the step that somebody takes."""
        acting = {"actor_id": who.id, "actor_kind": who.kind, "agency": who.agency, "unit": who.unit}
        return cls(at=at, reason=reason, paper=paper, **acting, **more)


class DailySerial(Base):
    """The last serial number an agency gave on a local day."""

    __tablename__ = "daily_serial"

    agency: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
