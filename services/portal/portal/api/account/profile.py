"""The visitor's own account: what is kept, what may be corrected, who came in under this name."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.account.passwords import wrong
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
ACTIONS = {
    "registered": "Đăng ký tài khoản",
    "signed_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập không thành công",
    "signed_out": "Đăng xuất",
    "renewal_stolen": "Phiên bị dùng lại ở nơi khác – đã chặn",
    "password_changed": "Đổi mật khẩu",
    "password_reset_asked": "Yêu cầu đặt lại mật khẩu",
    "password_reset": "Đặt lại mật khẩu",
    "profile_changed": "Sửa thông tin liên hệ",
    "contact_read": "Hệ thống đọc thông tin liên hệ để gửi thông báo",
}


@router.get(Page.ACCOUNT)
async def show(visit: CitizenDep) -> Response:
    """Show the account."""
    return visit.page("account/profile.html", me=await visit.identity.me())


@router.get(Page.AMEND)
async def ask(visit: CitizenDep) -> Response:
    """Ask what to correct."""
    me = await visit.identity.me()
    typed = {name: str(me.get(name) or "") for name in ("phone", "address", "language")}
    return _form_page(visit, me, typed, [])


@router.post(Page.AMEND)
async def amend(visit: CitizenDep, form: PostedDep) -> Response:
    """Keep the corrections."""
    typed = {name: form.text(name) for name in ("phone", "address", "language")}
    body: Json = {**typed, "address": typed["address"] or None, "version": int(form.text("version") or 0)}
    try:
        await visit.identity.amend(body)
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        return _form_page(visit, await visit.identity.me(), typed, visit.problems(refusal))
    return visit.go(Page.ACCOUNT, flash="Đã lưu thay đổi.")


def _form_page(visit: Visit, me: Json, typed: dict[str, str], errors: list[FormError]) -> Response:
    fields = account_forms.profile(visit.say, typed, wrong(errors))
    status = 422 if errors else 200
    return visit.page(
        "account/amend.html", status=status, errors=errors, fields=fields, version=me["version"]
    )


@router.get(Page.ACCESS_LOG)
async def access_log(visit: CitizenDep) -> Response:
    """Show who came in under this name, from where and with which device."""
    rows = await visit.identity.access_log()
    return visit.page("account/access_log.html", rows=rows, actions=ACTIONS)
