"""What officers do to a dossier; every action answers with the dossier as it is afterwards."""

from collections.abc import Sequence
from datetime import datetime

from common.api import DatabaseDep, SessionDep
from fastapi import APIRouter
from pydantic import BaseModel, Field

from processing import queries
from processing.api.cases import case_out
from processing.api.shapes import CaseOut, OfficerOut, person
from processing.api.wiring import DeskDep
from processing.domain.decision import FREE_TEXT, Proposal
from processing.domain.process import Step, following
from processing.domain.states import Outcome, StepKind
from processing.models import Case
from processing.usecases.approve_case import approve_case
from processing.usecases.assign_case import assign_case
from processing.usecases.claim_case import claim_case
from processing.usecases.complete_step import complete_step
from processing.usecases.confirm_receipt import confirm_receipt
from processing.usecases.issue_decision import Order, issue_decision
from processing.usecases.propose_decision import propose_decision
from processing.usecases.return_case import return_case

router = APIRouter(prefix="/api/processing/agencies/{agency}/cases/{code}", tags=["actions"])
PLAIN_TEMPLATE = "result"


class AssignCaseBody(BaseModel):
    """Who gets the dossier; nobody named means the least loaded officer of the unit."""

    officer_id: str | None = None


class VersionBody(BaseModel):
    """The version of the dossier the officer saw."""

    version: int


class RemarksBody(VersionBody):
    """An action with remarks."""

    remarks: str = Field(default="", max_length=4000)


class ProposeBody(VersionBody):
    """A drafted decision; `content` is lines by id, or one text for the plain result."""

    outcome: Outcome
    content: dict[str, str] | str = {}
    reasons: str | None = Field(default=None, max_length=8000)
    legal_basis: str | None = Field(default=None, max_length=4000)

    def proposal(self) -> tuple[Proposal, str | None]:
        """Return the proposal, and the plain template when the content is one text."""
        plain = isinstance(self.content, str)
        content = {FREE_TEXT: self.content} if isinstance(self.content, str) else self.content
        draft = Proposal(self.outcome, content, self.reasons, self.legal_basis)
        return draft, PLAIN_TEMPLATE if plain and self.content else None


class ReceiptOut(BaseModel):
    """The desk's confirmation that it has the result."""

    code: str
    received_by: OfficerOut | None
    received_at: datetime | None


@router.post("/claim")
async def claim(desk: DeskDep, session: SessionDep) -> CaseOut:
    """Take a dossier that nobody handles."""
    return await case_out(session, await claim_case(session, desk.target, desk.now), desk)


@router.post("/assignment")
async def assign(desk: DeskDep, body: AssignCaseBody, session: SessionDep) -> CaseOut:
    """Give the dossier to an officer."""
    return await case_out(session, await assign_case(session, desk.target, body.officer_id, desk.now), desk)


@router.post("/step-completion")
async def complete(desk: DeskDep, body: RemarksBody, session: SessionDep) -> CaseOut:
    """End the task at hand with remarks."""
    case = await complete_step(
        session, desk.target, version=body.version, remarks=body.remarks, now=desk.now, rules=desk.rules
    )
    return await case_out(session, case, desk)


@router.post("/proposal")
async def propose(desk: DeskDep, body: ProposeBody, session: SessionDep) -> CaseOut:
    """Submit a drafted decision to the leader."""
    proposal, template = body.proposal()
    case = await propose_decision(
        session,
        desk.target,
        version=body.version,
        proposal=proposal,
        template=template,
        now=desk.now,
        rules=desk.rules,
        printer=desk.means.printer,
    )
    return await case_out(session, case, desk)


@router.post("/return")
async def send_back(desk: DeskDep, body: RemarksBody, session: SessionDep) -> CaseOut:
    """Send the dossier back to the specialist with remarks."""
    case = await return_case(
        session, desk.target, version=body.version, remarks=body.remarks, now=desk.now, rules=desk.rules
    )
    return await case_out(session, case, desk)


@router.post("/approval")
async def approve(desk: DeskDep, body: RemarksBody, database: DatabaseDep) -> CaseOut:
    """Approve the proposal; where no signing step follows, the result leaves with this word if it may."""
    async with database.sessions.begin() as session:
        case = await queries.case_in_scope(session, desk.target)
        last_word = is_last_word(case, (await queries.procedure_of(session, case)).plan())
        if not last_word:
            case = await approve_case(
                session,
                desk.target,
                version=body.version,
                remarks=body.remarks,
                now=desk.now,
                rules=desk.rules,
            )
    if last_word:
        order = Order(desk.target, body.version, signed=False)
        case = await issue_decision(database, order, desk.means, desk.rules, desk.now)
    async with database.sessions() as session:
        return await case_out(session, case, desk)


@router.post("/signature")
async def sign(desk: DeskDep, body: VersionBody, database: DatabaseDep) -> CaseOut:
    """Sign the decision and release it."""
    case = await issue_decision(database, Order(desk.target, body.version), desk.means, desk.rules, desk.now)
    async with database.sessions() as session:
        return await case_out(session, case, desk)


@router.post("/receipt")
async def receive(desk: DeskDep, session: SessionDep) -> ReceiptOut:
    """Confirm at the desk that the result arrived."""
    case = await confirm_receipt(session, desk.target, desk.now)
    names = await queries.officer_names(session, [case.received_by])
    return ReceiptOut(
        code=case.code, received_by=person(case.received_by, names), received_at=case.received_at
    )


def is_last_word(case: Case, plan: Sequence[Step]) -> bool:
    """Tell whether a leader's review is the last decision, because no signing step follows it."""
    upcoming = following(plan, case.step_id, case.known)
    return case.step_kind == StepKind.REVIEW and (upcoming is None or upcoming.kind is StepKind.RETURN)
