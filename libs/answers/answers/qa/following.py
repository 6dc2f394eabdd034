"""Qa: its answers about following."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.qa.parts import (
    AnswerTextOut,
    AttachmentOut,
    ClockOut,
    InterimOut,
    RefusalOut,
)


class StepOut(Answer):
    """A step the asker sees: when, what, with whom."""

    agency_name: str
    at: datetime
    label: str


class FollowedOut(Answer):
    """A question as its asker sees it; `moved_to` is the feedback it went on as, opened by the same key …"""

    actions: tuple[str, ...]
    agency_name: str
    answer: AnswerTextOut | None
    asked_at: datetime
    clock: ClockOut | None
    files: tuple[AttachmentOut, ...]
    follows: str | None
    history: tuple[StepOut, ...]
    interim: tuple[InterimOut, ...]
    moved_to: str | None
    number: str
    published: bool
    refusal: RefusalOut | None
    state: str
    state_label: str
    supplements: tuple[str, ...]
    text: str
    title: str
    told_by: str
    topic_label: str


class OwnRowOut(Answer):
    """A question in the list of an account."""

    answered_at: datetime | None
    asked_at: datetime
    due_at: datetime | None
    number: str
    state: str
    state_label: str
    title: str


class OwnPageOut(Answer):
    """A page of an account's questions, newest first."""

    items: tuple[OwnRowOut, ...]
    next: str | None = None
    total: int
