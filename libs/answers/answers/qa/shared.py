"""Qa: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime
from typing import Any

from answers.answer import Answer
from answers.qa.parts import (
    AnswerTextOut,
    AskerOut,
    AttachmentOut,
    ClockOut,
    DeedOut,
    DraftOut,
    DraftTextOut,
    InterimOut,
    LeaderOut,
    PublicationOut,
    RefusalOut,
    ReturnAskedOut,
)


class AskedOut(Answer):
    """What the asker gets back: the number to name, the key to follow it by, and when it is sorted."""

    account: bool
    asked_at: Any
    due_at: Any
    key: str
    number: str
    warnings: tuple[str, ...]


class ChoiceOut(Answer):
    """One thing to choose."""

    label: str
    value: str


class ReplyOut(Answer):
    """What the sender was told."""

    at: datetime
    text: str


class FileTermsOut(Answer):
    """How many files may come along, how large (MB, million pixels), of which kinds."""

    accepts: tuple[str, ...]
    all_mb: int
    file_mb: int
    kinds: tuple[str, ...]
    megapixels: int
    most: int


class GroundOut(Answer):
    """A ground of refusal, with where its asker usually has to turn to."""

    channel: str
    label: str
    value: str


class QuestionOut(Answer):
    """A question with its clocks, its history and what the caller may do."""

    actions: tuple[str, ...]
    agency: str | None
    agency_name: str
    answer: AnswerTextOut | None
    asked_agency: str | None
    asked_agency_name: str
    asked_at: datetime
    asker: AskerOut | None
    better_agency: str | None
    better_agency_name: str
    clocks: tuple[ClockOut, ...]
    doubts: tuple[str, ...]
    draft: DraftOut | None
    files: tuple[AttachmentOut, ...]
    follows: str | None
    held_by: str
    history: tuple[DeedOut, ...]
    interim: tuple[InterimOut, ...]
    kind: str | None
    kind_label: str
    leader: LeaderOut | None
    mended_drafts: tuple[DraftTextOut, ...]
    number: str
    procedure: str | None
    procedure_name: str
    publication: PublicationOut | None
    refusal: RefusalOut | None
    return_asked: ReturnAskedOut | None
    state: str
    state_label: str
    supplements: tuple[str, ...]
    text: str
    title: str
    topic: str
    topic_label: str
    version: int
