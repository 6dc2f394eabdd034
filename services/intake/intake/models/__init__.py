"""The rows intake keeps."""

from intake.models.announcements import RETOLD, accepted, retold
from intake.models.base import Base
from intake.models.birth import CODE, Birth, Birthplace, Filed, first_row
from intake.models.copies import Agency, Hold, Officer, Outage, ProcedureClosure, ProcedureVersion
from intake.models.desk import AccessRefusal, ChecklistItem, Document, SupplementRequest
from intake.models.dossier import Dossier
from intake.models.draft import Attachment, DiscardedFile, Draft, MalwareReport
from intake.models.look import Glance, Look
from intake.models.person import PersonAccount
from intake.models.pickup import PickupFinding
from intake.models.saved_view import SavedView
from intake.models.step import DailySerial, Step
from intake.models.tokens import TOKENS
from intake.models.topics import topics
from intake.models.vault import VaultPaper, VaultUse

__all__ = [
    "CODE",
    "RETOLD",
    "TOKENS",
    "AccessRefusal",
    "Agency",
    "Attachment",
    "Base",
    "Birth",
    "Birthplace",
    "ChecklistItem",
    "DailySerial",
    "DiscardedFile",
    "Document",
    "Dossier",
    "Draft",
    "Filed",
    "Glance",
    "Hold",
    "Look",
    "MalwareReport",
    "Officer",
    "Outage",
    "PersonAccount",
    "PickupFinding",
    "ProcedureClosure",
    "ProcedureVersion",
    "SavedView",
    "Step",
    "SupplementRequest",
    "VaultPaper",
    "VaultUse",
    "accepted",
    "first_row",
    "retold",
    "topics",
]
