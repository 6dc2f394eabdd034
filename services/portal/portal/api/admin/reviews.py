"""The periodic review: accounts with rights that nobody used are disabled, or kept with a reason."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.api.admin.papers import papers
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, form_page, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page

router = APIRouter()
GRANTS = officer_with(Right.GRANT_RIGHTS)
KEEP = "keep-"


async def show(visit: Visit, filled: Filled) -> Response:
    """Show who did not use the account, and the earlier reports."""
    return filled.page(visit, "admin/usage_review.html", told=await papers(visit).review())


async def confirm(visit: Visit, form: Posted) -> Response:
    """Confirm the list as it was shown."""
    shown = form.texts("officers")
    kept = {one: reason for one in shown if (reason := form.text(KEEP + one))}
    await papers(visit).confirm({"officers": shown, "kept": kept}, form.key)
    return visit.go(Page.USAGE_REVIEW, flash="Đã xác nhận đợt rà soát; báo cáo được lưu.")


form_page(router, Page.USAGE_REVIEW, FormFlow(show, confirm, told_at(""), frozenset((403, 429))), GRANTS)
