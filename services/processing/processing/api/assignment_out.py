"""How absences and changes of hands look to officers over HTTP."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.models import Absence, Assignment


class AssignmentOut(BaseModel):
    """Who got the dossier, from whom, by which rule and why; `passed_over` were due sooner and still free."""

    number: int
    way: str
    from_officer: OfficerOut | None
    officer: OfficerOut | None
    assigned_by: OfficerOut | None
    assigned_at: datetime
    reason: str | None
    passed_over: int


class AbsenceOut(BaseModel):
    """Local days, both counted, on which an officer is away; `endable` says whether the caller may end it."""

    id: uuid.UUID
    officer: OfficerOut | None
    from_on: date
    to_on: date
    substitute: OfficerOut | None
    endable: bool


def assignment_out(made: Assignment, names: Mapping[str, str]) -> AssignmentOut:
    """Describe one change of hands."""
    return AssignmentOut(
        number=made.number,
        way=made.way,
        from_officer=person(made.from_officer, names),
        officer=person(made.officer_id, names),
        assigned_by=person(made.assigned_by, names),
        assigned_at=made.assigned_at,
        reason=made.reason,
        passed_over=made.passed_over,
    )


def absence_out(kept: Absence, names: Mapping[str, str], *, endable: bool) -> AbsenceOut:
    """Describe one absence."""
    return AbsenceOut(
        id=kept.id,
        officer=person(kept.officer_id, names),
        from_on=kept.from_on,
        to_on=kept.to_on,
        substitute=person(kept.substitute_id, names),
        endable=endable,
    )
