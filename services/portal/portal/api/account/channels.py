"""By which ways somebody wants to be told, besides the inbox of the portal."""

from fastapi import APIRouter, Response

from portal.api.form_page import Filled, FormFlow, form_page, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, citizen
from portal.domain import account_forms
from portal.domain.addresses import Page


async def ask(visit: Visit, filled: Filled) -> Response:
    """Show the ways with those that are chosen."""
    me = await visit.identity.me()
    fields = account_forms.channels(visit.say, me.channels, email=me.email, phone_proven=me.phone_proven)
    return filled.page(visit, "account/channels.html", fields=fields, version=me.version)


async def choose(visit: Visit, form: Posted) -> Response:
    """Keep the choice; the inbox stays whatever is chosen."""
    await visit.identity.amend({"channels": form.texts("channels"), "version": form.version})
    return visit.go(Page.CHANNELS, flash="Đã lưu cách nhận thông báo.")


def routes(prefix: str) -> APIRouter:
    """Mount the choice under a site's root."""
    router = APIRouter(prefix=prefix)
    form_page(router, Page.CHANNELS, FormFlow(ask, choose, told_at("channels")), citizen)
    return router
