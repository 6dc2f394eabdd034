"""Which sign-ins ended lately, for everybody who checks tokens; closed to the outside."""

from datetime import UTC, datetime

from common.api import SessionDep
from fastapi import APIRouter
from pydantic import BaseModel

from identity import queries
from identity.api.deps import VisitDep
from identity.domain.sessions import told_since

router = APIRouter(prefix="/api/identity", tags=["sessions"])


class EndedOut(BaseModel):
    """The sign-ins that ended, and the epoch second after which to ask for the next ones."""

    until: float
    ended: list[str]


@router.get("/ended-sessions")
async def ended(session: SessionDep, visit: VisitDep, after: float | None = None) -> EndedOut:
    """List the sign-ins that ended since an earlier answer; without one, those whose tokens may still be alive."""
    asked = None if after is None else datetime.fromtimestamp(max(after, 0), UTC)
    found = await queries.ended_since(session, told_since(asked, visit.now))
    return EndedOut(until=visit.now.timestamp(), ended=[str(one) for one in found])
