"""The officers an administrator looks after: the list, and how each one stands with signing in."""

from fastapi import APIRouter, Response

from portal.adapters.officers import Officers
from portal.api.dossier_view import keep_words, words_of
from portal.api.forms import PostedDep
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page

router = APIRouter()
PAGE_SIZE = 25
WORDS = "officers_q"


def officers(visit: Visit) -> Officers:
    """Give the officers in the visitor's reach."""
    return Officers(visit.link("identity"))


async def unit_names(visit: Visit, agency: str) -> dict[str, str]:
    """Name the units of an agency; none where the catalogue is away."""
    found = await visit.spare(visit.catalog.agency(agency), None)
    return {unit.id: unit.name for unit in found.units} if found else {}


@router.post(Page.OFFICERS_SEARCH)
async def search(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the name looked for out of the address."""
    return keep_words(visit, WORDS, form.text("q"), Page.OFFICERS)


@router.get(Page.OFFICERS)
async def listed(visit: OfficerDep) -> Response:
    """List officers by name."""
    words, cursor = words_of(visit, WORDS, tab=False), visit.request.query_params.get("cursor", "")
    found = await officers(visit).page(q=words, limit=PAGE_SIZE, cursor=cursor)
    known = {one.code: one for one in await visit.spare(visit.catalog.agencies(units=True), ())}
    own = str(visit.session.account.get("agency") or "")
    several = any(one.agency != own for one in found.items)
    return visit.page("admin/officers.html", found=found, words=words, known=known, several=several)


@router.get(Page.OFFICER)
async def one(visit: OfficerDep, officer: str) -> Response:
    """Show an officer and what may be done."""
    standing = await officers(visit).standing(officer)
    units = await unit_names(visit, standing.officer.agency)
    return visit.page("admin/officer.html", standing=standing, o=standing.officer, units=units)
