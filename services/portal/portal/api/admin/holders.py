"""Who holds the province's posts around the suite: list them, name the next."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.http import Json
from portal.api.admin.papers import papers
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, shows
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain import paper_forms
from portal.domain.addresses import Page

router = APIRouter()
GRANTS = officer_with(Right.GRANT_RIGHTS)
ASKED = {
    "post": "Chọn vai trò",
    "body": "Nhập tên cơ quan",
    "document_number": "Nhập số văn bản",
    "from_on": "Nhập ngày đầu",
}


async def listed(visit: Visit, filled: Filled) -> Response:
    """List who holds each post, today's first."""
    return filled.page(visit, "admin/role_holders.html", told=await papers(visit).holders())


async def ask(visit: Visit, filled: Filled) -> Response:
    """Ask who holds a post, by which paper, from when."""
    fields = paper_forms.holder(visit.say, filled.typed, filled.wrong)
    return filled.page(visit, "admin/new_role_holder.html", fields=fields)


async def name(visit: Visit, form: Posted) -> Response:
    """Name a holder."""
    typed: Json = {one: form.text(one) for one in (*ASKED, "substitute", "until_on")}
    needed(visit, typed, ASKED)
    days = {one: paper_forms.day(str(typed[one])) for one in ("from_on", "until_on")}
    wrong = [
        FormError(one, visit.say("Ghi ngày như 31/12/2026"))
        for one, day in days.items()
        if typed[one] and day is None
    ]
    if wrong:
        raise WrongInputError(*wrong)
    await papers(visit).name_holder({**typed, **days}, form.key)
    return visit.go(Page.ROLE_HOLDERS, flash="Đã ghi cơ quan giữ vai trò.")


shows(router, Page.ROLE_HOLDERS, listed, GRANTS)
form_page(router, Page.NEW_ROLE_HOLDER, FormFlow(ask, name, also=frozenset((403, 429))), GRANTS)
