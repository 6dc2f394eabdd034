"""The counter: an officer finds the person in front of the desk and writes a dossier down for them."""

from datetime import datetime

from audit import note
from common.api import IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.roles import Part, Right, who_may

from intake.api import attachments, drafts
from intake.api.deps import Visit, VisitDep
from intake.api.draft_out import DraftListOut, DraftOut, show
from intake.domain.labels import state_label
from intake.domain.people import Person, ending, looked_for, person_of, read_card
from intake.domain.rules import near
from intake.queries.desk import Wish
from intake.queries.people import people_found
from intake.usecases.begin_draft import begin_draft
from intake.usecases.look_at_dossier import look_at_dossier

router = APIRouter(
    prefix="/api/intake/counter",
    tags=["drafts"],
    dependencies=[only_for(who_may(Right.ACCEPT_DOSSIER))],
)
FINDING, BEGINNING = "Tìm người nộp hồ sơ tại quầy", "Lập hồ sơ tại quầy"
"""To which end personal data is read here, as the access log says it."""


class FindPeopleBody(drafts.Body):
    """What was typed or scanned: a number, a telephone, a name, a dossier code, or the line of a card's QR code."""

    words: str = Field(max_length=400)


class PersonOut(BaseModel):
    """Somebody found: the newest dossier of theirs within reach; of numbers the last digits alone."""

    code: str
    name: str
    id_ending: str
    phone_ending: str
    state_label: str
    submitted_at: datetime
    count: int


class CardOut(BaseModel):
    """Who the scanned card names."""

    name: str
    id_ending: str


class PeopleOut(BaseModel):
    """The people found, the newest first, and who a scanned card names, known or not."""

    items: list[PersonOut]
    total: int
    card: CardOut | None


class BeginCounterDraftBody(drafts.Body):
    """Which procedure and case, and for whom: known from a dossier, from a scanned card, or from neither."""

    procedure_code: str = Field(max_length=40)
    case: str | None = Field(None, max_length=60)
    known_from: str | None = Field(None, max_length=60)
    card: str | None = Field(None, max_length=400)


@router.post("/people")
async def find(body: FindPeopleBody, visit: VisitDep) -> PeopleOut:
    """Find people among the dossiers within reach, whatever state these are in."""
    card = read_card(body.words)
    words = card.id_number if card else looked_for(body.words)[:100]
    note(purpose=FINDING, sought=words)
    sought = visit.sought(words)
    wish = Wish((), None, near(visit.means.rules, visit.now, visit.means.calendar))
    found = await people_found(visit.session, visit.caller, sought, wish, visit.now) if sought else ()
    items = [
        PersonOut(
            code=one.code,
            name=one.person.name,
            id_ending=ending(one.person.id_number),
            phone_ending=ending(one.person.phone),
            state_label=state_label(one.state, visit.lang),
            submitted_at=one.submitted_at,
            count=one.count,
        )
        for one in found
    ]
    named = CardOut(name=card.name, id_ending=ending(card.id_number)) if card else None
    return PeopleOut(items=items, total=len(items), card=named)


@router.post("/drafts", status_code=201, response_model=DraftOut)
async def begin(
    body: BeginCounterDraftBody, visit: VisitDep, idem: IdempotencyDep
) -> DraftOut | JSONResponse:
    """Begin a draft for somebody at the version in force."""
    note(purpose=BEGINNING)
    if hit := await idem.replay(visit.session):
        return hit
    draft = await begin_draft(
        visit.session,
        visit.caller,
        procedure_code=body.procedure_code,
        agency=visit.caller.agency or "",
        case=body.case,
        most=visit.means.most_drafts,
        now=visit.now,
        person=await _person(visit, body),
    )
    out = await show(visit, draft)
    await idem.remember(visit.session, 201, out)
    return out


async def _person(visit: Visit, body: BeginCounterDraftBody) -> Person | None:
    """Return who it is for; whose dossier is opened for it reads that it was."""
    card = read_card(body.card or "")
    if not body.known_from:
        return card
    note(subject=body.known_from)
    async with visit.watched(body.known_from):
        dossier = await look_at_dossier(visit.session, visit.caller, body.known_from, Part.DOSSIER, visit.now)
    return person_of({**dossier.reached, "name": dossier.applicant_name})


router.add_api_route("/drafts", drafts.drafts, methods=["GET"], response_model=DraftListOut)
router.add_api_route("/drafts/{draft_id}", drafts.read, methods=["GET"])
router.add_api_route("/drafts/{draft_id}", drafts.autosave, methods=["PATCH"])
router.add_api_route("/drafts/{draft_id}", drafts.discard, methods=["DELETE"], status_code=204)
router.add_api_route("/drafts/{draft_id}/submitter", drafts.name, methods=["PUT"])
router.add_api_route("/drafts/{draft_id}/renewal", drafts.renew, methods=["POST"])
router.add_api_route(
    "/drafts/{draft_id}/attachments",
    attachments.attach_to_draft,
    methods=["POST"],
    status_code=201,
    response_model=attachments.AttachmentOut,
)
router.add_api_route(
    "/drafts/{draft_id}/attachments/{file_id}", attachments.detach, methods=["DELETE"], status_code=204
)
