"""Processing: its answers about consultations."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.processing.parts import OfficerOut


class AskedOut(Answer):
    """What is asked of the caller's unit or agency, about which dossier of whom; nothing else of the …"""

    agency: str
    agency_name: str
    answer: str | None
    answerable: bool
    answered_at: datetime | None
    answered_by: OfficerOut | None
    asked_at: datetime
    asked_by: OfficerOut | None
    asking_agency: str
    asking_agency_name: str
    dossier_code: str
    due_at: datetime
    id: str
    number: int
    procedure_name: str
    question: str
    standing: str
    unit: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


class ConsultedPlaceOut(Answer):
    """Where an opinion can be asked for, and whether anybody there could answer."""

    agency: str
    name: str
    staffed: bool
    unit: str | None
