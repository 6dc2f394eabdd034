"""The one new date of a dossier: propose it, send it back, sign it."""

from common.api import DatabaseDep, SessionDep
from common.api.deps import FRESH_PROOF
from fastapi import APIRouter
from pydantic import Field
from regulation.days import Day
from regulation.typed import Typed

from processing.api.actions import RemarksBody, VersionBody
from processing.api.deps import VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.shapes import DossierOut
from processing.domain.deeds import Deed
from processing.usecases.issue_extension import issue_extension
from processing.usecases.propose_extension import propose_extension
from processing.usecases.send_back_extension import send_back_extension

router = APIRouter(prefix="/api/processing/agencies/{agency}/dossiers/{code}", tags=["extensions"])


class ProposeExtensionBody(VersionBody):
    """Why the dossier needs longer, and the local date up to which the applicant is promised the result."""

    reason: Typed = Field(max_length=4000)
    until_on: Day


@router.post("/extension-proposal", dependencies=[for_deed(Deed.EXTENSION_PROPOSAL)])
async def propose(visit: VisitDep, body: ProposeExtensionBody, session: SessionDep) -> DossierOut:
    """Propose a new date; the applicant is told of nothing before a leader signs."""
    dossier = await propose_extension(
        session,
        visit.target,
        version=body.version,
        reason=body.reason,
        until_on=body.until_on,
        now=visit.now,
        rules=visit.rules,
    )
    return await dossier_out(session, dossier, visit)


@router.post("/extension-sending-back", dependencies=[for_deed(Deed.EXTENSION_SENDING_BACK)])
async def send_back(visit: VisitDep, body: RemarksBody, session: SessionDep) -> DossierOut:
    """Send the proposal of a new date back with remarks."""
    dossier = await send_back_extension(
        session, visit.target, version=body.version, remarks=body.remarks, now=visit.now
    )
    return await dossier_out(session, dossier, visit)


@router.post("/extension", dependencies=[for_deed(Deed.EXTENSION), FRESH_PROOF])
async def decide(visit: VisitDep, body: VersionBody, database: DatabaseDep) -> DossierOut:
    """Sign the apology with the new date; the old date stays for statistics."""
    dossier = await issue_extension(
        database, visit.target, version=body.version, means=visit.means, rules=visit.rules, now=visit.now
    )
    async with database.sessions() as session:
        return await dossier_out(session, dossier, visit)
