"""The dossier and its history; nothing but `Dossier.take` changes its state."""

import uuid
from datetime import datetime
from typing import Any

import orjson
from common.database import Versioned
from common.sealed import Sealed, SealedRow
from eforms import Form
from regulation.states import State
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from intake.domain.actors import Actor
from intake.domain.life_cycle import Action, next_state
from intake.domain.news import UnitNews
from intake.models.base import Base
from intake.models.deadlines import Deadlines
from intake.models.facts import TOLD, dossier_seal, facts_of
from intake.models.indexes import DOSSIER_INDEXES
from intake.models.marks import keys_of, written
from intake.models.step import Step


class Dossier(SealedRow, Versioned, Deadlines, Base):
    """Hồ sơ: one application, from its code to its returned result."""

    __tablename__ = "dossier"
    __table_args__ = DOSSIER_INDEXES

    code: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    draft_id: Mapped[uuid.UUID | None]

    # who and where
    owner_id: Mapped[str]
    submitter_id: Mapped[str]
    applicant_name: Mapped[str]
    plain_applicant: Mapped[dict[str, Any]] = mapped_column("applicant", default=dict)
    applicant_sealed: Mapped[str | None]
    applicant = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    plain_email: Mapped[str | None] = mapped_column("email")
    email_sealed: Mapped[str | None]
    email = Sealed[str | None](str, str)
    plain_phone: Mapped[str | None] = mapped_column("phone")
    phone_sealed: Mapped[str | None]
    phone = Sealed[str | None](str, str)
    plain_submitter: Mapped[dict[str, Any]] = mapped_column("submitter", default=dict)
    submitter_sealed: Mapped[str | None]
    submitter = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    search_key: Mapped[str]
    event_key: Mapped[str | None]
    channel: Mapped[str]
    entry: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    place_of_help: Mapped[str | None]
    receiving_point: Mapped[str]
    competent_agency: Mapped[str]
    competent_received_at: Mapped[datetime | None]

    # what the national index asks about every dossier
    verified_identity: Mapped[bool] = mapped_column(default=False)
    digitised: Mapped[bool] = mapped_column(default=False)
    reused: Mapped[bool] = mapped_column(default=False)
    from_vault: Mapped[bool] = mapped_column(default=False)
    paid_online: Mapped[bool] = mapped_column(default=False)

    # what is asked for
    procedure_code: Mapped[str]
    procedure_version: Mapped[int]
    field: Mapped[str]
    case_id: Mapped[str | None]
    service_level: Mapped[str]
    plain_answers: Mapped[dict[str, Any]] = mapped_column("answers", default=dict)
    answers_sealed: Mapped[str | None]
    answers = Sealed[dict[str, Any]](orjson.loads, written, empty={})
    declaration_version: Mapped[str]
    result_channel: Mapped[str]
    plain_result_address: Mapped[str | None] = mapped_column("result_address")
    result_address_sealed: Mapped[str | None]
    result_address = Sealed[str | None](str, str)

    # what the specialist unit last told
    unit: Mapped[str | None]
    officer_id: Mapped[str | None]
    unit_version: Mapped[int] = mapped_column(default=0)
    step_no: Mapped[int | None]
    step_count: Mapped[int | None]
    step_name: Mapped[str | None]
    step_name_en: Mapped[str | None]

    # the end
    result_ready_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_way: Mapped[str | None]
    updated_at: Mapped[datetime]

    steps: WriteOnlyMapped["Step"] = relationship()

    def facts(self) -> dict[str, Any]:
        """Return what every fact announced about this dossier says; flush first, so that the version is right."""
        return facts_of({name: getattr(self, name) for name in TOLD})

    @property
    def sealed_for(self) -> str:
        """The dossier a value is sealed for: its code is not known before it is written."""
        return dossier_seal(self.submitter_id, self.submitted_at)

    @property
    def reached(self) -> dict[str, Any]:
        """The applicant with the addresses that count now."""
        return {**self.applicant, "email": self.email or "", "phone": self.phone or ""}

    def refresh_keys(self, form: Form) -> None:
        """Write down anew what it is found by and which event it tells of, once answers or contact data changed.

        Source: R-TRK-11; R-INT-01
        """
        who = (self.answers, self.reached)
        told = keys_of(form, self.procedure_code, *who, submitter=self.submitter, ring=self.ring)
        self.search_key, self.event_key = told["search_key"], told["event_key"]

    def follow(self, news: UnitNews) -> None:
        """Write down step, unit and officer as the specialist unit told them."""
        self.unit_version = news.version
        self.forwarded_at = self.forwarded_at or news.at
        if self.state != State.SUPPLEMENT_REQUESTED:
            self.next_due_at = self.due_at or self.next_due_at
        self.step_no, self.step_count = news.step_no, news.step_count
        self.step_name, self.step_name_en = news.step_name, news.step_name_en
        self.unit = news.unit or self.unit
        self.officer_id = news.officer_id

    def recall(
        self, action: Action, to_state: State, by: Actor, at: datetime, details: dict[str, Any]
    ) -> None:
        """Append a step that was overtaken on its way here; the state stays as it is."""
        self.steps.add(Step.by(by, at, action=action, from_state=None, to_state=to_state, details=details))

    def after(self, action: Action) -> State:
        """Return the state an action leads to from here. Raises: ActionNotAllowedError."""
        return next_state(State(self.state), action, accepted=self.accepted_at is not None)

    def take(
        self,
        action: Action,
        by: Actor,
        at: datetime,
        *,
        reason: str = "",
        paper: str = "",
        details: dict[str, Any] | None = None,
    ) -> "Step":
        """Do `action`: move to the state the life cycle names and append who, when, why and on which paper.

        Raises:
            ActionNotAllowedError: the life cycle has no such transition.
        """
        before, self.state = self.state, self.after(action)
        self.updated_at = at
        flag_modified(self, "updated_at")  # every step is a new version, even two at the same instant
        moved = {"action": action, "from_state": before, "to_state": self.state}
        step = Step.by(by, at, **moved, reason=reason, paper=paper, details=details or {})
        self.steps.add(step)
        return step
