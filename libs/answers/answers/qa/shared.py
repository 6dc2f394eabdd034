"""Qa: what several of its answers share."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime
from typing import Any

from answers.answer import Answer


class CitationOut(Answer):
    """A legal text an answer rests on."""

    effective_on: date | None
    issued_on: date | None
    issuer: str
    number: str
    title: str


class AnswerTextOut(Answer):
    """An answer with who gave it, what it rests on and the standing notice."""

    agency_name: str
    answered_at: datetime
    citations: tuple[CitationOut, ...]
    email: str
    full_name: str
    no_citation_reason: str
    phone: str
    position: str
    standing_notice: str
    text: str


class AskedOut(Answer):
    """What the asker gets back: the number to name, the key to follow it by, and when it is sorted."""

    account: bool
    asked_at: Any
    due_at: Any
    key: str
    number: str
    warnings: tuple[str, ...]


class CellOut(Answer):
    """One answer in words under its question."""

    label: str
    name: str
    told: str


class AskerOut(Answer):
    """Who asks, as far as the handling needs it."""

    account: bool
    cells: tuple[CellOut, ...]
    consent_name: bool
    kind: str
    kind_label: str


class AttachmentOut(Answer):
    """A file that came along; `scan` is clean, not_scanned, pending or infected."""

    id: str
    media_type: str
    name: str
    on_screen: bool
    scan: str
    size: int
    source: str
    uploaded_at: datetime


class ChoiceOut(Answer):
    """One thing to choose."""

    label: str
    value: str


class ClockRowOut(Answer):
    """A line of a ledger: from, to, whether it counts and what it is."""

    counted: bool
    end: str
    start: str
    text: str


class ClockOut(Answer):
    """A due date that explains itself."""

    due_at: datetime
    ended_at: datetime | None
    held_from: datetime
    kind: str
    label: str
    left_minutes: int | None
    outcome: str | None
    outcome_label: str
    overdue: bool
    owes: str
    rows: tuple[ClockRowOut, ...]
    sentence: str
    started_at: datetime
    urgency: str | None


class DeedOut(Answer):
    """A line of the history."""

    agency_name: str
    at: datetime
    by_name: str
    deed: str
    label: str
    reason: str


class MendedOut(Answer):
    """Who changed a draft that somebody else submitted."""

    at: datetime
    by_name: str


class SentBackOut(Answer):
    """What the leader wants changed in a draft."""

    at: datetime
    by_name: str
    reason: str


class DraftOut(Answer):
    """An answer that is not released yet."""

    at: datetime
    by_name: str
    citations: tuple[CitationOut, ...]
    mended: MendedOut | None
    no_citation_reason: str
    sent_back: SentBackOut | None
    text: str


class DraftTextOut(Answer):
    """What a draft said, by whom and when."""

    at: datetime
    by_name: str
    citations: tuple[CitationOut, ...]
    no_citation_reason: str
    text: str


class FoundOut(Answer):
    """A piece of text that may tell of a person."""

    field: str
    kind: str
    text: str


class RefusalOut(Answer):
    """Why a question was refused and where to turn to."""

    at: datetime
    channel: str
    ground: str
    ground_label: str
    reason: str


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


class InterimOut(Answer):
    """What the asker was told meanwhile."""

    at: datetime
    text: str


class LeaderOut(Answer):
    """How the caller signed last."""

    email: str
    full_name: str
    phone: str
    position: str


class PublicationOut(Answer):
    """What everybody may read, or is to."""

    answer: str
    at: datetime
    by_name: str
    citations: tuple[CitationOut, ...]
    doubtful: tuple[FoundOut, ...]
    email: str
    full_name: str
    name: str
    no_citation_reason: str
    phone: str
    position: str
    question: str
    reason: str
    state: str
    title: str
    with_name: bool


class ReturnAskedOut(Answer):
    """A return that waits for the coordinator's consent."""

    at: datetime
    better_agency: str | None = None
    reason: str


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
