"""Who is away and who stands in, for those who tell officers of their dossiers."""

from datetime import date, datetime
from typing import ClassVar

from common.events import Event
from pydantic import BaseModel


class AbsenceHeld(BaseModel, frozen=True):
    """An absence as it was written down, for the instance that settles the agency's dossiers from now on."""

    id: str
    agency: str
    officer_id: str
    from_on: date
    to_on: date
    substitute_id: str | None
    recorded_by: str
    recorded_at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None


class AbsenceChanged(Event):
    """An officer's absence was recorded, or ended early; local days, both counted."""

    type: ClassVar[str] = "processing.absence_changed.v1"

    absence_id: str
    officer_id: str
    substitute_id: str | None
    from_on: date
    to_on: date
    ended: bool
