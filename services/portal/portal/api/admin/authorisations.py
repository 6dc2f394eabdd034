"""Which procedures an officer settles at the desk: by which decision, from when to when, withdrawn or not."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.authorisations import Authorisations
from portal.api.admin.officers import officers
from portal.api.entitled import officer_with
from portal.api.form_page import (
    Filled,
    FormFlow,
    WrongInputError,
    day_typed,
    form_page,
    needed,
    shows,
    told_as,
)
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 404, 429))
GRANTS = officer_with(Right.GRANT_RIGHTS)
ASKED = {
    "decision_number": "Nhập số quyết định",
    "procedures": "Nhập mã các thủ tục",
    "from_on": "Nhập ngày đầu",
    "until_on": "Nhập ngày cuối",
}


def authorisations(visit: Visit) -> Authorisations:
    """Give the authorisations on behalf of a visitor."""
    return Authorisations(visit.link("identity"))


async def listed(visit: Visit, filled: Filled) -> Response:
    """List an officer's authorisations."""
    who = visit.part("officer")
    told = await authorisations(visit).of(who)
    return filled.page(visit, "admin/authorisations.html", o=await officers(visit).one(who), told=told)


async def ask(visit: Visit, filled: Filled) -> Response:
    """Ask by which decision, which procedures, and how long."""
    fields = account_forms.authorisation(visit.say, filled.typed, filled.wrong)
    found = await officers(visit).one(visit.part("officer"))
    return filled.page(visit, "admin/new_authorisation.html", fields=fields, o=found)


async def give(visit: Visit, form: Posted) -> Response:
    """Write the decision down."""
    body = {name: form.text(name) for name in ASKED}
    needed(visit, body, ASKED)
    codes = list(dict.fromkeys(body["procedures"].replace(",", " ").replace(";", " ").split()))
    for code in codes:
        if await visit.found(visit.catalog.procedure(code)) is None:
            raise WrongInputError(
                FormError("procedures", visit.say("Không có thủ tục mang mã {code}", code=code))
            )
    days = {name: day_typed(visit, name, body[name]) for name in ("from_on", "until_on")}
    who = visit.part("officer")
    told = {"decision_number": body["decision_number"], "procedures": codes, **days}
    await authorisations(visit).give(who, told, form.key)
    return visit.go(Page.AUTHORISATIONS, officer=who, flash="Đã ghi quyết định ủy quyền.")


async def ask_withdrawal(visit: Visit, filled: Filled) -> Response:
    """Show one authorisation and ask why it is withdrawn."""
    who, wanted = visit.part("officer"), visit.part("authorisation")
    told = await authorisations(visit).of(who)
    found = next((one for one in told.items if one.id == wanted and one.withdrawn_at is None), None)
    if found is None:
        return visit.go(Page.AUTHORISATIONS, officer=who, flash="Ủy quyền này đã được rút.")
    reason = filled.typed.get("reason", "")
    found_officer = await officers(visit).one(who)
    return filled.page(visit, "admin/withdraw_authorisation.html", a=found, o=found_officer, reason=reason)


async def withdraw(visit: Visit, form: Posted) -> Response:
    """Withdraw it."""
    who, reason = visit.part("officer"), form.text("reason")
    needed(visit, {"reason": reason}, {"reason": "Ghi lý do"})
    await authorisations(visit).withdraw(who, visit.part("authorisation"), reason)
    return visit.go(Page.AUTHORISATIONS, officer=who, flash="Ủy quyền này đã được rút.")


shows(router, Page.AUTHORISATIONS, listed, GRANTS)
form_page(router, Page.NEW_AUTHORISATION, FormFlow(ask, give, also=REFUSED), GRANTS)
form_page(
    router,
    Page.WITHDRAW_AUTHORISATION,
    FormFlow(ask_withdrawal, withdraw, told_as({}), also=REFUSED),
    GRANTS,
)
