"""Intake: its answers about drafts."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer
from answers.intake.parts import UploadLimitsOut
from answers.intake.shared import AttachmentOut


class CardOut(Answer):
    """Who the scanned card names."""

    id_ending: str
    name: str


class DeclarationOut(Answer):
    """The declaration to confirm."""

    en: str
    version: str
    vi: str


class DraftComponentOut(Answer):
    """One paper of the procedure and whether a file is still needed; `accepts` is what a file picker …"""

    accepts: tuple[str, ...]
    copies: int
    filled_by_form: bool
    form_id: str | None
    id: str
    kinds: tuple[str, ...]
    name: str
    needed: bool
    originals: int
    required: bool


class DraftRow(Answer):
    """A draft in the list of drafts; the name of the applicant is empty until it is answered."""

    agency: str
    agency_name: str
    applicant_name: str
    id: str
    procedure_code: str
    procedure_name: str
    updated_at: datetime
    version: int


class DraftListOut(Answer):
    """All open drafts of the caller."""

    items: tuple[DraftRow, ...]
    total: int


class ProblemOut(Answer):
    """One thing to mend: field, rule, sentence."""

    field: str
    message: str
    rule: str


class SubmitterFormOut(Answer):
    """The questions about who hands in for whom, and what was answered; empty for who applies himself."""

    answers: Mapping[str, Any]
    eform: Mapping[str, Any]


class WarningOut(Answer):
    """Something to know before submitting."""

    code: str
    message: str


class DraftOut(Answer):
    """A draft with everything its pages need."""

    agency: str
    agency_name: str
    answers: Mapping[str, Any]
    attachments: tuple[AttachmentOut, ...]
    case: str | None
    components: tuple[DraftComponentOut, ...]
    declaration: DeclarationOut
    eform: Mapping[str, Any] | None
    fee: str
    fingerprint: str = ""
    id: str
    problems: tuple[ProblemOut, ...]
    procedure_code: str
    procedure_name: str
    procedure_version: int
    result_address: str | None
    result_channel: str | None
    result_channels: tuple[str, ...]
    submitter: SubmitterFormOut
    unsigned: str = ""
    updated_at: datetime
    upload_limits: UploadLimitsOut
    version: int
    warnings: tuple[WarningOut, ...]


class EarlierOut(Answer):
    """A person whom an earlier dossier tells of, and how many questions of a page it answers."""

    code: str
    count: int
    name: str
    page: str
    procedure_name: str
    submitted_at: datetime


class EarlierListOut(Answer):
    """Everything earlier dossiers of the caller could fill in."""

    items: tuple[EarlierOut, ...]
    total: int


class PersonOut(Answer):
    """Somebody found: the newest dossier of theirs within reach; of numbers the last digits alone."""

    code: str
    count: int
    id_ending: str
    name: str
    phone_ending: str
    state_label: str
    submitted_at: datetime


class PeopleOut(Answer):
    """The people found, the newest first, and who a scanned card names, known or not."""

    card: CardOut | None
    items: tuple[PersonOut, ...]
    total: int
