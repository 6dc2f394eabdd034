"""Pages that stand still: the general guide, contact, accessibility, privacy, terms."""

from fastapi import APIRouter, Response

from portal.api.visit import VisitDep
from portal.domain.addresses import Page

router = APIRouter()


@router.get(Page.HOW_IT_WORKS)
async def guide(visit: VisitDep) -> Response:
    """Explain the portal from search to result."""
    return visit.page("public/how_it_works.html")


@router.get(Page.CONTACT)
async def contact(visit: VisitDep) -> Response:
    """Say where to get help."""
    return visit.page("public/contact.html")


@router.get(Page.ACCESSIBILITY)
async def accessibility(visit: VisitDep) -> Response:
    """State how accessible the portal is and where it is not."""
    return visit.page("public/accessibility.html")


@router.get(Page.PRIVACY)
async def privacy(visit: VisitDep) -> Response:
    """Say which personal data is kept and why."""
    return visit.page("public/privacy.html")


@router.get(Page.TERMS)
async def terms(visit: VisitDep) -> Response:
    """Give the terms of use."""
    return visit.page("public/terms.html")
