"""Change a password one knows; reset one that is lost."""

from fastapi import APIRouter, Response

from portal.adapters.tokens import fill
from portal.api.account.registration import REFUSED
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends, told_as
from portal.api.forms import Posted
from portal.api.visit import Visit, VisitDep, citizen, visit
from portal.domain import account_forms
from portal.domain.addresses import Page
from portal.domain.fields import Field

router = APIRouter()


async def show_change(visit: Visit, filled: Filled) -> Response:
    """Ask for the old and the new password."""
    fields = account_forms.change_password(visit.say, filled.wrong)
    aged = visit.session.change_due == "enforce"
    forced = visit.session.must_change_password
    return filled.page(visit, "account/change_password.html", fields=fields, forced=forced, aged=aged)


async def change(visit: Visit, form: Posted) -> Response:
    """Replace the password; other sign-ins end."""
    current, new = str(form.form.get("current", "")), str(form.form.get("new", ""))
    tokens = await visit.identity.change_password(current, new)
    fill(visit.session, tokens, visit.built.clock())
    return visit.go(visit.start, flash="Đã đổi mật khẩu.")


def routes(prefix: str) -> APIRouter:
    """Mount the change of a password under a site's root."""
    mounted = APIRouter(prefix=prefix)
    names = told_as({"password": "new", "new": "new", "current": "current"})
    form_page(mounted, Page.PASSWORD, FormFlow(show_change, change, names, REFUSED), citizen)
    return mounted


async def show_forgotten(visit: Visit, filled: Filled) -> Response:
    """Ask for the sign-in name whose password is lost."""
    field = Field(
        "login",
        visit.say("Thư điện tử, số điện thoại hoặc số định danh"),
        value=filled.typed.get("login", ""),
        error=filled.wrong.get("login", ""),
        autocomplete="username",
    )
    return filled.page(visit, "account/forgotten.html", fields=[field], reset="")


async def send_code(visit: Visit, form: Posted) -> Response:
    """Send a code; the page is the same whether the name exists or not."""
    login = form.text("login")
    needed(visit, {"login": login}, {"login": "Nhập thư điện tử, số điện thoại hoặc số định danh"})
    return await _begun(visit, login, form.key, "")


async def _begun(visit: Visit, login: str, key: str, told: str) -> Response:
    """Have a code sent, and remember in the sealed session to whom another one may go."""
    begun = await visit.identity.ask_reset(login, key)
    visit.session.note("reset", begun.reset_id, login)
    return visit.go(Page.RESET, flash=told, reset=begun.reset_id)


async def send_again(visit: Visit, form: Posted) -> Response:
    """Send another code; what is no longer remembered is asked again."""
    login = visit.session.notes.pop(f"reset:{visit.part('reset')}", "")
    if not login:
        return visit.go(Page.FORGOTTEN)
    return await _begun(
        visit, login, form.key, "Nếu tên này có tài khoản, một mã mới vừa được gửi; mã cũ hết hiệu lực."
    )


async def show_reset(visit: Visit, filled: Filled) -> Response:
    """Ask for the code and a new password."""
    code = account_forms.code(visit.say, filled.wrong, filled.typed)
    fields = [code, account_forms.password(visit.say)]
    reset = visit.part("reset")
    again = f"reset:{reset}" in visit.session.notes
    return filled.page(visit, "account/forgotten.html", fields=fields, reset=reset, again=again)


async def reset_password(visit: Visit, form: Posted) -> Response:
    """Set the new password."""
    password = str(form.form.get("password", ""))
    await visit.identity.confirm_reset(visit.part("reset"), form.text("code"), password, form.key)
    visit.session.notes.pop(f"reset:{visit.part('reset')}", None)
    return visit.go(Page.SIGN_IN, flash="Đã đặt mật khẩu mới. Hãy đăng nhập.")


form_page(router, Page.FORGOTTEN, FormFlow(show_forgotten, send_code, also=REFUSED), visit)
form_page(router, Page.RESET, FormFlow(show_reset, reset_password, also=REFUSED), visit)
sends(router, Page.RESET_AGAIN, FormFlow(show_reset, send_again, also=REFUSED), visit)


@router.get(Page.LETTER_RESET)
async def letter_address(visit: VisitDep) -> Response:
    """Lead the address named in letters to the page."""
    return visit.go(Page.FORGOTTEN)
