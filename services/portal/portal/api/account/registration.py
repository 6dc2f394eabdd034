"""Open an account: the questions, then the one-time code."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.account.passwords import REFUSED, wrong
from portal.api.account.sign_in import welcome
from portal.api.forms import PostedDep
from portal.api.visit import FormError, Visit, VisitDep
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
FIELDS = ("kind", "organisation_name", "tax_code", "full_name", "id_number", "phone", "email")


@router.get(Page.REGISTER)
async def ask(visit: VisitDep) -> Response:
    """Show the registration form."""
    return await _page(visit, {}, [])


@router.post(Page.REGISTER)
async def register(visit: VisitDep, form: PostedDep) -> Response:
    """Send the registration and ask for the code."""
    body: Json = {**form.filled(FIELDS), "password": str(form.form.get("password", ""))}
    body["declaration_accepted"] = form.text("declaration_accepted") == "true"
    body["declaration_version"] = form.text("declaration_version") or None
    missing = _missing(visit, body)
    if missing:
        return await _page(visit, form.typed(), missing)
    try:
        begun = await visit.identity.register(body, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED and refusal.code != "local-sign-up-disabled":
            raise
        return await _page(visit, form.typed(), visit.problems(refusal))
    visit.session.notes[f"sent:{begun['registration_id']}"] = str(begun.get("sent_to", ""))
    visit.session.changed = True
    return visit.go(Page.REGISTRATION, registration=begun["registration_id"])


def _missing(visit: Visit, body: Json) -> list[FormError]:
    asked = {f.name: f.label for f in account_forms.registration(visit.say, body, {}) if f.required}
    return [
        FormError(name, visit.say("Nhập: {label}", label=label))
        for name, label in asked.items()
        if not body.get(name)
    ]


async def _page(visit: Visit, typed: dict[str, str], errors: list[FormError]) -> Response:
    fields = account_forms.registration(visit.say, typed, wrong(errors))
    declaration = await visit.identity.declaration()
    return visit.page(
        "account/register.html",
        status=422 if errors else 200,
        errors=errors,
        fields=fields,
        declaration=declaration,
        agreed=typed.get("declaration_accepted") == "true",
        declaration_error=wrong(errors).get("declaration_accepted", ""),
    )


@router.get(Page.REGISTRATION)
async def ask_code(visit: VisitDep, registration: str) -> Response:
    """Ask for the one-time code."""
    return _code_page(visit, registration, {}, [])


@router.post(Page.REGISTRATION)
async def verify(visit: VisitDep, registration: str, form: PostedDep) -> Response:
    """Check the code; the new account is signed in at once."""
    try:
        tokens = await visit.identity.verify(registration, form.text("code"), form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED:
            raise
        return _code_page(visit, registration, form.typed(), visit.problems(refusal))
    await welcome(visit, tokens)
    return visit.go(Page.HOME, flash="Tài khoản đã sẵn sàng. Bạn đã đăng nhập.")


@router.post(Page.CODE_AGAIN)
async def resend(visit: VisitDep, registration: str, form: PostedDep) -> Response:
    """Send another code."""
    try:
        await visit.identity.resend(registration, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED:
            raise
        return _code_page(visit, registration, {}, visit.problems(refusal))
    return visit.go(Page.REGISTRATION, registration=registration, flash="Đã gửi mã mới.")


def _code_page(visit: Visit, registration: str, typed: dict[str, str], errors: list[FormError]) -> Response:
    field = account_forms.code(visit.say, wrong(errors), typed)
    sent_to = visit.session.notes.get(f"sent:{registration}", "")
    status = 422 if errors else 200
    return visit.page(
        "account/code.html",
        status=status,
        errors=errors,
        field=field,
        registration=registration,
        sent_to=sent_to,
    )
