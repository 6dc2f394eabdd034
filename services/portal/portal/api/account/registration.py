"""Open an account: the questions, then the one-time code."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.account.sign_in import safe_target, welcome
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, sends
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, visit
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
FIELDS = ("kind", "organisation_name", "tax_code", "full_name", "id_number", "phone", "email")
REFUSED = frozenset((401, 403, 429))
"""Refusals that the account pages explain beside the usual ones."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the registration form."""
    return filled.page(
        visit,
        "account/register.html",
        fields=account_forms.registration(visit.say, filled.typed, filled.wrong),
        next_path=visit.request.query_params.get("tiep", "") or filled.typed.get("tiep", ""),
        declaration=await visit.identity.declaration(),
        terms=await visit.identity.terms(),
        agreed=filled.typed.get("declaration_accepted") == "true",
        declaration_error=filled.wrong.get("declaration_accepted", ""),
    )


async def register(visit: Visit, form: Posted) -> Response:
    """Send the registration and ask for the code."""
    body: Json = {**form.filled(FIELDS), "password": str(form.form.get("password", ""))}
    body["declaration_accepted"] = form.text("declaration_accepted") == "true"
    body["terms_version"] = form.text("terms_version") or None
    body["declaration_version"] = form.text("declaration_version") or None
    asked = {f.name: f.label for f in account_forms.registration(visit.say, body, {}) if f.required}
    missing = [
        FormError(name, visit.say("Nhập: {label}", label=label))
        for name, label in asked.items()
        if not body.get(name)
    ]
    if missing:
        raise WrongInputError(*missing)
    begun = await visit.identity.register(body, form.key)
    visit.session.note("sent", begun.registration_id, begun.sent_to)
    visit.session.note("next", begun.registration_id, form.text("tiep"))
    return visit.go(Page.REGISTRATION, registration=begun.registration_id)


async def show_code(visit: Visit, filled: Filled) -> Response:
    """Ask for the one-time code."""
    registration = visit.part("registration")
    return filled.page(
        visit,
        "account/code.html",
        field=account_forms.code(visit.say, filled.wrong, filled.typed),
        registration=registration,
        sent_to=visit.session.notes.get(f"sent:{registration}", ""),
    )


async def verify(visit: Visit, form: Posted) -> Response:
    """Check the code; the new account is signed in at once."""
    registration = visit.part("registration")
    target = safe_target(visit.session.notes.get(f"next:{registration}", ""), visit.frame.site)
    tokens = await visit.identity.verify(registration, form.text("code"), form.key)
    await welcome(visit, tokens)
    return visit.go(target, flash="Tài khoản đã sẵn sàng. Bạn đã đăng nhập.")


async def resend(visit: Visit, form: Posted) -> Response:
    """Send another code."""
    registration = visit.part("registration")
    await visit.identity.resend(registration, form.key)
    return visit.go(Page.REGISTRATION, registration=registration, flash="Đã gửi mã mới.")


form_page(router, Page.REGISTER, FormFlow(show, register, also=REFUSED), visit)
form_page(router, Page.REGISTRATION, FormFlow(show_code, verify, also=REFUSED), visit)
sends(router, Page.CODE_AGAIN, FormFlow(show_code, resend, also=REFUSED), visit)
