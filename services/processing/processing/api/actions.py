"""What officers do to a dossier; every action answers with the dossier as it is afterwards."""

from datetime import datetime
from typing import Any

from common.api import DatabaseDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from procedures.published import PLAIN_RESULT
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may
from regulation.typed import Typed

from processing import queries
from processing.api.deps import VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.officers import OfficerOut, person
from processing.api.shapes import DossierOut
from processing.domain.decision import FREE_TEXT, Proposal
from processing.domain.deeds import Deed
from processing.domain.outcomes import Outcome
from processing.usecases.approve_proposal import approve_proposal
from processing.usecases.assign_dossier import assign_dossier
from processing.usecases.claim_dossier import claim_dossier
from processing.usecases.complete_step import complete_step
from processing.usecases.confirm_receipt import confirm_receipt
from processing.usecases.issue_decision import Order, issue_decision
from processing.usecases.propose_decision import propose_decision
from processing.usecases.send_back_dossier import send_back_dossier

router = APIRouter(prefix="/api/processing/agencies/{agency}/dossiers/{code}", tags=["actions"])


class AssignDossierBody(BaseModel):
    """Who gets the dossier; nobody named means the least loaded officer of the unit.

    What another officer has in hand is given away with a reason.
    """

    officer_id: str | None = None
    reason: Typed | None = Field(default=None, max_length=4000)


class VersionBody(BaseModel):
    """The version of the dossier the officer saw."""

    version: int


class RemarksBody(VersionBody):
    """An action with remarks."""

    remarks: Typed = Field(default="", max_length=4000)


class ProposeBody(VersionBody):
    """A drafted decision; `content` is lines by id, or one text for the plain result."""

    outcome: Outcome
    content: dict[str, Any] | str = {}
    reasons: Typed | None = Field(default=None, max_length=8000)
    legal_basis: Typed | None = Field(default=None, max_length=4000)

    def proposal(self) -> tuple[Proposal, str | None]:
        """Return the proposal, and the plain template when the content is one text."""
        plain = isinstance(self.content, str)
        content = {FREE_TEXT: self.content} if isinstance(self.content, str) else self.content
        draft = Proposal(self.outcome, content, self.reasons, self.legal_basis)
        return draft, PLAIN_RESULT if plain and self.content else None


class ReceiptOut(BaseModel):
    """The desk's confirmation that it has the result."""

    code: str
    received_by: OfficerOut | None
    received_at: datetime | None


@router.post("/claim", dependencies=[for_deed(Deed.CLAIM)])
async def claim(visit: VisitDep, session: SessionDep) -> DossierOut:
    """Take a dossier that nobody handles."""
    return await dossier_out(session, await claim_dossier(session, visit.target, visit.now), visit)


@router.post("/assignment", dependencies=[for_deed(Deed.ASSIGNMENT)])
async def assign(visit: VisitDep, body: AssignDossierBody, session: SessionDep) -> DossierOut:
    """Give the dossier to an officer."""
    given = await assign_dossier(session, visit.target, body.officer_id, visit.now, body.reason)
    return await dossier_out(session, given, visit)


@router.post("/step-completion", dependencies=[for_deed(Deed.STEP_COMPLETION)])
async def complete(visit: VisitDep, body: RemarksBody, session: SessionDep) -> DossierOut:
    """End the task at hand with remarks."""
    dossier = await complete_step(
        session, visit.target, version=body.version, remarks=body.remarks, now=visit.now, rules=visit.rules
    )
    return await dossier_out(session, dossier, visit)


@router.post("/proposal", dependencies=[for_deed(Deed.PROPOSAL)])
async def propose(visit: VisitDep, body: ProposeBody, session: SessionDep) -> DossierOut:
    """Submit a drafted decision to the leader."""
    proposal, template = body.proposal()
    dossier = await propose_decision(
        session,
        visit.target,
        version=body.version,
        proposal=proposal,
        template=template,
        now=visit.now,
        rules=visit.rules,
        printer=visit.means.printer,
    )
    return await dossier_out(session, dossier, visit)


@router.post("/sending-back", dependencies=[for_deed(Deed.SENDING_BACK)])
async def send_back(visit: VisitDep, body: RemarksBody, session: SessionDep) -> DossierOut:
    """Send the dossier back to the specialist with remarks."""
    dossier = await send_back_dossier(
        session, visit.target, version=body.version, remarks=body.remarks, now=visit.now, rules=visit.rules
    )
    return await dossier_out(session, dossier, visit)


@router.post("/approval", dependencies=[for_deed(Deed.APPROVAL)])
async def approve(visit: VisitDep, body: RemarksBody, database: DatabaseDep) -> DossierOut:
    """Approve the proposal; where no signing step follows, the result leaves with this word if it may."""
    dossier = await approve_proposal(
        database, visit.target, version=body.version, remarks=body.remarks, now=visit.now, rules=visit.rules
    )
    if dossier is None:
        visit.target.caller.must_have_proven()  # the approval issues the result, as a signature does
        order = Order(visit.target, body.version, signed=False)
        dossier = await issue_decision(database, order, visit.means, visit.rules, visit.now)
    async with database.sessions() as session:
        return await dossier_out(session, dossier, visit)


@router.post("/signature", dependencies=[for_deed(Deed.SIGNATURE), FRESH_PROOF])
async def sign(visit: VisitDep, body: VersionBody, database: DatabaseDep) -> DossierOut:
    """Sign the decision and release it."""
    dossier = await issue_decision(
        database, Order(visit.target, body.version), visit.means, visit.rules, visit.now
    )
    async with database.sessions() as session:
        return await dossier_out(session, dossier, visit)


@router.post("/receipt", dependencies=[only_for(who_may(Right.RECEIVE_RESULT))])
async def receive(visit: VisitDep, session: SessionDep) -> ReceiptOut:
    """Confirm at the desk that the result arrived."""
    dossier = await confirm_receipt(session, visit.target, visit.now)
    names = await queries.officer_names(session, [dossier.received_by])
    return ReceiptOut(
        code=dossier.code, received_by=person(dossier.received_by, names), received_at=dossier.received_at
    )
