"""What the vault of a dossier's applicant holds, and what stands on the papers kept from this dossier."""

from datetime import date

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.vault import Vault
from portal.api.desk.dossier import clock
from portal.api.form_page import Filled, FormFlow, WrongInputError, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
DAYS = ("issued_on", "expires_on")


async def show(visit: Visit, filled: Filled) -> Response:
    """Show what is held; nothing where the province keeps no vault."""
    dossier = await visit.dossiers.one(visit.part("code"))
    held = await visit.spare(Vault(visit.link("intake")).offers("desk/dossiers", dossier.code), ())
    return filled.page(visit, "desk/vault.html", dossier=dossier, clock=clock(visit, dossier), held=held)


async def describe(visit: Visit, form: Posted) -> Response:
    """Write down number, issuer and dates of a paper."""
    body: Json = {"number": form.text("number"), "issuer": form.text("issuer")}
    body |= {name: _day(visit, form, name) for name in DAYS}
    body["lasting"] = form.text("lasting") == "true"
    code, paper = visit.part("code"), visit.part("paper")
    await Vault(visit.link("intake")).describe(code, paper, body)
    return visit.go(Page.DESK_VAULT, code=code, flash="Đã lưu thông tin của giấy tờ.")


def _day(visit: Visit, form: Posted, name: str) -> str | None:
    """Read a day. Raises: WrongInputError."""
    try:
        return date.fromisoformat(form.text(name)).isoformat() if form.text(name) else None
    except ValueError:
        place = f"{name}-{visit.part('paper')}"
        raise WrongInputError(FormError(place, visit.say("Nhập ngày đúng dạng"))) from None


shows(router, Page.DESK_VAULT, show, officer)
sends(router, Page.DESK_VAULT_PAPER, FormFlow(show, describe, told_at("")), officer)
