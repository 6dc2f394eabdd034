"""Keeping people, dossiers and questions by decision: propose, let a second person judge, propose the end."""

from functools import partial

from fastapi import APIRouter, Response

from portal.adapters.holds import Holds
from portal.api.form_page import Filled, FormFlow, day_typed, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 404, 409, 429))
DECISION = {"decision_number": "Nhập số quyết định", "ground": "Ghi lý do"}
ASKED = {
    "kind": "Chọn loại dữ liệu",
    "subject": "Ghi số định danh, mã hồ sơ hoặc số câu hỏi",
    **DECISION,
    "until_on": "Nhập ngày xem lại",
}


def holds(visit: Visit) -> Holds:
    """Give the holds on behalf of a visitor."""
    return Holds(visit.link("identity"))


@router.get(Page.HOLDS)
async def listed(visit: OfficerDep) -> Response:
    """List what is kept, what waits and what has ended."""
    return visit.page("admin/holds.html", rows=await holds(visit).all())


async def ask_new(visit: Visit, filled: Filled) -> Response:
    """Ask what is kept, by which decision, why, and when somebody looks at it again."""
    fields = account_forms.hold(visit.say, filled.typed, filled.wrong)
    return filled.page(visit, "admin/new_hold.html", fields=fields)


async def propose(visit: Visit, form: Posted) -> Response:
    """Keep it."""
    body = {name: form.text(name) for name in ASKED}
    needed(visit, body, ASKED)
    await holds(visit).propose({**body, "until_on": day_typed(visit, "until_on", body["until_on"])})
    return visit.go(Page.HOLDS, flash="Đã giữ lại từ bây giờ. Người thứ hai phải xác nhận.")


async def ask(deed: str, visit: Visit, filled: Filled) -> Response:
    """Show one hold and the question; what is decided leads back to the list."""
    rows = await holds(visit).all()
    found = next((one for one in rows if one.id == visit.part("hold")), None)
    if found is None or deed not in found.actions:
        return visit.go(Page.HOLDS, flash="Việc này không còn chờ bạn.")
    fields = account_forms.hold_release(visit.say, filled.typed, filled.wrong) if deed == "release" else []
    return filled.page(visit, "admin/hold.html", h=found, deed=deed, fields=fields)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Confirm what waits."""
    await holds(visit).confirm(visit.part("hold"))
    return visit.go(Page.HOLDS, flash="Đã xác nhận.")


async def refuse(visit: Visit, form: Posted) -> Response:
    """Refuse what waits."""
    await holds(visit).refuse(visit.part("hold"))
    return visit.go(Page.HOLDS, flash="Đã ghi không xác nhận.")


async def release(visit: Visit, form: Posted) -> Response:
    """Propose to let go."""
    body = {name: form.text(name) for name in DECISION}
    needed(visit, body, DECISION)
    await holds(visit).release(visit.part("hold"), body)
    return visit.go(
        Page.HOLDS, flash="Đã ghi đề nghị thôi giữ. Dữ liệu vẫn được giữ đến khi người thứ hai xác nhận."
    )


form_page(router, Page.NEW_HOLD, FormFlow(ask_new, propose, also=REFUSED), officer)
for page, deed, save in (
    (Page.CONFIRM_HOLD, "confirmation", confirm),
    (Page.REFUSE_HOLD, "refusal", refuse),
    (Page.RELEASE_HOLD, "release", release),
):
    form_page(router, page, FormFlow(partial(ask, deed), save, told_as({}), also=REFUSED), officer)
