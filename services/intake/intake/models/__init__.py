"""The rows intake keeps."""

from intake.models.announcements import RETOLD, accepted, retold
from intake.models.base import Base
from intake.models.copies import Agency, ProcedureClosure, ProcedureVersion
from intake.models.desk import AccessRefusal, ChecklistItem, Document, SupplementRequest
from intake.models.dossier import DailySerial, Dossier, Step
from intake.models.draft import Attachment, Draft, MalwareReport

__all__ = [
    "RETOLD",
    "AccessRefusal",
    "Agency",
    "Attachment",
    "Base",
    "ChecklistItem",
    "DailySerial",
    "Document",
    "Dossier",
    "Draft",
    "MalwareReport",
    "ProcedureClosure",
    "ProcedureVersion",
    "Step",
    "SupplementRequest",
    "accepted",
    "retold",
]
