"""Local copies of what neighbours announced, so that handling goes on while they are away."""

from datetime import date, datetime

from regulation.durations import Duration
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.process import Step
from processing.domain.states import StepKind
from processing.models.base import Base, Instant, Json


class ProcedureVersion(Base):
    """A published procedure version with its internal process (quy trình nội bộ)."""

    __tablename__ = "procedure_version"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[list[Json]] = mapped_column(JSONB)
    process_version: Mapped[int | None]
    decision_number: Mapped[str | None] = mapped_column(Text)
    decision_on: Mapped[date | None]
    result_template: Mapped[str] = mapped_column(Text)
    offers: Mapped[list[Json]] = mapped_column(JSONB)

    @property
    def approved(self) -> bool:
        """Tell whether an approved internal process exists. Source: QT Đ.9; R-PRC-01"""
        return bool(self.steps and self.decision_number and self.decision_on)

    def plan(self) -> tuple[Step, ...]:
        """Return the steps of the process in order."""
        return tuple(
            Step(
                id=step["id"],
                name=step["name"],
                name_en=step["name_en"],
                unit=step["unit"],
                role=step["role"],
                hours=Duration.parse(step["hours"]),
                kind=StepKind(step["kind"]),
                condition=step.get("condition"),
            )
            for step in self.steps
        )

    def service_level(self, agency: str) -> str | None:
        """Return the service level at which an agency offers the procedure online."""
        levels = {offer["agency"]: offer.get("service_level") for offer in self.offers}
        level = levels.get(agency)
        return None if level is None else str(level)


class Officer(Base):
    """An officer as identity announced him, and when he was last seen at his work list."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    display_name: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text, index=True)
    unit: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(JSONB)
    scope: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool]
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    idle_told: Mapped[str | None] = mapped_column(Text)


class Agency(Base):
    """The name of an agency, for the heading of documents."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)


class DecisionSeries(Base):
    """The last number given to a document of an agency in a year."""

    __tablename__ = "decision_series"

    agency: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
