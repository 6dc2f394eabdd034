"""How a request for an opinion looks to who asked and to who was asked."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.domain.consultation import Standing
from processing.models import Consultation


class ConsultationOut(BaseModel):
    """An opinion asked of a unit, or of a whole agency where `unit` is empty, with its own due time."""

    id: uuid.UUID
    number: int
    agency: str
    agency_name: str
    unit: str | None
    question: str
    asked_by: OfficerOut | None
    asked_at: datetime
    due_at: datetime
    standing: Standing
    answer: str | None
    answered_by: OfficerOut | None
    answered_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


def consultation_out(
    asked: Consultation,
    closed_at: datetime | None,
    names: Mapping[str, str],
    agencies: Mapping[str, str],
    now: datetime,
) -> ConsultationOut:
    """Describe one request about a dossier; `names` are those of officers, `agencies` those of agencies."""
    return ConsultationOut(
        id=asked.id,
        number=asked.number,
        agency=asked.agency,
        agency_name=agencies.get(asked.agency, asked.agency),
        unit=asked.unit,
        question=asked.question,
        asked_by=person(asked.asked_by, names),
        asked_at=asked.asked_at,
        due_at=asked.due_at,
        standing=asked.standing(now, closed_at),
        answer=asked.answer,
        answered_by=person(asked.answered_by, names),
        answered_at=asked.answered_at,
        withdrawn_at=asked.withdrawn_at,
        withdrawn_reason=asked.withdrawn_reason,
    )
