"""The facts intake announces about a dossier."""

from datetime import date, datetime
from typing import ClassVar

from common.events import Event
from procedures import Appointment


class DossierEvent(Event):
    """What every fact about a dossier says; `agency` is the receiving point."""

    code: str
    owner_id: str
    submitter_id: str
    procedure_code: str
    procedure_version: int
    field: str
    channel: str
    place_of_help: str | None
    receiving_point: str
    competent_agency: str
    state: str


class DossierSubmitted(DossierEvent):
    """A citizen submitted; the check clock runs."""

    type: ClassVar[str] = "intake.dossier_submitted.v1"

    submitted_at: datetime
    check_due_at: datetime
    verified_identity: bool
    digitised: bool
    reused: bool
    from_vault: bool
    paid_online: bool


class DossierSupplementRequested(DossierEvent):
    """The desk asked for something missing or wrong."""

    type: ClassVar[str] = "intake.dossier_supplement_requested.v1"

    number: int
    requested_at: datetime
    answer_by_on: date
    handling: bool = False
    """Whether the dossier was accepted: then the unit's clock waits, and `agency` is the competent one."""


class DossierSupplementReminded(DossierEvent):
    """The last day for answering a supplement request passed; the applicant is reminded once."""

    type: ClassVar[str] = "intake.dossier_supplement_reminded.v1"

    number: int
    reminded_at: datetime
    answer_by_on: date


class DossierResubmitted(DossierEvent):
    """The citizen answered a supplement request; a new check clock runs."""

    type: ClassVar[str] = "intake.dossier_resubmitted.v1"

    resubmitted_at: datetime
    check_due_at: datetime


class DossierSupplemented(DossierEvent):
    """The citizen answered a supplement request while the dossier is handled; `due_at` is the handling's new due time.

    `agency` is the competent agency, whose unit goes on where it stood.
    """

    type: ClassVar[str] = "intake.dossier_supplemented.v1"

    number: int
    supplied_at: datetime
    due_at: datetime


class DossierContactCorrected(DossierEvent):
    """The desk corrected the applicant's contact data; which ones, never what they are."""

    type: ClassVar[str] = "intake.dossier_contact_corrected.v1"

    corrected_at: datetime
    email_changed: bool
    phone_changed: bool


class DossierRedirected(DossierEvent):
    """The citizen was directed to the competent agency."""

    type: ClassVar[str] = "intake.dossier_redirected.v1"

    redirected_at: datetime
    redirected_to: str | None = None


class DossierRefused(DossierEvent):
    """The desk refused to take the dossier."""

    type: ClassVar[str] = "intake.dossier_refused.v1"

    refused_at: datetime


class DossierAccepted(DossierEvent):
    """The desk accepted; the handling clock runs from this moment.

    `agency` is the competent agency: it is to act, wherever the dossier was received.
    """

    type: ClassVar[str] = "intake.dossier_accepted.v1"

    submitted_at: datetime
    accepted_at: datetime
    due_at: datetime
    unit: str | None
    case: str | None = None
    result_channel: str
    appointment: Appointment


class DossierReturned(DossierEvent):
    """The result is with the citizen."""

    type: ClassVar[str] = "intake.dossier_returned.v1"

    returned_at: datetime
    way: str


class DossierJoined(DossierEvent):
    """The dossier is the applicant's in an account since: the number was proven."""

    type: ClassVar[str] = "intake.dossier_joined.v1"

    joined_at: datetime


class OwnerSettled(Event):
    """How many open dossiers still need the person of an account, for one who wants it erased."""

    type: ClassVar[str] = "intake.owner_settled.v1"

    account_id: str
    open_count: int
