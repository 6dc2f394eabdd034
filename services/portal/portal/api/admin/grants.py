"""Granting: choose an officer's roles; see what waits for a second person, and confirm or refuse it."""

from functools import partial

from answers.identity import GrantProposalOut
from fastapi import APIRouter, Response

from portal.api.admin.officers import officers
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 429))


async def ask_roles(visit: Visit, filled: Filled) -> Response:
    """Show the roles that may be given, those held ticked."""
    standing = await officers(visit).standing(visit.part("officer"))
    return filled.page(visit, "admin/roles.html", standing=standing, o=standing.officer)


async def grant(visit: Visit, form: Posted) -> Response:
    """Give roles and data scope; say whether some of it waits."""
    roles = form.texts("roles")
    needed(visit, {"roles": roles}, {"roles": "Chọn ít nhất một vai trò"})
    told = await officers(visit).grant(visit.part("officer"), roles, form.text("scope"), form.version)
    waits = "Đã ghi. Quyền không ai cấp một mình chờ người thứ hai xác nhận."
    done = (
        waits
        if told.waiting_names or told.waiting_scope_label
        else "Đã đổi quyền. Người này đăng nhập lại để dùng."
    )
    return visit.go(Page.OFFICER, officer=visit.part("officer"), flash=done)


@router.get(Page.GRANTS)
async def listed(visit: OfficerDep) -> Response:
    """List the rights that wait for a second word."""
    return visit.page("admin/grants.html", waiting=await officers(visit).waiting())


async def ask(deed: str, visit: Visit, filled: Filled) -> Response:
    """Show one proposal and the question; what waits no longer leads back to the list."""
    found = await _proposal(visit)
    if found is None or deed not in found.actions:
        return visit.go(Page.GRANTS, flash="Đề nghị này không còn chờ bạn.")
    return filled.page(visit, "admin/grant.html", g=found, deed=deed, reason=filled.typed.get("reason", ""))


async def _proposal(visit: Visit) -> GrantProposalOut | None:
    waiting = await officers(visit).waiting()
    return next((one for one in waiting if one.id == visit.part("proposal")), None)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Give the right."""
    await officers(visit).decide(visit.part("proposal"), "confirmation", {})
    return visit.go(Page.GRANTS, flash="Đã xác nhận. Quyền có hiệu lực, thủ trưởng được báo tin.")


async def refuse(visit: Visit, form: Posted) -> Response:
    """Refuse the right, and say why."""
    reason = form.text("reason")
    needed(visit, {"reason": reason}, {"reason": "Ghi lý do"})
    await officers(visit).decide(visit.part("proposal"), "refusal", {"reason": reason})
    return visit.go(Page.GRANTS, flash="Đã từ chối. Không có quyền nào được cấp.")


form_page(router, Page.OFFICER_ROLES, FormFlow(ask_roles, grant, told_as({}), also=REFUSED), officer)
for page, deed, save in (
    (Page.CONFIRM_GRANT, "confirmation", confirm),
    (Page.REFUSE_GRANT, "refusal", refuse),
):
    form_page(router, page, FormFlow(partial(ask, deed), save, told_as({}), also=REFUSED), officer)
