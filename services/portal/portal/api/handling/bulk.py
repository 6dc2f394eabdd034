"""Many dossiers at once: what was ticked is shown, ordered, and followed until each is done or says why not."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, clock
from portal.api.handling.work import named
from portal.api.news import follow
from portal.api.visit import FormError, OfficerDep, Visit, officer
from portal.domain.addresses import Page
from portal.domain.bulk import CODE, DEED, MANY, MOST_CHOSEN, chosen_at
from portal.domain.numbers import whole_number

router = APIRouter()
NONE = "Hãy chọn ít nhất một hồ sơ"


@router.get(Page.BULKS)
async def orders(visit: OfficerDep) -> Response:
    """List what the officer ordered for many dossiers in the last days."""
    return visit.page("handling/bulks.html", orders=await visit.processing.bulks(), words=MANY, errors=())


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the ticked dossiers with what the deed would do to each, before anything is done."""
    deed, codes = _asked(visit)
    if deed not in MANY or not codes:
        told = [FormError("", visit.say(NONE))]
        found = await visit.processing.bulks()
        return visit.page("handling/bulks.html", status=422, orders=found, words=MANY, errors=told)
    chosen = await visit.processing.chosen(deed, codes)
    return filled.page(
        visit,
        "handling/bulk_chosen.html",
        deed=deed,
        words=MANY[deed],
        chosen=[(one, clock(visit, one)) for one in chosen],
        unseen=sorted({*codes} - {one.code for one in chosen}),
        applicants=await named(visit, [one.code for one in chosen]),
        officers=await visit.processing.officers() if deed == "assignment" else (),
        here=chosen_at(deed, codes),
    )


def _asked(visit: Visit) -> tuple[str, list[str]]:
    asked = visit.request.query_params
    codes = [code.strip() for code in asked.getlist(CODE) if code.strip()]
    return asked.get(DEED, ""), list(dict.fromkeys(codes))[:MOST_CHOSEN]


async def give(visit: Visit, form: Posted) -> Response:
    """Order the deed for the dossiers that are still ticked."""
    deed, _ = _asked(visit)
    ticked = [one.rpartition(":") for one in form.texts("item")]
    if deed not in MANY or not ticked:
        raise WrongInputError(FormError("", visit.say(NONE)))
    body: Json = {"items": [{"code": code, "version": whole_number(seen)} for code, _, seen in ticked]}
    for name in ("officer_id", "reason", "remarks"):
        body |= {name: form.text(name)} if form.text(name) else {}
    made = await visit.processing.start_bulk(deed, body, form.key)
    return visit.go(Page.BULK, bulk=made.id)


form_page(router, Page.BULK_CHOSEN, FormFlow(show, give, also=FORBIDDEN), officer)


@router.get(Page.BULK)
async def progress(visit: OfficerDep, bulk: str) -> Response:
    """Show how far an order is, and what became of each dossier."""
    order = await visit.processing.bulk(bulk)
    again = [one.code for one in order.items if one.refusal][:MOST_CHOSEN]
    return visit.page(
        "handling/bulk.html",
        order=order,
        words=MANY[order.deed],
        again=chosen_at(order.deed, again) if again else "",
        follows=follow(visit, [order.id]),
    )
