"""A dossier in the hands of the competent agency: where it stands, what is proposed, what was issued."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from common.database import Versioned
from common.ids import uuid7
from common.sealed import Sealed, SealedRow
from procedures import Step, StepKind
from procedures.flow import Facts, following, position
from regulation.calendar import WorkingCalendar
from regulation.clock import due, rule_for
from regulation.roles import Holder, Part, Right, admission
from regulation.states import DECIDED, State
from regulation.text import LANGUAGES, short_date
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.deeds import Deed, Whereabouts
from processing.domain.errors import DossierClosedError, StepNotYoursError, StepOutOfOrderError
from processing.domain.outcomes import Action, Outcome
from processing.domain.supplement import WaitsForApplicantError, still_waits
from processing.events import DossierEvent, DossierLookedAt, DossierRejected, ResultReady, StepCompleted
from processing.models.base import Announcing, Base, Instant, Json
from processing.models.indexes import DOSSIER_INDEXES
from processing.models.result import Result
from processing.models.step_record import StepRecord

E = TypeVar("E", bound=DossierEvent)


class Moved(NamedTuple):
    """The rows and the event that a step forward brings."""

    records: list[StepRecord]
    event: DossierEvent


class Dossier(SealedRow, Versioned, Announcing, Result, Base):
    """A dossier while it is handled (hồ sơ đang giải quyết)."""

    __tablename__ = "dossier"
    __table_args__ = DOSSIER_INDEXES

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text(collation="C"))
    """Day and serial number of the code, without the agency."""
    serial: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text)
    receiving_point: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default=State.FORWARDED)
    procedure_code: Mapped[str] = mapped_column(Text)
    procedure_version: Mapped[int]
    procedure_name: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    facts: Mapped[Json] = mapped_column(JSONB)
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    soon_at: Mapped[datetime] = mapped_column(Instant)
    step_id: Mapped[str] = mapped_column(Text)
    step_kind: Mapped[str] = mapped_column(Text)
    step_role: Mapped[str] = mapped_column(Text)
    step_name: Mapped[str] = mapped_column(Text)
    step_due_at: Mapped[datetime] = mapped_column(Instant)
    plain_content: Mapped[dict[str, str] | None] = mapped_column("content", JSONB(none_as_null=True))
    content_sealed: Mapped[str | None] = mapped_column(Text)
    content = Sealed[dict[str, str] | None](json.loads, json.dumps)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    received_by: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    revocation_count: Mapped[int] = mapped_column(default=0)
    revoking: Mapped[bool] = mapped_column(default=False)
    """Whether a decision about the issued result waits for a leader."""
    extending: Mapped[bool] = mapped_column(default=False)
    """Whether a new date waits for a leader."""
    extended_until: Mapped[datetime | None] = mapped_column(Instant)
    """The new date the applicant was promised; `due_at` stays what lateness counts against."""
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when the clock waits for the applicant, who has until the end of `answer_by_on`."""
    answer_by_on: Mapped[date | None]
    consulting: Mapped[int] = mapped_column(default=0)
    """How many opinions are asked for and not given yet."""

    @property
    def sealed_for(self) -> str:
        """The dossier the lines of a result are sealed for."""
        return f"{self.__tablename__}.{self.code}"

    @property
    def closed(self) -> bool:
        """Tell whether the dossier is decided."""
        return self.state in DECIDED

    def measured_at(self, now: datetime) -> datetime:
        """Return when the clock is read: at the decision, or since the applicant is asked, or now."""
        return self.closed_at or self.paused_at or now

    @property
    def known(self) -> Facts:
        """Return the facts that step conditions may ask about."""
        return {**self.facts, "outcome": self.outcome}

    def expect(self, version: int) -> None:
        """Refuse a change made on an older view of the dossier, or on a decided one.

        Raises:
            StaleVersionError: somebody else changed it meanwhile.
            DossierClosedError: it is decided.
        """
        self.expect_version(version)
        if self.closed:
            raise DossierClosedError(dossier=self.code)

    def expect_running(self, version: int, now: datetime) -> None:
        """Refuse work while the applicant still has time to add what was asked for, and what `expect` refuses.

        Raises: WaitsForApplicantError, StaleVersionError, DossierClosedError. Source: TN Đ.11.4.c; R-PRC-10
        """
        self.expect(version)
        if self.answer_by_on and still_waits(self.paused_at, self.answer_by_on, now):
            last = {f"last_{lang}": short_date(self.answer_by_on, lang) for lang in LANGUAGES}
            raise WaitsForApplicantError(dossier=self.code, **last)

    def expect_version(self, version: int) -> None:
        """Refuse a change made on an older view of the dossier, decided or not. Raises: StaleVersionError."""
        super().expect(version)

    @property
    def whereabouts(self) -> Whereabouts:
        """Where the dossier is, as far as rights ask."""
        return Whereabouts(self.agency, self.unit, self.officer_id)

    def expect_step_for(self, deed: Deed) -> None:
        """Refuse what is not done at the step at hand. Raises: StepOutOfOrderError."""
        if self.step_kind not in deed.kinds:
            raise StepOutOfOrderError(step=self.step_name)

    def expect_in_hands_of(self, officer_id: str) -> None:
        """Refuse work on what another officer has in hand. Raises: StepNotYoursError."""
        if self.officer_id != officer_id:
            raise StepNotYoursError(step=self.step_name)

    def enter(self, step: Step, now: datetime, calendar: WorkingCalendar) -> StepRecord:
        """Begin a step and return its record; a task of another unit is free for that unit's officers.

        It is due after its own hours on the working calendar, which the ledger explains, and never after the dossier.

        Source: QT Đ.25.2; NB Đ.17.1.a; R-PRC-04; R-PRC-05
        """
        self.step_id, self.step_kind = step.id, step.kind
        self.step_role, self.step_name = step.role, step.name
        own = due(rule_for(step.time), now, step.time, calendar)
        self.step_due_at = min(own.due_at, self.due_at)
        if step.kind is StepKind.TASK and step.unit != self.unit:
            self.unit, self.officer_id = step.unit, None
        self.state = State.AWAITING_SIGNATURE if step.kind is StepKind.SIGN else State.IN_PROCESS
        return StepRecord(
            dossier_code=self.code,
            step_id=step.id,
            name=step.name,
            name_en=step.name_en,
            kind=step.kind,
            unit=step.unit,
            role=step.role,
            started_at=now,
            due_at=self.step_due_at,
            ledger=own.facts(),
        )

    def advance(self, plan: Sequence[Step], now: datetime, calendar: WorkingCalendar) -> Moved:
        """Go to the next step; after the last one the result is ready and with the desk.

        Source: QT Đ.25.2; BD Đ.8.1.a; HN Đ.12.1.b; R-PRC-04; R-PRC-13
        """
        step = following(plan, self.step_id, self.known)
        if step is not None and step.kind is not StepKind.RETURN:
            record = self.enter(step, now, calendar)
            return Moved([record], self.tell(StepCompleted, plan, now))
        records = [] if step is None else [self._hand_over(step, now, calendar)]
        self.state = State.REJECTED if self.outcome == Outcome.REJECT else State.RESULT_READY
        self.closed_at = now
        return Moved(records, self._conclusion(plan, now))

    def tell(self, fact: type[E], plan: Sequence[Step], now: datetime, **own: Any) -> E:
        """Count one more fact about the dossier and return it; `own` are the fields only this fact has."""
        self.next_fact()
        return fact(**self.present(plan, now), **own)

    def present(self, plan: Sequence[Step], at: datetime) -> dict[str, Any]:
        """Return what every fact about the dossier says, as it stands."""
        number, count = position(plan, self.step_id, self.known)
        step = next(step for step in plan if step.id == self.step_id)
        return {
            "aggregate_id": self.code,
            "aggregate_version": self.announced,
            "agency": self.agency,
            "occurred_at": at,
            "code": self.code,
            "state": self.state,
            "step_no": number,
            "step_count": count,
            "step_name": step.name,
            "step_name_en": step.name_en,
            "unit": self.unit,
            "officer_id": self.officer_id,
        }

    def looked_at(self, part: Part, by: Holder, at: datetime) -> DossierLookedAt:
        """Return the fact that somebody opened a part of the dossier; the look is an aggregate of its own.

        Source: QT Đ.29.7; R-ACC-18; R-ACC-24
        """
        role, ground = admission(Right.READ_HANDLING, by)
        return DossierLookedAt(
            aggregate_id=str(uuid7()),
            aggregate_version=1,
            agency=self.agency,
            occurred_at=at,
            code=self.code,
            part=part,
            officer_id=by.subject,
            officer_agency=by.agency,
            officer_unit=by.unit,
            role=role,
            ground=ground,
        )

    def _hand_over(self, step: Step, now: datetime, calendar: WorkingCalendar) -> StepRecord:
        record = self.enter(step, now, calendar)
        record.end(Action.HANDED_OVER, now, None)
        return record

    def _conclusion(self, plan: Sequence[Step], now: datetime) -> DossierEvent:
        if self.state == State.REJECTED:
            return self.tell(DossierRejected, plan, now, **self.issued, rejected_at=now)
        return self.tell(ResultReady, plan, now, **self.issued, ready_at=now)
