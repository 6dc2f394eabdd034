"""Qa: the parts that several of its answers have."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

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
