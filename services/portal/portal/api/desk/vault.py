"""What the vault of a dossier's applicant holds, and what stands on the papers kept from this dossier."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.vault import Vault
from portal.api.desk.dossier import clock
from portal.api.form_page import Filled, FormFlow, days_of, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
DAYS = ("issued_on", "expires_on")


async def show(visit: Visit, filled: Filled) -> Response:
    """Show what is held; nothing where the province keeps no vault."""
    dossier = await visit.dossiers.one(visit.part("code"))
    held = await visit.spare(Vault(visit.link("intake")).offers("desk/dossiers", dossier.code), ())
    mended = visit.request.path_params.get("paper", "")
    return filled.page(
        visit,
        "desk/vault.html",
        dossier=dossier,
        clock=clock(visit, dossier),
        held=held,
        mended=mended if filled.errors else "",
    )


async def describe(visit: Visit, form: Posted) -> Response:
    """Write down number, issuer and dates of a paper."""
    body: Json = {"number": form.text("number"), "issuer": form.text("issuer")}
    asked = {name: f"{name}-{visit.part('paper')}" for name in DAYS if form.text(name)}
    body |= dict.fromkeys(DAYS) | days_of(visit, form, asked)
    body["lasting"] = form.text("lasting") == "true"
    code, paper = visit.part("code"), visit.part("paper")
    await Vault(visit.link("intake")).describe(code, paper, body)
    return visit.go(Page.DESK_VAULT, code=code, flash="Đã lưu thông tin của giấy tờ.")


shows(router, Page.DESK_VAULT, show, officer)
sends(router, Page.DESK_VAULT_PAPER, FormFlow(show, describe, told_at("")), officer)
