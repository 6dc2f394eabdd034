"""Suspending accounts by decision: propose, let a second person confirm, end."""

from functools import partial

from fastapi import APIRouter, Response

from portal.adapters.suspensions import Suspensions
from portal.api.form_page import Filled, FormFlow, day_typed, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 404, 429))
ASKED = {
    "who": "Nhập số định danh, số điện thoại hoặc thư điện tử",
    "decision_number": "Nhập số quyết định",
    "ground": "Ghi lý do",
    "appeal": "Ghi nơi và cách khiếu nại",
    "until_on": "Nhập ngày cuối",
}


def suspensions(visit: Visit) -> Suspensions:
    """Give the suspensions on behalf of a visitor."""
    return Suspensions(visit.link("identity"))


@router.get(Page.SUSPENSIONS)
async def listed(visit: OfficerDep) -> Response:
    """List what waits and what is in force."""
    return visit.page("admin/suspensions.html", rows=await suspensions(visit).all())


async def ask_new(visit: Visit, filled: Filled) -> Response:
    """Ask whose account, by which decision, why, until when, and where to appeal."""
    fields = account_forms.suspension(visit.say, filled.typed, filled.wrong)
    return filled.page(visit, "admin/new_suspension.html", fields=fields)


async def propose(visit: Visit, form: Posted) -> Response:
    """Propose it."""
    body = {name: form.text(name) for name in ASKED}
    needed(visit, body, ASKED)
    await suspensions(visit).propose({**body, "until_on": day_typed(visit, "until_on", body["until_on"])})
    return visit.go(Page.SUSPENSIONS, flash="Đã ghi đề nghị. Người thứ hai phải xác nhận.")


async def ask(deed: str, visit: Visit, filled: Filled) -> Response:
    """Show one suspension and the question; what is decided leads back to the list."""
    rows = await suspensions(visit).all()
    found = next((one for one in rows if one.id == visit.part("suspension")), None)
    if found is None or deed not in found.actions:
        return visit.go(Page.SUSPENSIONS, flash="Việc này không còn chờ bạn.")
    reason = filled.typed.get("reason", "")
    return filled.page(visit, "admin/suspension.html", s=found, deed=deed, reason=reason)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Let it count."""
    await suspensions(visit).confirm(visit.part("suspension"))
    return visit.go(Page.SUSPENSIONS, flash="Đã xác nhận. Tài khoản chỉ còn được xem, người đó được báo tin.")


async def end(visit: Visit, form: Posted) -> Response:
    """Refuse or lift it, and say why."""
    reason = form.text("reason")
    needed(visit, {"reason": reason}, {"reason": "Ghi lý do"})
    await suspensions(visit).end(visit.part("suspension"), reason)
    return visit.go(Page.SUSPENSIONS, flash="Đã chấm dứt việc tạm ngừng.")


form_page(router, Page.NEW_SUSPENSION, FormFlow(ask_new, propose, also=REFUSED), officer)
for page, deed, save in (
    (Page.CONFIRM_SUSPENSION, "confirmation", confirm),
    (Page.END_SUSPENSION, "ending", end),
):
    form_page(router, page, FormFlow(partial(ask, deed), save, told_as({}), also=REFUSED), officer)
