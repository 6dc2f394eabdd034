"""Processing: its answers about absences."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date

from answers.answer import Answer
from answers.processing.parts import OfficerOut


class AbsenceOut(Answer):
    """Local days, both counted, on which an officer is away; `endable` says whether the caller may end it."""

    endable: bool
    from_on: date
    id: str
    officer: OfficerOut | None
    substitute: OfficerOut | None
    to_on: date


class ColleagueOut(Answer):
    """An officer of the caller's agency, and until when he is away, if he is."""

    absent_until: date | None
    id: str
    name: str
    open_count: int | None = None
    roles: tuple[str, ...] = ()
    unit: str | None = None


class TransferredOut(Answer):
    """What went over, and what stayed because the new officer cannot do its step."""

    left: tuple[str, ...]
    moved: tuple[str, ...]
