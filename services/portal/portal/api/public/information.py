"""Pages that stand still: the general guide, contact, accessibility, privacy, terms."""

from fastapi import APIRouter, Response

from portal.api.visit import VisitDep

router = APIRouter()


@router.get("/huong-dan")
async def guide(visit: VisitDep) -> Response:
    """Explain the portal from search to result."""
    return visit.page("public/how_it_works.html")


@router.get("/lien-he")
async def contact(visit: VisitDep) -> Response:
    """Say where to get help."""
    return visit.page("public/contact.html")


@router.get("/kha-nang-tiep-can")
async def accessibility(visit: VisitDep) -> Response:
    """State how accessible the portal is and where it is not."""
    return visit.page("public/accessibility.html")


@router.get("/quyen-rieng-tu")
async def privacy(visit: VisitDep) -> Response:
    """Say which personal data is kept and why."""
    return visit.page("public/privacy.html")


@router.get("/dieu-khoan")
async def terms(visit: VisitDep) -> Response:
    """Give the terms of use."""
    return visit.page("public/terms.html")
