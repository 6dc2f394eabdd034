"""Closing one's account: what goes, what stays and why; and keeping it after all."""

from fastapi import APIRouter, Response
from regulation.retention import RULES, Fate
from regulation.text import Lang

from portal.adapters.tokens import close as forget_tokens
from portal.api.account.registration import REFUSED
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()


async def ask(visit: Visit, filled: Filled) -> Response:
    """Say what goes, what stays and why, and ask for the password."""
    standing = await visit.identity.standing()
    if standing.closing_at:
        return visit.go(Page.ACCOUNT)
    lang: Lang = "en" if visit.lang == "en" else "vi"
    goes = [rule.said(lang) for rule in RULES.values() if rule.fate is not Fate.KEPT]
    stays = [rule.said(lang) for rule in RULES.values() if rule.fate is Fate.KEPT]
    fields = [account_forms.own_password(visit.say, filled.wrong)]
    told = {"standing": standing, "goes": goes, "stays": stays}
    return filled.page(visit, "account/close.html", fields=fields, **told)


async def close(visit: Visit, form: Posted) -> Response:
    """Close the account; the visitor is signed out everywhere."""
    password = str(form.form.get("password", ""))
    needed(visit, {"password": password}, {"password": "Nhập mật khẩu"})
    await visit.identity.close(password)
    forget_tokens(visit.session)
    return visit.go(
        Page.HOME, flash="Tài khoản của bạn đang được đóng. Chúng tôi đã gửi thư nói cách giữ lại."
    )


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the account, with what could not be done."""
    return visit.page(
        "account/profile.html",
        status=422,
        errors=filled.errors,
        me=await visit.identity.me(),
        standing=await visit.identity.standing(),
    )


async def keep(visit: Visit, form: Posted) -> Response:
    """Keep the account after all; the visitor signs in anew."""
    await visit.identity.keep()
    forget_tokens(visit.session)
    return visit.go(Page.SIGN_IN, flash="Tài khoản được giữ lại. Hãy đăng nhập lại.")


form_page(router, Page.CLOSE_ACCOUNT, FormFlow(ask, close, also=REFUSED))
sends(router, Page.KEEP_ACCOUNT, FormFlow(show, keep))
