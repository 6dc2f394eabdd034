"""A leader's word on a further supplement request: see what was asked and answered, then allow it with the ground."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.desk.outcomes import act, missing, page
from portal.api.forms import PostedDep
from portal.api.visit import OfficerDep
from portal.domain.addresses import Page

router = APIRouter()


@router.get(Page.ALLOW_SUPPLEMENT)
async def ask_ground(visit: OfficerDep, code: str) -> Response:
    """Show what was asked and answered so far, and ask for the ground."""
    return await page(visit, "allow_supplement", code, [])


@router.post(Page.ALLOW_SUPPLEMENT)
async def allow(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Record that a leader stands behind the next request; the desk then sends it."""
    body: Json = {"ground": form.text("ground")}
    errors = missing(visit, body, {"ground": "Nêu lý do bạn đồng ý"})
    errors = errors or await act(visit, code, "supplement-approval", body, form)
    if errors:
        return await page(visit, "allow_supplement", code, errors, form.typed())
    return visit.go(
        Page.DESK_DOSSIER,
        code=code,
        flash="Đã ghi nhận ý kiến đồng ý. Cán bộ một cửa gửi được yêu cầu bổ sung lần nữa.",
    )
