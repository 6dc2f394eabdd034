"""The visitor's vault: the papers kept, who used them, one of them or all to take home."""

from fastapi import APIRouter, Response

from portal.adapters.vault import Vault
from portal.api.forms import PostedDep
from portal.api.relayed import relay_file
from portal.api.visit import CitizenDep
from portal.domain.addresses import Page

router = APIRouter()


@router.get(Page.VAULT)
async def show(visit: CitizenDep) -> Response:
    """Show what is kept and each use of it; where the province keeps nothing, say so."""
    papers = await visit.found(Vault(visit.link("intake")).mine())
    return visit.page("account/vault.html", papers=papers or (), kept=papers is not None)


@router.get(Page.VAULT_EXPORT)
async def export(visit: CitizenDep) -> Response:
    """Hand everything out as one file."""
    return relay_file(visit, await Vault(visit.link("intake")).export())


@router.get(Page.VAULT_FILE)
async def file(visit: CitizenDep, paper: str, number: str) -> Response:
    """Hand one file out."""
    return relay_file(visit, await Vault(visit.link("intake")).file(paper, number))


@router.post(Page.VAULT_OFFERING)
async def offer(visit: CitizenDep, paper: str, form: PostedDep) -> Response:
    """Take a paper out of what forms offer, or put it back."""
    offered = form.text("offered") == "true"
    await Vault(visit.link("intake")).offer(paper, offered, form.key)
    said = "Giấy tờ được dùng lại như trước." if offered else "Giấy tờ này sẽ không được gợi ý dùng lại nữa."
    return visit.go(Page.VAULT, flash=said)
