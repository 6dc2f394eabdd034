"""One deed for many dossiers: what is chosen, the order, and what becomes of each."""

import uuid
from typing import Annotated

from common.api import IdempotencyDep, LangDep, NowDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from common.bulk import MOST
from eforms import read_form
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.codes import dossier as dossier_code
from regulation.roles import Right, who_may
from regulation.typed import Typed
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.api.bulk_out import BulkOut, BulkRowOut, ChosenOut, ChosenPageOut, bulk_out, bulk_row_out
from processing.api.deps import AgencyPath, Built, BuiltDep, OfficerDep, for_deed
from processing.api.proposal_out import ProposalOut, proposal_out
from processing.api.shapes import actions_for, dossier_row
from processing.domain.bulk import BulkDeed
from processing.domain.deeds import Deed
from processing.domain.supplement import still_waits
from processing.models import Dossier
from processing.queries import bulks
from processing.usecases.look_at_chosen import look_at_chosen
from processing.usecases.start_bulk import Ordered, start_bulk

router = APIRouter(prefix="/api/processing/agencies/{agency}/bulks", tags=["bulks"])
READ = [only_for(who_may(Right.READ_HANDLING))]
AT_ONCE = 100
"""How many dossiers are shown before an order."""


class BulkItemBody(BaseModel):
    """A dossier and the version of it that was seen."""

    code: str = Field(max_length=dossier_code.LONGEST)
    version: int


class BulkBody(BaseModel):
    """The dossiers an order is for."""

    items: list[BulkItemBody] = Field(min_length=1, max_length=MOST)

    def ordered(self, deed: BulkDeed, **said: str | None) -> Ordered:
        """Return the order."""
        return Ordered(deed, [(one.code, one.version) for one in self.items], said)


class AssignBulkBody(BulkBody):
    """Who gets the dossiers; nobody named means the least loaded officer of each one's unit."""

    officer_id: str | None = Field(default=None, max_length=100)
    reason: Typed | None = Field(default=None, max_length=4000)


class ForwardBulkBody(BulkBody):
    """Remarks for the step that ends at each dossier."""

    remarks: Typed = Field(default="", max_length=4000)


class _Desk:
    """Who gives an order, where, when, in which language."""

    def __init__(
        self,
        *,
        agency: AgencyPath,
        caller: OfficerDep,
        session: SessionDep,
        idem: IdempotencyDep,
        now: NowDep,
        lang: LangDep,
    ) -> None:
        self.agency, self.caller, self.session = agency, caller, session
        self.idem, self.now, self.lang = idem, now, lang

    async def give(self, ordered: Ordered) -> BulkOut | JSONResponse:
        """Keep the order once, however often it is sent."""
        if hit := await self.idem.replay(self.session):
            return hit
        bulk = await start_bulk(self.session, self.caller, self.agency, ordered, self.now)
        await self.session.flush()
        out = bulk_out(bulk, (await bulks.items_of(self.session, [bulk]))[bulk.id], self.lang)
        await self.idem.remember(self.session, 201, out)
        return out


DeskDep = Annotated[_Desk, Depends()]


@router.get("", dependencies=READ)
async def list_orders(agency: AgencyPath, caller: OfficerDep, session: SessionDep) -> list[BulkRowOut]:
    """List the caller's last orders, the newest first."""
    found = await bulks.orders_of(session, caller, agency)
    items = await bulks.items_of(session, found)
    return [bulk_row_out(one, items[one.id]) for one in found]


@router.get("/preview", dependencies=READ)
async def preview(
    *,
    agency: AgencyPath,
    caller: OfficerDep,
    session: SessionDep,
    built: BuiltDep,
    now: NowDep,
    deed: BulkDeed,
    code: Annotated[list[str], Query(min_length=1, max_length=AT_ONCE)],
) -> ChosenPageOut:
    """Show the chosen dossiers before the order: each one's version, whether the deed is possible, what is signed."""
    found = await look_at_chosen(session, caller, agency, (deed, code), now)
    people = [who for one in found for who in (one.officer_id, one.proposed_by, one.approved_by)]
    names = await queries.officer_names(session, people)
    items = []
    for one in found:
        row = dossier_row(one, names, built.rules, now)
        waits = still_waits(one.paused_at, one.answer_by_on, now)
        items.append(
            ChosenOut(
                **row.model_dump(),
                possible=deed in actions_for(one, caller, waits=waits),
                template_title=built.means.printer.title(one.document_type)[0],
                proposal=await _proposal(session, one, built, names) if deed is BulkDeed.SIGNATURE else None,
            )
        )
    return ChosenPageOut(items=items)


async def _proposal(
    session: AsyncSession, dossier: Dossier, built: Built, names: dict[str, str]
) -> ProposalOut | None:
    procedure = await queries.procedure_of(session, dossier)
    form = procedure.result_form(dossier.template, built.means.printer.definition(dossier.template))
    return proposal_out(dossier, names, read_form(form))


@router.post("/claim", dependencies=[for_deed(Deed.CLAIM)], status_code=201, response_model=BulkOut)
async def claim_many(desk: DeskDep, body: BulkBody) -> BulkOut | JSONResponse:
    """Take dossiers that nobody handles."""
    return await desk.give(body.ordered(BulkDeed.CLAIM))


@router.post("/assignment", dependencies=[for_deed(Deed.ASSIGNMENT)], status_code=201, response_model=BulkOut)
async def assign_many(desk: DeskDep, body: AssignBulkBody) -> BulkOut | JSONResponse:
    """Give dossiers to an officer, or each to the least loaded one of its unit."""
    said = {"officer_id": body.officer_id or None, "reason": body.reason}
    return await desk.give(body.ordered(BulkDeed.ASSIGNMENT, **said))


@router.post(
    "/step-completion", dependencies=[for_deed(Deed.STEP_COMPLETION)], status_code=201, response_model=BulkOut
)
async def forward_many(desk: DeskDep, body: ForwardBulkBody) -> BulkOut | JSONResponse:
    """End the step at hand of dossiers and pass them to the next one."""
    return await desk.give(body.ordered(BulkDeed.STEP_COMPLETION, remarks=body.remarks))


@router.post(
    "/signature",
    dependencies=[for_deed(Deed.SIGNATURE), FRESH_PROOF],
    status_code=201,
    response_model=BulkOut,
)
async def sign_many(desk: DeskDep, body: BulkBody) -> BulkOut | JSONResponse:
    """Sign decisions and release them; the second factor is shown once, for the order."""
    return await desk.give(body.ordered(BulkDeed.SIGNATURE))


@router.get("/{bulk_id}", dependencies=READ)
async def show_order(
    agency: AgencyPath, caller: OfficerDep, session: SessionDep, bulk_id: uuid.UUID, lang: LangDep
) -> BulkOut:
    """Show what became of each dossier of an order of one's own."""
    bulk = await bulks.order_of(session, caller, agency, bulk_id)
    return bulk_out(bulk, (await bulks.items_of(session, [bulk]))[bulk.id], lang)
