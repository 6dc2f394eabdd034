"""The account is in somebody else's hands: one button ends everything."""

from fastapi import APIRouter, Response

from portal.adapters.tokens import close as forget_tokens
from portal.api.form_page import Filled, FormFlow, form_page
from portal.api.forms import Posted
from portal.api.visit import Visit, citizen
from portal.domain.addresses import Page


async def ask(visit: Visit, filled: Filled) -> Response:
    """Say what happens, and ask for nothing but the button."""
    return filled.page(visit, "account/lost.html", home=_home(visit))


async def secure(visit: Visit, _form: Posted) -> Response:
    """End every sign-in and void the password; the visitor is signed out."""
    officer = visit.frame.site == "officer"
    await visit.identity.report_lost()
    forget_tokens(visit.session)
    if officer:
        return visit.go(
            Page.SIGN_IN,
            flash="Mọi phiên đã kết thúc. Người quản trị của cơ quan sẽ cấp lại mật khẩu cho bạn.",
        )
    return visit.go(Page.FORGOTTEN, flash="Mọi phiên đã kết thúc. Hãy đặt mật khẩu mới bằng mã gửi qua thư.")


def _home(visit: Visit) -> Page | str:
    return Page.START if visit.frame.site == "officer" else Page.ACCOUNT


def routes(prefix: str) -> APIRouter:
    """Mount the page under a site's root."""
    mounted = APIRouter(prefix=prefix)
    form_page(mounted, Page.LOST, FormFlow(ask, secure), citizen)
    return mounted
