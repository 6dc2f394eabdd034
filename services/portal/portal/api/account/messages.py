"""The visitor's messages, for citizens and for officers."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Response

from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep
from portal.domain.addresses import Page

PAGE_SIZE = 25


async def show(visit: CitizenDep) -> Response:
    """List messages, newest first."""
    cursor = visit.request.query_params.get("cursor", "")
    found = await visit.inbox.messages(limit=PAGE_SIZE, cursor=cursor)
    unread = await visit.unread()
    places = {
        one.id: urlsplit(one.link).path.removeprefix("/en") for one in found.items if not one.dossier_code
    }
    return visit.page("account/messages.html", found=found, unread=unread, places=places)


async def mark_read(visit: CitizenDep, message: str, form: PostedDep) -> Response:
    """Mark one message as read and go on to what it is about."""
    await visit.inbox.mark_read(message, form.key)
    return visit.go(Page.MESSAGES)


def routes(prefix: str) -> APIRouter:
    """Mount the messages under a site's root."""
    router = APIRouter(prefix=prefix)
    router.add_api_route(Page.MESSAGES, show, methods=["GET"])
    router.add_api_route(Page.MESSAGE_READ, mark_read, methods=["POST"])
    return router
