"""What changed on the visitor's dossiers since the sign-in before this one."""

from dataclasses import dataclass
from datetime import datetime

from answers.intake import ChangedDossierOut

from portal.api.visit import Visit


@dataclass(frozen=True)
class Since:
    """When the visitor was here before, and what others did to which dossier since then."""

    at: datetime
    dossiers: tuple[ChangedDossierOut, ...]


async def since_last(visit: Visit) -> Since | None:
    """Tell what changed; nothing where somebody is here for the first time, or intake is away.

    Source: BD Đ.15.4; QT Đ.30.1; HN Đ.5.2; R-TRK-14
    """
    last = visit.session.notes.get("last_here", "")
    if not last or not visit.session.signed_in:
        return None
    found = await visit.spare(visit.dossiers.changes(last), None)
    return None if found is None else Since(datetime.fromisoformat(last), found)
