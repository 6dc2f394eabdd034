"""What processing answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.processing.access_log import AccessLineOut, AccessLinePageOut
from answers.processing.actions import ReceiptOut
from answers.processing.consultations import AskedOut, ConsultedPlaceOut
from answers.processing.dossiers import DossierRowOut, WorkCountsOut, WorkPageOut
from answers.processing.shared import (
    ConsultationOut,
    DocumentOut,
    DossierOut,
    ExtensionOut,
    LineOut,
    OfficerOut,
    PlannedStepOut,
    ProcessOut,
    ProposalOut,
    RevocationOut,
    StepOut,
    StepRecordOut,
)
from answers.processing.words import Deed, Outcome, Scope, Standing, Urgency, WorkFilter

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "AskedOut",
    "ConsultationOut",
    "ConsultedPlaceOut",
    "Deed",
    "DocumentOut",
    "DossierOut",
    "DossierRowOut",
    "ExtensionOut",
    "LineOut",
    "OfficerOut",
    "Outcome",
    "PlannedStepOut",
    "ProcessOut",
    "ProposalOut",
    "ReceiptOut",
    "RevocationOut",
    "Scope",
    "Standing",
    "StepOut",
    "StepRecordOut",
    "Urgency",
    "WorkCountsOut",
    "WorkFilter",
    "WorkPageOut",
]
