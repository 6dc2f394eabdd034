"""Change a password one knows; reset one that is lost."""

from fastapi import APIRouter, Response

from portal.adapters.http import ServiceAnswerError
from portal.adapters.tokens import fill
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit, VisitDep
from portal.domain import account_forms
from portal.domain.addresses import Page, address
from portal.domain.fields import Field

REFUSED = (401, 409, 422, 429)
router = APIRouter()


def wrong(errors: list[FormError]) -> dict[str, str]:
    """Map fields to their complaint."""
    return {error.field: error.message for error in errors}


async def ask(visit: CitizenDep) -> Response:
    """Ask for the old and the new password."""
    return _change_page(visit, [])


async def change(visit: CitizenDep, form: PostedDep) -> Response:
    """Replace the password; other sign-ins end."""
    current, new = str(form.form.get("current", "")), str(form.form.get("new", ""))
    try:
        tokens = await visit.identity.change_password(current, new)
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED or refusal.code == "unauthenticated":
            raise
        names = {"password": "new", "new": "new", "current": "current"}
        errors = visit.problems(refusal, names)
        return _change_page(visit, errors)
    agency = visit.session.account.get("agency_name")
    fill(visit.session, tokens, visit.house.clock())
    if agency:
        visit.session.account["agency_name"] = agency
    return visit.go(visit.start, flash="Đã đổi mật khẩu.")


def _change_page(visit: Visit, errors: list[FormError]) -> Response:
    return visit.page(
        "account/change_password.html",
        status=422 if errors else 200,
        errors=errors,
        fields=account_forms.change_password(visit.say, wrong(errors)),
        forced=visit.session.must_change_password,
    )


def routes(prefix: str) -> APIRouter:
    """Mount the change of a password under a site's root."""
    mounted = APIRouter(prefix=prefix)
    mounted.add_api_route(Page.PASSWORD, ask, methods=["GET"])
    mounted.add_api_route(Page.PASSWORD, change, methods=["POST"])
    return mounted


@router.get(Page.FORGOTTEN)
async def forgotten(visit: VisitDep) -> Response:
    """Ask for the sign-in name whose password is lost."""
    return _login_page(visit, "", [])


@router.post(Page.FORGOTTEN)
async def send_code(visit: VisitDep, form: PostedDep) -> Response:
    """Send a code; the page is the same whether the name exists or not."""
    login = form.text("login")
    if not login:
        return _login_page(
            visit, "", [FormError("login", visit.say("Nhập thư điện tử, số điện thoại hoặc số định danh"))]
        )
    try:
        reset = await visit.identity.ask_reset(login, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED:
            raise
        return _login_page(visit, login, visit.problems(refusal))
    return visit.go(Page.RESET, reset=reset["reset_id"])


def _login_page(visit: Visit, login: str, errors: list[FormError]) -> Response:
    label = visit.say("Thư điện tử, số điện thoại hoặc số định danh")
    field = Field("login", label, value=login, error=wrong(errors).get("login", ""), autocomplete="username")
    return visit.page(
        "account/forgotten.html", status=422 if errors else 200, errors=errors, fields=[field], reset=""
    )


@router.get(Page.RESET)
async def enter_code(visit: VisitDep, reset: str) -> Response:
    """Ask for the code and a new password."""
    return _code_page(visit, reset, {}, [])


@router.post(Page.RESET)
async def reset_password(visit: VisitDep, reset: str, form: PostedDep) -> Response:
    """Set the new password."""
    try:
        await visit.identity.confirm_reset(
            reset, form.text("code"), str(form.form.get("password", "")), form.key
        )
    except ServiceAnswerError as refusal:
        if refusal.status not in REFUSED:
            raise
        return _code_page(visit, reset, form.typed(), visit.problems(refusal))
    return visit.go(Page.SIGN_IN, flash="Đã đặt mật khẩu mới. Hãy đăng nhập.")


def _code_page(visit: Visit, reset: str, typed: dict[str, str], errors: list[FormError]) -> Response:
    complaints = wrong(errors)
    secret = account_forms.password(visit.say)
    fields = [account_forms.code(visit.say, complaints, typed), secret]
    status = 422 if errors else 200
    return visit.page("account/forgotten.html", status=status, errors=errors, fields=fields, reset=reset)


@router.get(Page.LETTER_RESET)
async def letter_address(visit: VisitDep) -> Response:
    """Lead the address named in letters to the page."""
    return visit.go(Page.FORGOTTEN)


@router.get(Page.LETTER_SIGN_IN)
async def officer_letter_address(visit: VisitDep) -> Response:
    """Lead the address named in officers' letters to their sign-in."""
    return visit.go(address(Page.SIGN_IN, "officer"))
