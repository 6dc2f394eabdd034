"""The visitor's own account: what is kept, what may be corrected, who came in under this name."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, form_page
from portal.api.forms import Posted
from portal.api.visit import CitizenDep, Visit
from portal.domain import account_forms
from portal.domain.access_history import folded, told
from portal.domain.addresses import Page

router = APIRouter()
CORRECTABLE = ("full_name", "address", "language")
LOOKS = 50


@router.get(Page.ACCOUNT)
async def show(visit: CitizenDep) -> Response:
    """Show the account."""
    me, standing = await visit.identity.me(), await visit.identity.standing()
    return visit.page("account/profile.html", me=me, standing=standing)


async def ask(visit: Visit, filled: Filled) -> Response:
    """Ask what to correct."""
    me = await visit.identity.me()
    free = [name for name in CORRECTABLE if name in me.correctable]
    known = {name: str(getattr(me, name) or "") for name in free}
    fields = account_forms.profile(visit.say, {**known, **filled.typed}, filled.wrong, free)
    return filled.page(visit, "account/amend.html", fields=fields, version=me.version)


async def amend(visit: Visit, form: Posted) -> Response:
    """Keep the corrections."""
    body: Json = {name: form.text(name) for name in CORRECTABLE if name in form.form}
    await visit.identity.amend({**body, "address": form.text("address") or None, "version": form.version})
    return visit.go(Page.ACCOUNT, flash="Đã lưu thay đổi.")


form_page(router, Page.AMEND, FormFlow(ask, amend))


async def access_log(visit: CitizenDep) -> Response:
    """Show who opened the visitor's dossiers, and who came in under this name, from where and with which device."""
    cursor = visit.request.query_params.get("cursor", "")
    found = None
    if Right.FOLLOW_DOSSIER in visit.rights:
        found = await visit.spare(visit.dossiers.looks(limit=LOOKS, cursor=cursor or None), None)
    people, machines = told(await visit.identity.access_log())
    looks = folded(found.items) if found else []
    return visit.page(
        "account/access_log.html",
        looks=looks,
        known=found is not None,
        more=found.next if found else None,
        people=people,
        machines=machines,
        home=Page.START if visit.frame.site == "officer" else Page.ACCOUNT,
    )


def log_routes(prefix: str) -> APIRouter:
    """Mount the access history under a site's root."""
    mounted = APIRouter(prefix=prefix)
    mounted.get(Page.ACCESS_LOG)(access_log)
    return mounted
