"""Pages that each site has: contact, accessibility, privacy, terms, and what to do about a file that is too large."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, Response

from portal.api.visit import VisitDep
from portal.domain.addresses import Address, Page, draft_of
from portal.domain.cookies import COOKIES, KEPT, SESSIONS
from portal.domain.robots import closed_to_robots

router = APIRouter()
SERVICES = ("/api/",)
"""Where the services answer machines, beside the pages."""

REREAD = timedelta(days=30)
"""After which whoever kept the site's security.txt reads it again (RFC 9116)."""

TEXTS = {
    Page.CONTACT: "public/contact.html",
    Page.ACCESSIBILITY: "public/accessibility.html",
}
"""The pages that only say something."""


def _says(page: Address, template: str) -> None:
    @router.get(page, name=page.name)
    async def show(visit: VisitDep) -> Response:
        return visit.page(template)


for page, template in TEXTS.items():
    _says(page, template)


@router.get(Page.TERMS)
async def terms(visit: VisitDep) -> Response:
    """Show the terms that everybody accepts, where they can be read now."""
    return visit.page("public/terms.html", terms=await visit.spare(visit.identity.terms(), None))


@router.get(Page.PRIVACY)
async def privacy(visit: VisitDep) -> Response:
    """Say who sees what, and name every cookie of this site."""
    sites = [SESSIONS[visit.frame.site], *KEPT] if visit.built.renderer.served != "both" else COOKIES
    return visit.page("public/privacy.html", cookies=sites)


@router.get(Page.TOO_LARGE)
async def too_large(visit: VisitDep) -> Response:
    """Say that the edge stopped a file, how large one may be, and how to go back to the page it came from."""
    before = urlsplit(visit.request.headers.get("referer", ""))
    own = before.netloc == visit.request.headers.get("host") and before.path.startswith("/")
    back = before.path.removeprefix(visit.frame.prefix) if own else ""
    draft = draft_of(back) if visit.session.signed_in else ""
    kept = await visit.spare(visit.drafts.one(draft), None) if draft else None
    limits = kept.upload_limits if kept else None
    return visit.page("public/too_large.html", status=413, back=back, limits=limits)


@router.get(Page.ROBOTS)
async def robots(visit: VisitDep) -> Response:
    """Tell search engines what they may not read, in each language; the public pages are theirs."""
    renderer = visit.built.renderer
    closed = closed_to_robots(renderer.served)
    paths = [*SERVICES, *closed, *(f"/en{path}" for path in closed if "en" in renderer.languages)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), ""]
    return Response("\n".join(lines), media_type="text/plain")


@router.get(Page.SECURITY)
async def security(visit: VisitDep) -> Response:
    """Tell where a weakness of this site is reported. Source: RFC 9116"""
    built = visit.built
    until = datetime.fromtimestamp(built.clock(), UTC) + REREAD
    lines = [
        f"Contact: {built.security_contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(built.renderer.languages)}",
        f"Canonical: {built.public_url}{Page.SECURITY}",
        "",
    ]
    return Response("\n".join(lines), media_type="text/plain")
