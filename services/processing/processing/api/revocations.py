"""Take an issued result back, or put another in its place."""

from typing import Any

from common.api import DatabaseDep, SessionDep
from common.api.deps import FRESH_PROOF
from fastapi import APIRouter
from pydantic import Field
from regulation.typed import Typed

from processing.api.actions import RemarksBody, VersionBody
from processing.api.deps import VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.shapes import DossierOut
from processing.domain.deeds import Deed
from processing.domain.revocation import Draft
from processing.usecases.issue_revocation import issue_revocation
from processing.usecases.propose_revocation import propose_revocation
from processing.usecases.send_back_revocation import send_back_revocation

router = APIRouter(prefix="/api/processing/agencies/{agency}/dossiers/{code}", tags=["revocations"])


class ProposeRevocationBody(VersionBody):
    """Why the result is wrong; `content` are the lines of the result that replaces it, nothing for none."""

    ground: Typed = Field(max_length=8000)
    legal_basis: Typed = Field(max_length=4000)
    content: dict[str, Any] | None = None


@router.post("/revocation-proposal", dependencies=[for_deed(Deed.REVOCATION_PROPOSAL)])
async def propose(visit: VisitDep, body: ProposeRevocationBody, session: SessionDep) -> DossierOut:
    """Propose to revoke or replace the result; a newer proposal stands for an older one."""
    draft = Draft(body.ground, body.legal_basis, body.content)
    printer = visit.means.printer
    dossier = await propose_revocation(
        session, visit.target, version=body.version, draft=draft, now=visit.now, printer=printer
    )
    return await dossier_out(session, dossier, visit)


@router.post("/revocation-sending-back", dependencies=[for_deed(Deed.REVOCATION_SENDING_BACK)])
async def send_back(visit: VisitDep, body: RemarksBody, session: SessionDep) -> DossierOut:
    """Send the proposal about the result back to the specialist with remarks."""
    dossier = await send_back_revocation(
        session, visit.target, version=body.version, remarks=body.remarks, now=visit.now
    )
    return await dossier_out(session, dossier, visit)


@router.post("/revocation", dependencies=[for_deed(Deed.REVOCATION), FRESH_PROOF])
async def decide(visit: VisitDep, body: VersionBody, database: DatabaseDep) -> DossierOut:
    """Sign the decision that revokes or replaces the result."""
    dossier = await issue_revocation(
        database, visit.target, version=body.version, means=visit.means, rules=visit.rules, now=visit.now
    )
    async with database.sessions() as session:
        return await dossier_out(session, dossier, visit)
