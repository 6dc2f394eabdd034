"""What happens to an opinion that was asked of another unit or agency; the dossier is the aggregate."""

from datetime import datetime
from typing import ClassVar

from processing.events.dossiers import DossierEvent


class ConsultationEvent(DossierEvent):
    """Which opinion: the `number` counts those of the dossier; no unit means the whole agency. The words stay here."""

    number: int
    asked_agency: str
    asked_unit: str | None
    due_at: datetime


class DossierConsulted(ConsultationEvent):
    """An opinion is asked for; `tell` names the officers who can give it."""

    type: ClassVar[str] = "processing.dossier_consulted.v1"

    tell: list[str]


class ConsultationDueSoon(ConsultationEvent):
    """The reminder before the answer is due; announced once, to who can give it."""

    type: ClassVar[str] = "processing.consultation_due_soon.v1"

    tell: list[str]


class ConsultationLapsed(ConsultationEvent):
    """There was no answer in time; announced once."""

    type: ClassVar[str] = "processing.consultation_lapsed.v1"

    tell: list[str]


class ConsultationWithdrawn(ConsultationEvent):
    """The request was taken back; `tell` names who need not answer any more."""

    type: ClassVar[str] = "processing.consultation_withdrawn.v1"

    tell: list[str]


class ConsultationAnswered(ConsultationEvent):
    """The opinion is there, in time or late."""

    type: ClassVar[str] = "processing.consultation_answered.v1"

    answered_at: datetime
