"""Many officers from a table: looked at first, imported when somebody says so with the same file."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.api.admin.papers import papers
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, file_part, form_page, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page

router = APIRouter()
GRANTS = officer_with(Right.GRANT_RIGHTS)
COLUMNS = {
    "login": "Tên đăng nhập",
    "full_name": "Họ và tên",
    "id_number": "Số định danh",
    "email": "Thư điện tử",
    "phone": "Điện thoại",
    "agency": "Mã cơ quan",
    "unit": "Bộ phận",
    "roles": "Vai trò",
    "scope": "Phạm vi",
}


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the table, and say what its columns are called."""
    return filled.page(visit, "admin/import_officers.html", told=None, columns=COLUMNS)


async def bring(visit: Visit, form: Posted) -> Response:
    """Check the table and show what it says; with the mark of a checked one, import it."""
    table = await file_part(visit, form, "file")
    body = {"mark": form.text("mark"), "skip_wrong": form.text("skip_wrong") or "false"}
    told = await papers(visit).bring(table, body, form.key)
    if told.made:
        words = "Đã tạo {n} tài khoản. Mật khẩu đầu được gửi dần vào thư điện tử từng người."
        visit.session.flash, visit.session.changed = visit.say(words, n=told.good_count), True
        return visit.go(Page.OFFICERS)
    return visit.page("admin/import_officers.html", told=told, columns=COLUMNS, typed={}, wrong={})


form_page(router, Page.IMPORT_OFFICERS, FormFlow(show, bring, told_at("file"), frozenset((403, 429))), GRANTS)
