"""Passkeys of officers: list, add, show and remove them; only the browser's own part of it needs JavaScript."""

from answers.identity import PasskeyOut
from fastapi import APIRouter, Response

from portal.adapters.tokens import fill
from portal.api.account import factor
from portal.api.account.sign_in import safe_target
from portal.api.form_page import Filled, FormFlow, for_script, form_page, needed, sends, told_as, told_at
from portal.api.forms import Posted, PostedDep
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()


async def listed(visit: Visit, filled: Filled) -> Response:
    """List one's passkeys, and ask for the name of another one."""
    fields = [account_forms.passkey(visit.say, filled.typed, filled.wrong)]
    held = (await visit.identity.passkeys()).items
    return filled.page(visit, "account/passkeys.html", fields=fields, held=held)


async def add(visit: Visit, form: Posted) -> Response:
    """Add the passkey that the browser made; the first factor brings the recovery codes."""
    name = form.text("name")
    needed(visit, {"name": name}, {"name": "Đặt tên cho khóa"})
    confirmed = await visit.identity.add_passkey(name, form.text("credential"))
    fill(visit.session, confirmed.tokens, visit.built.clock())
    if confirmed.recovery_codes:
        return visit.page("account/recovery_codes.html", codes=confirmed.recovery_codes)
    return visit.go(Page.PASSKEYS, flash="Đã thêm khóa truy cập.")


async def prove(visit: Visit, form: Posted) -> Response:
    """Show a passkey and go on to what it was asked for."""
    tokens = await visit.identity.prove_passkey(form.text("credential"))
    fill(visit.session, tokens, visit.built.clock())
    target = safe_target(form.text("tiep"), visit.frame.site)
    return visit.go(target, flash="Đã xác thực hai bước. Bạn có thể tiếp tục.")


async def ask_removal(visit: Visit, filled: Filled) -> Response:
    """Ask whether to remove a passkey; one that is gone already leads to the list."""
    found = await _found(visit)
    if found is None:
        return visit.go(Page.PASSKEYS)
    return filled.page(visit, "account/remove_passkey.html", passkey=found)


async def remove(visit: Visit, form: Posted) -> Response:
    """Remove it."""
    await visit.identity.remove_passkey(visit.part("passkey"))
    return visit.go(Page.PASSKEYS, flash="Đã gỡ khóa truy cập.")


async def _found(visit: Visit) -> PasskeyOut | None:
    held = (await visit.identity.passkeys()).items
    return next((one for one in held if one.id == visit.part("passkey")), None)


@router.post(Page.OFFER_PASSKEY)
async def offer(visit: OfficerDep, form: PostedDep) -> Response:
    """Give what the browser makes a passkey with."""
    return await for_script(visit, visit.identity.offer_passkey(), Page.PASSKEYS)


@router.post(Page.ASK_PASSKEY)
async def ask(visit: OfficerDep, form: PostedDep) -> Response:
    """Give what the browser shows a passkey with."""
    return await for_script(visit, visit.identity.ask_passkey(), Page.FACTOR)


ADDING = told_as({"credential": ""})
form_page(router, Page.PASSKEYS, FormFlow(listed, add, ADDING, factor.REFUSED), officer)
sends(router, Page.SHOW_PASSKEY, FormFlow(factor.show, prove, told_at(""), factor.REFUSED), officer)
form_page(router, Page.REMOVE_PASSKEY, FormFlow(ask_removal, remove, told_at(""), factor.REFUSED), officer)
