"""What the specialist unit tells about a dossier it settles."""

from dataclasses import dataclass
from datetime import datetime

from intake.domain.actors import Actor


@dataclass(frozen=True)
class UnitNews:
    """The unit's newest word: state, step and hands; `version` orders the news of one dossier."""

    code: str
    state: str
    version: int
    at: datetime
    step_no: int | None = None
    step_count: int | None = None
    step_name: str | None = None
    step_name_en: str | None = None
    unit: str | None = None
    officer_id: str | None = None
    agency: str | None = None

    def actor(self) -> Actor:
        """Return the unit as the one who acts; the person stays unnamed in the history."""
        return Actor("processing", "system", self.agency, self.unit)

    def details(self) -> dict[str, object]:
        """Return the step as the timeline keeps it."""
        return {"step_no": self.step_no, "step_name": self.step_name, "step_name_en": self.step_name_en}


@dataclass(frozen=True)
class NewDate:
    """The new date an applicant is promised, why, and when that was signed; instants in UTC."""

    code: str
    until: datetime
    reason: str
    at: datetime
    agency: str | None


@dataclass(frozen=True)
class SignedPaper:
    """A signed paper in the shared file store; a letter has no code by which others verify it."""

    sha256: str
    size: int
    name: str
    media_type: str
    signer: str | None
    verification_code: str | None = None


@dataclass(frozen=True)
class FinishedPaper(SignedPaper):
    """What a dossier ends with, or what takes that back: verified by its code."""

    verification_code: str
