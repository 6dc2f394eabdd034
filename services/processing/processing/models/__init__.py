"""What processing keeps: the dossiers it handles, each step taken, and copies of what neighbours announced."""

from processing.models.absence import Absence
from processing.models.assignment import Assignment
from processing.models.base import Base
from processing.models.bulk import Bulk, BulkItem
from processing.models.consultation import Consultation
from processing.models.copies import Agency, DecisionSeries, Officer, ProcedureVersion
from processing.models.dossier import Dossier, Moved
from processing.models.extension import Extension
from processing.models.instances import Elsewhere, KeptTurn
from processing.models.revocation import ResultInForce, Revocation, proposed_revocation, result_in_force
from processing.models.step_record import StepRecord
from processing.models.supplement import Supplement
from processing.models.topics import topics

__all__ = [
    "Absence",
    "Agency",
    "Assignment",
    "Base",
    "Bulk",
    "BulkItem",
    "Consultation",
    "DecisionSeries",
    "Dossier",
    "Elsewhere",
    "Extension",
    "KeptTurn",
    "Moved",
    "Officer",
    "ProcedureVersion",
    "ResultInForce",
    "Revocation",
    "StepRecord",
    "Supplement",
    "proposed_revocation",
    "result_in_force",
    "topics",
]
