"""What an officer does with a dossier: check, then exactly one of four outcomes, and the hand-over at the end."""

from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter
from procedures import FreeItem
from pydantic import BaseModel, ConfigDict, Field, model_validator
from regulation.channels import Channel
from regulation.codes.agency import LONGEST
from regulation.typed import Line, Reason

from intake.api.deps import VisitDep, for_deed
from intake.api.dossier_out import due_out, show
from intake.api.dossier_shapes import DossierOut, DueOut
from intake.domain.acceptance import outlook
from intake.domain.checklist import Verdict
from intake.domain.deeds import Deed
from intake.queries.belongings import dossier_files
from intake.queries.dossiers import desk_dossier
from intake.queries.letters import acceptance_grounds
from intake.usecases.accept_dossier import accept_dossier
from intake.usecases.approve_supplement import approve_supplement
from intake.usecases.correct_contact import correct_contact
from intake.usecases.hand_over_result import hand_over_result
from intake.usecases.judge_components import Judgement, judge_components
from intake.usecases.redirect_dossier import redirect_dossier
from intake.usecases.refuse_dossier import refuse_dossier
from intake.usecases.request_supplement import Wanted, request_supplement

router = APIRouter(prefix="/api/intake/dossiers/{code}", tags=["desk"])


class ActBody(BaseModel):
    """Every action names the version of the dossier its decision rests on."""

    model_config = ConfigDict(extra="forbid")

    version: int


class ChecklistItemBody(BaseModel):
    """The finding for one component."""

    component: str = Field(max_length=80)
    verdict: Verdict
    note: Line = ""


class JudgeBody(ActBody):
    """Findings; what is not named stays as it was."""

    items: list[ChecklistItemBody] = Field(min_length=1, max_length=200)


class SupplementItemBody(BaseModel):
    """A published component that is missing or wrong, and what to do about it."""

    component: str = Field(max_length=80)
    note: Line = ""


class FreeItemBody(BaseModel):
    """Something outside the published list; without its legal basis it is refused."""

    text: Reason
    legal_basis: Line = ""


class RequestSupplementBody(ActBody):
    """One complete request: reason, guidance, and everything that is wanted."""

    reason: Reason
    guidance: Reason
    items: list[SupplementItemBody] = Field(default_factory=list, max_length=200)
    free_items: list[FreeItemBody] = Field(default_factory=list, max_length=20)
    leader_ground: Line | None = None


class ApproveSupplementBody(ActBody):
    """Why a further request is right."""

    ground: Reason


class RefuseBody(ActBody):
    """Why, and by which article."""

    reason: Reason
    legal_basis: Reason


class RedirectBody(ActBody):
    """Why, and which agency is competent."""

    reason: Reason
    competent_agency: str = Field(min_length=1, max_length=LONGEST)


class CorrectContactBody(ActBody):
    """The right contact data and why they change; None leaves a value."""

    email: str | None = Field(None, max_length=EMAIL_LONGEST)
    phone: str | None = Field(None, max_length=40)
    reason: Reason

    @model_validator(mode="after")
    def something(self) -> "CorrectContactBody":
        """Refuse a correction of nothing."""
        if self.email is None and self.phone is None:
            raise ValueError("email or phone")
        return self


class HandOverBody(ActBody):
    """How the result was handed over."""

    way: Channel


class ObstacleOut(BaseModel):
    """One thing that stands in the way, with its stable code."""

    code: str
    message: str


class OutlookOut(BaseModel):
    """What accepting now would promise, in the caller's language; `due` is null where no date follows."""

    limit: str
    due: DueOut | None
    obstacles: list[ObstacleOut]


@router.put("/checklist", dependencies=[for_deed(Deed.CHECKLIST)])
async def judge(code: str, body: JudgeBody, visit: VisitDep) -> DossierOut:
    """Record what was found for each component."""
    found = [Judgement(item.component, item.verdict, item.note) for item in body.items]
    async with visit.watched(code):
        dossier = await judge_components(visit.act(code, body.version), found)
    return await show(visit, dossier)


@router.get("/acceptance", dependencies=[for_deed(Deed.ACCEPTANCE)])
async def foresee(code: str, visit: VisitDep) -> OutlookOut:
    """Tell what accepting now would promise, or everything in its way; nothing is written."""
    async with visit.watched(code):
        dossier = await desk_dossier(visit.session, visit.caller, code, Deed.ACCEPTANCE.right)
    files, means = await dossier_files(visit.session, code), visit.means
    grounds = await acceptance_grounds(visit.session, dossier, files)
    can_sign = means.printer.can_sign(dossier.receiving_point)
    found = outlook(
        means.rules, means.calendar, grounds, can_sign=can_sign, now=dossier.handled_from(visit.now)
    )
    limit = grounds.procedure.limit(dossier.case_id, dossier.channel)
    return OutlookOut(
        limit=limit.words(visit.lang) if limit else "",
        due=due_out(found.ledger, visit.lang) if found.ledger else None,
        obstacles=[ObstacleOut(code=item.code, message=item.message(visit.lang)) for item in found.obstacles],
    )


@router.post("/acceptance", dependencies=[for_deed(Deed.ACCEPTANCE)])
async def accept(code: str, body: ActBody, visit: VisitDep) -> DossierOut:
    """Accept; the receipt with appointment follows at once."""
    async with visit.watched(code):
        dossier = await accept_dossier(visit.act(code, body.version), visit.means)
    return await show(visit, dossier)


@router.post("/supplement-requests", dependencies=[for_deed(Deed.SUPPLEMENT_REQUESTS)])
async def supplement(code: str, body: RequestSupplementBody, visit: VisitDep) -> DossierOut:
    """Request a supplement, once and completely."""
    wanted = Wanted(
        reason=body.reason,
        guidance=body.guidance,
        items=[(item.component, item.note) for item in body.items],
        free_items=[FreeItem(item.text, item.legal_basis) for item in body.free_items],
        leader_ground=body.leader_ground,
    )
    async with visit.watched(code):
        await request_supplement(visit.act(code, body.version), visit.means, wanted)
    return await show(visit, await desk_dossier(visit.session, visit.caller, code))


@router.post("/supplement-approval", dependencies=[for_deed(Deed.SUPPLEMENT_APPROVAL)])
async def allow_supplement(code: str, body: ApproveSupplementBody, visit: VisitDep) -> DossierOut:
    """Allow a further supplement request, as a leader."""
    async with visit.watched(code):
        dossier = await approve_supplement(visit.act(code, body.version), body.ground)
    return await show(visit, dossier)


@router.post("/refusal", dependencies=[for_deed(Deed.REFUSAL)])
async def refuse(code: str, body: RefuseBody, visit: VisitDep) -> DossierOut:
    """Refuse with reason and legal basis."""
    async with visit.watched(code):
        dossier = await refuse_dossier(
            visit.act(code, body.version), visit.means, reason=body.reason, legal_basis=body.legal_basis
        )
    return await show(visit, dossier)


@router.post("/redirection", dependencies=[for_deed(Deed.REDIRECTION)])
async def redirect(code: str, body: RedirectBody, visit: VisitDep) -> DossierOut:
    """Direct the applicant to the competent agency."""
    async with visit.watched(code):
        dossier = await redirect_dossier(
            visit.act(code, body.version), reason=body.reason, competent_agency=body.competent_agency
        )
    return await show(visit, dossier)


@router.patch("/contact", dependencies=[for_deed(Deed.CONTACT)])
async def contact(code: str, body: CorrectContactBody, visit: VisitDep) -> DossierOut:
    """Correct the applicant's contact data."""
    async with visit.watched(code):
        dossier = await correct_contact(
            visit.act(code, body.version), email=body.email, phone=body.phone, reason=body.reason
        )
    return await show(visit, dossier)


@router.post("/handover", dependencies=[for_deed(Deed.HANDOVER)])
async def hand_over(code: str, body: HandOverBody, visit: VisitDep) -> DossierOut:
    """Record that the result is with the applicant."""
    async with visit.watched(code):
        dossier = await hand_over_result(visit.act(code, body.version), visit.means.rules, way=body.way)
    return await show(visit, dossier)
