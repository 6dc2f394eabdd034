"""Whether a procedure can be started or submitted at an agency today, and what to warn about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from common.errors import DomainError
from regulation.text import LANGUAGES, short_date

from intake.domain.errors import (
    AgencyUnknownError,
    AgencyWithoutDeskError,
    ProcedureClosedError,
    ProcedureNotOnlineError,
    ProcedureVersionSupersededError,
)


@dataclass(frozen=True)
class Availability:
    """What is known today of a procedure at an agency; versions and dates come from the catalogue."""

    procedure: str
    agency: str
    agency_name: str | None
    has_desk: bool
    offered: bool
    current: int | None
    coming: int | None
    coming_from: date | None
    closed_from: date | None


@dataclass(frozen=True)
class ComingVersion:
    """A published version that is not in force yet."""

    version: int
    effective_from: date

    def message(self, lang: str) -> str:
        """Return the sentence a draft shows."""
        day = short_date(self.effective_from, lang)
        if lang == "vi":
            return f"Từ {day} thủ tục có phiên bản mới; hồ sơ nộp trước ngày đó theo phiên bản hiện tại."
        return f"A new version is in force from {day}; dossiers submitted earlier follow the present one."


def obstacles(available: Availability, pinned: int, today: date) -> Iterator[DomainError]:
    """Yield every reason why nothing can be submitted now, gravest first; none when all is well.

    Source: TN Đ.11.2; R-SUB-01
    """
    names = {"procedure": available.procedure, "agency": available.agency_name or available.agency}
    closed = available.closed_from if available.closed_from and available.closed_from <= today else None
    if closed or available.current is None:
        since = {f"closed_from_{lang}": short_date(closed or today, lang) for lang in LANGUAGES}
        yield ProcedureClosedError(field="procedure_code", rule="open", **since, **names)
    if available.agency_name is None:
        yield AgencyUnknownError(field="agency", rule="known", agency=available.agency)
    elif not available.has_desk:
        yield AgencyWithoutDeskError(field="agency", rule="desk", **names)
    elif not available.offered:
        yield ProcedureNotOnlineError(field="agency", rule="offered", **names)
    if available.current is not None and available.current > pinned:
        yield ProcedureVersionSupersededError(
            field="procedure_version", rule="current", current=available.current, **names
        )


def coming_version(available: Availability, pinned: int) -> ComingVersion | None:
    """Return the next version when it is already published, None otherwise."""
    if available.coming is None or available.coming_from is None or available.coming <= pinned:
        return None
    return ComingVersion(available.coming, available.coming_from)
