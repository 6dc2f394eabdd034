"""What travels while an agency's own instance has a question: the question as it stands, without who asked it."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from common.events import Event
from pydantic import BaseModel

Json = dict[str, Any]


class HandedClock(BaseModel, frozen=True):
    """A due date with its ledger."""

    id: uuid.UUID
    kind: str
    owes: str
    ledger: Json
    started_at: datetime
    held_from: datetime
    due_at: datetime
    soon_at: datetime
    ended_at: datetime | None
    outcome: str | None


class HandedLine(BaseModel, frozen=True):
    """One line of the history."""

    no: int
    deed: str
    at: datetime
    by: str
    agency: str
    reason: str
    more: Json


class Asked(BaseModel, frozen=True):
    """What was asked, and when; no agency changes it."""

    asker_kind: str
    consent_name: bool
    asked_agency: str | None
    procedure: str | None
    title: str
    text: str
    doubts: list[str]
    follows: str | None
    asked_at: datetime


class Standing(BaseModel, frozen=True):
    """What whoever answers may change, and where it stands now."""

    state: str
    topic: str
    agency: str | None
    kind: str | None
    forwarded_at: datetime | None
    returned_count: int
    return_asked: Json | None
    clock: str | None
    clock_from: datetime | None
    due_at: datetime | None
    soon_at: datetime | None
    draft: Json | None
    interim: list[Json]
    answer: Json | None
    answered_at: datetime | None
    closed_at: datetime | None
    line_count: int


class Handling(BaseModel, frozen=True):
    """Where a question stands, with every due date and every line of its history."""

    standing: Standing
    clocks: list[HandedClock]
    lines: list[HandedLine]


class CarriedFact(BaseModel, frozen=True):
    """A fact of the deed, which the province announces."""

    type: str
    data: Json


class QuestionHandedOver(Event):
    """A question goes to the instance `to`; how many lines it has is its version."""

    type: ClassVar[str] = "qa.question_handed_over.v1"

    to: str
    asked: Asked
    handling: Handling


class QuestionHandled(Event):
    """The instance `by` did something about a question that had `after` lines before; told to the province alone.

    `agency` is who had it until then.
    """

    type: ClassVar[str] = "qa.question_handled.v1"

    by: str
    after: int
    handling: Handling
    facts: list[CarriedFact]
