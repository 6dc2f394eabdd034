"""What processing answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.processing.absences import AbsenceOut, ColleagueOut, TransferredOut
from answers.processing.access_log import AccessLineOut, AccessLinePageOut
from answers.processing.actions import ReceiptOut
from answers.processing.bulks import BulkItemOut, BulkOut, BulkRowOut, ChosenOut, ChosenPageOut
from answers.processing.consultations import AskedOut, ConsultedPlaceOut
from answers.processing.dossiers import (
    ChoiceOut,
    DossierRowOut,
    WorkChoicesOut,
    WorkCountsOut,
    WorkPageOut,
)
from answers.processing.officers import OpenDossierOut
from answers.processing.parts import (
    AssignmentOut,
    ConsultationOut,
    DocumentOut,
    ExtensionOut,
    FreeItemOut,
    LineOut,
    MissingOut,
    OfficerOut,
    PlannedStepOut,
    ProcessOut,
    ProposalOut,
    RevocationOut,
    StepOut,
    StepRecordOut,
    SupplementOut,
)
from answers.processing.shared import DossierOut
from answers.processing.words import (
    BulkDeed,
    Channel,
    Deed,
    ItemState,
    Outcome,
    Scope,
    Sort,
    Standing,
    State,
    Urgency,
    WorkFilter,
)

__all__ = [
    "AbsenceOut",
    "AccessLineOut",
    "AccessLinePageOut",
    "AskedOut",
    "AssignmentOut",
    "BulkDeed",
    "BulkItemOut",
    "BulkOut",
    "BulkRowOut",
    "Channel",
    "ChoiceOut",
    "ChosenOut",
    "ChosenPageOut",
    "ColleagueOut",
    "ConsultationOut",
    "ConsultedPlaceOut",
    "Deed",
    "DocumentOut",
    "DossierOut",
    "DossierRowOut",
    "ExtensionOut",
    "FreeItemOut",
    "ItemState",
    "LineOut",
    "MissingOut",
    "OfficerOut",
    "OpenDossierOut",
    "Outcome",
    "PlannedStepOut",
    "ProcessOut",
    "ProposalOut",
    "ReceiptOut",
    "RevocationOut",
    "Scope",
    "Sort",
    "Standing",
    "State",
    "StepOut",
    "StepRecordOut",
    "SupplementOut",
    "TransferredOut",
    "Urgency",
    "WorkChoicesOut",
    "WorkCountsOut",
    "WorkFilter",
    "WorkPageOut",
]
