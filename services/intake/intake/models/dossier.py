"""The dossier and its history; nothing but `Dossier.take` changes its state."""

import uuid
from datetime import datetime
from typing import Any

import orjson
from common.database import Versioned
from common.sealed import Sealed, SealedRow
from eforms import Form
from regulation.clock import Ledger
from regulation.states import State
from sqlalchemy import Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from intake.domain.actors import Actor
from intake.domain.life_cycle import Action, next_state
from intake.domain.news import UnitNews
from intake.models.base import Base
from intake.models.facts import TOLD, dossier_seal, facts_of
from intake.models.marks import keys_of, written
from intake.models.step import Step

PERIOD = 30 * 86_400
"""Seconds of a period: a search reads only its own part of the index, however many dossiers there are."""

_CLEAR = text(
    "applicant <> '{}' or email is not null or phone is not null or answers <> '{}' or result_address is not null"
    " or submitter <> '{}'"
)
LATE_FORM = "ix_dossier_late_form"
LATE_WAITS = text("late_entry and late_confirmed_by is null")
EVERYWHERE = text("next_due_at < 'infinity'::timestamptz")


class Dossier(SealedRow, Versioned, Base):
    """Hồ sơ: one application, from its code to its returned result."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index("ix_dossier_desk", "receiving_point", "state", "next_due_at", "code"),
        # only a query that says the same may use this one; the others must not be tempted away from their index
        Index("ix_dossier_province", "state", "next_due_at", "code", postgresql_where=EVERYWHERE),
        Index("ix_dossier_draft", "draft_id", unique=True, postgresql_where=text("draft_id is not null")),
        Index("ix_dossier_owner", "owner_id", "submitted_at"),
        Index(
            "ix_dossier_submitter",
            "submitter_id",
            "submitted_at",
            postgresql_where=text("submitter_id <> owner_id"),
        ),
        Index(
            "ix_dossier_late",
            "receiving_point",
            "check_due_at",
            "checked_by",
            postgresql_where=text("check_overdue"),
        ),
        Index("ix_dossier_event", "event_key", postgresql_where=text("event_key is not null")),
        Index("ix_dossier_officer", "officer_id", postgresql_where=text("officer_id is not null")),
        Index("ix_dossier_code", "code", postgresql_ops={"code": "text_pattern_ops"}),
        Index("ix_dossier_clear", "code", postgresql_where=_CLEAR),
        Index(
            LATE_FORM,
            "receiving_point",
            "late_form",
            unique=True,
            postgresql_where=text("late_form is not null"),
        ),
        Index("ix_dossier_late_entry", "receiving_point", "submitted_at", postgresql_where=LATE_WAITS),
    )

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
    late_entry: Mapped[bool] = mapped_column(default=False)
    late_form: Mapped[str | None]
    late_confirmed_by: Mapped[str | None]
    place_of_help: Mapped[str | None]
    receiving_point: Mapped[str]
    competent_agency: Mapped[str]
    received_at: Mapped[datetime]
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

    # the check at the desk
    submitted_at: Mapped[datetime]
    check_started_at: Mapped[datetime]
    check_due_at: Mapped[datetime]
    check_ledger: Mapped[dict[str, Any]]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[str | None]
    check_overdue: Mapped[bool] = mapped_column(default=False)
    next_due_at: Mapped[datetime]
    supplement_count: Mapped[int] = mapped_column(default=0)
    supplement_approval: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    # the promise
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    extended_until: Mapped[datetime | None]
    ledger: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    due_sentence: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    forward_ledger: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    forward_due_at: Mapped[datetime | None]
    forwarded_at: Mapped[datetime | None]
    appointment: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

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
    def late_waits(self) -> bool:
        """Whether it was written down late and waits for a second person. Source: QT Đ.12.1; R-OPS-09"""
        return self.late_entry and self.late_confirmed_by is None

    def handled_from(self, now: datetime) -> datetime:
        """Return when handling time starts on acceptance: at once, or at the real receipt of a late entry.

        Source: TN Đ.11.4.b; QT Đ.12.1; R-INT-12, R-INT-20
        """
        return self.received_at if self.late_entry else now

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

    def decide(self, by: Actor, at: datetime) -> None:
        """Note who ended the check and when; a late check stays late.

        Source: TN Đ.11.3.a; R-INT-02
        """
        self.checked_at, self.checked_by = at, by.id
        self.check_overdue = self.check_overdue or at > self.check_due_at

    def start_check(self, at: datetime, check: Ledger) -> None:
        """Start a new check clock."""
        self.check_started_at, self.check_ledger = at, check.facts()
        self.check_due_at = self.next_due_at = check.due_at

    def promise(self, at: datetime, promised: Ledger, forwarding: Ledger | None) -> None:
        """Start the handling clock: the promised date explained, and until when the unit has the dossier.

        Forwarding without a time limit of its own is part of the check.
        """
        self.accepted_at, self.due_at = at, promised.due_at
        self.ledger = promised.to_dict()
        self.due_sentence = {lang: promised.explain(lang).sentence for lang in ("vi", "en")}
        self.forward_ledger = forwarding.facts() if forwarding else self.check_ledger
        self.forward_due_at = forwarding.due_at if forwarding else self.check_due_at
        self.next_due_at = min(self.forward_due_at, promised.due_at)

    def resume(self, promised: Ledger) -> None:
        """Let the handling clock run again after a supplement; a new date promised before never lies before it.

        Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10
        """
        self.due_at = self.next_due_at = promised.due_at
        self.ledger = promised.to_dict()
        self.due_sentence = {lang: promised.explain(lang).sentence for lang in ("vi", "en")}
        if self.extended_until:
            self.extended_until = max(self.extended_until, promised.due_at)

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


TOKENS = func.search_tokens(
    Dossier.receiving_point,
    Dossier.submitted_at,
    Dossier.search_key,
    Dossier.code,
    Dossier.state,
    type_=ARRAY(Text),
)
"""The words of a dossier and its state, each once under its desk and period and once under its period alone."""

Index("ix_dossier_search", TOKENS, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
