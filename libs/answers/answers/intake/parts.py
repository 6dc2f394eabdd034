"""Intake: the parts that several of its answers have."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from answers.answer import Answer


class AgenciesOut(Answer):
    """The organisations of a dossier and when each received it."""

    competent_agency: str
    competent_agency_name: str
    competent_received_at: datetime | None
    place_of_help: str | None
    received_at: datetime
    receiving_point: str
    receiving_point_name: str


class AlikeOut(Answer):
    """Another dossier about the same event; `same` names what agrees, for the desk to look and decide."""

    code: str
    same: tuple[str, ...]
    state: str
    state_label: str
    submitted_at: datetime


class ChargeOut(Answer):
    """The sum that is due, null where one of its lines is no number."""

    amount: int | None
    currency: str


class TextOut(Answer):
    """One text in both languages."""

    en: str
    vi: str


class RowOut(Answer):
    """One line of an appointment as people read it."""

    label: TextOut
    text: TextOut


class AppointmentOut(Answer):
    """What was promised beside the date: the lines to print, what to bring and what to pay."""

    fee: ChargeOut
    papers: tuple[TextOut, ...]
    rows: tuple[RowOut, ...]


class AskedOut(Answer):
    """A component that is asked for again, and why."""

    component: str
    note: str


class FileOut(Answer):
    """A file of a component; a replaced one stays visible; `on_screen` says that a browser can show it."""

    id: str
    media_type: str
    name: str
    on_screen: bool
    replaced: bool
    round: int
    scan: str
    size: int
    source: str
    uploaded_at: datetime


class ComponentOut(Answer):
    """A component with what the desk found and its files; `accepts` is what a file picker offers for it."""

    accepts: tuple[str, ...]
    files: tuple[FileOut, ...]
    filled_by_form: bool
    id: str
    kinds: tuple[str, ...]
    name: str
    note: str
    required: bool
    verdict: str | None


class DocumentOut(Answer):
    """A paper of the dossier; `state` is pending, ready or blocked, `successor` the code of what revoked …"""

    created_at: datetime
    id: str
    kind: str
    name: str
    problem: str | None
    revocation_sentence: str
    revoked_at: datetime | None
    signed: bool
    state: str
    successor: str | None
    verification_code: str | None


class DueRow(Answer):
    """One line of the explained due date; local times."""

    counted: bool
    end: str
    start: str
    text: str


class DueOut(Answer):
    """The explained due date."""

    due_at: datetime
    rows: tuple[DueRow, ...]
    sentence: str


class EntryOut(Answer):
    """How a dossier came in that an officer wrote down, in words; `late` marks what was written down …"""

    confirmation: str
    late: bool
    late_form: str
    late_waits: bool
    way: str


class FlagsOut(Answer):
    """What the national index asks, lateness, a leader's part in a further supplement, and who has the …"""

    check_overdue: bool
    checking: bool
    digitised: bool
    from_vault: bool
    overdue: bool
    paid_online: bool
    paused: bool
    reused: bool
    running: bool
    supplement_approved: bool
    supplement_needs_leader: bool
    verified_identity: bool


class PassingOnOut(Answer):
    """The agency that the notice named, and the draft there, or the dossier it became, if it was passed …"""

    agency: str
    agency_name: str
    dossier: str | None
    draft_id: str | None


class PickupChoiceOut(Answer):
    """Something that may be found of an item, in words."""

    id: str
    name: str


class PickupItemOut(Answer):
    """One thing to sign or compare when the result is fetched, what was found, by whom and when."""

    choices: tuple[PickupChoiceOut, ...]
    component: str
    finding: str | None
    found_at: datetime | None
    found_by: str | None
    is_form: bool
    is_open: bool
    name: str
    note: str


class ProcedureOut(Answer):
    """The procedure as pinned."""

    code: str
    eform: Mapping[str, Any] | None
    field: str
    name: str
    version: int


class FreeItemOut(Answer):
    """Something asked for beyond the components, with its legal basis."""

    legal_basis: str
    text: str


class RequestOut(Answer):
    """A supplement request; `overdue` once its last day is over."""

    answer_by_on: date
    answer_note: str | None
    answered_at: datetime | None
    free_items: tuple[FreeItemOut, ...]
    guidance: str
    items: tuple[AskedOut, ...]
    leader_ground: str | None
    number: int
    reason: str
    requested_at: datetime


class StepsOut(Answer):
    """The step the specialist unit is at."""

    count: int
    name: str
    no: int


class SubmitterOut(Answer):
    """Who handed in for the applicant: in which standing, in words, and whether the result may go to them."""

    collects: bool
    email: str
    id_number: str
    name: str
    organisation: str
    phone: str
    standing: str


class TimelineRow(Answer):
    """One step of the history."""

    action: str
    at: datetime
    by: str | None
    label: str
    paper: str
    reason: str
    step_name: str | None


class UploadLimitsOut(Answer):
    """How large files may be: one (MB), all of a dossier (MB), a picture (million pixels); which kinds …"""

    accepts: tuple[str, ...] = ()
    dossier_mb: int
    file_mb: int
    kinds: tuple[str, ...] = ()
    megapixels: int
