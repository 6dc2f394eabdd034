"""Note who asked for a dossier outside their data scope."""

from datetime import datetime

from common.database import Database
from common.security import Caller
from regulation.codes.dossier import LONGEST

from intake.models import AccessRefusal


async def note_refusal(database: Database, caller: Caller, code: str, now: datetime) -> None:
    """Keep the refusal in a transaction of its own, because the request's one is rolled back.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    async with database.sessions.begin() as session:
        session.add(
            AccessRefusal(
                at=now,
                subject=caller.subject,
                roles=sorted(caller.roles),
                agency=caller.agency,
                dossier_code=code[:LONGEST],  # what was asked for may be anything
            )
        )
