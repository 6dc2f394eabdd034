"""The leader's word on a proposal: send it back, approve it, sign and release it, take a wrong result back."""

from functools import partial

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page

router = APIRouter()


async def show(template: str, visit: Visit, filled: Filled) -> Response:
    """Show the proposal, the document and the question."""
    handled = await visit.processing.one(visit.part("code"))
    return filled.page(
        visit,
        template,
        handled=handled,
        remarks=filled.typed.get("remarks", ""),
        clock=clock(visit, handled),
    )


def remarked(form: Posted) -> Json:
    """Read the version and the leader's remarks."""
    return {"version": form.version, "remarks": form.text("remarks")}


async def send_back(visit: Visit, form: Posted) -> Response:
    """Send the dossier back with remarks."""
    needed(visit, remarked(form), {"remarks": "Ghi rõ điều cần sửa"})
    await act(visit, "sending-back", remarked(form), form)
    return visit.go(Page.TO_SIGN, flash="Đã trả lại cho chuyên viên kèm ý kiến.")


async def send_revocation_back(visit: Visit, form: Posted) -> Response:
    """Send the proposal about an issued result back with remarks."""
    needed(visit, remarked(form), {"remarks": "Ghi rõ điều cần sửa"})
    await act(visit, "revocation-sending-back", remarked(form), form)
    return visit.go(Page.TO_SIGN, flash="Đã trả lại cho chuyên viên kèm ý kiến. Kết quả vẫn có giá trị.")


async def approve(visit: Visit, form: Posted) -> Response:
    """Approve the proposal; where a signature follows, go on to it."""
    await act(visit, "approval", remarked(form), form)
    return back(visit, "Đã duyệt.")


async def sign(visit: Visit, form: Posted) -> Response:
    """Sign and release the result."""
    await act(visit, "signature", {"version": form.version}, form)
    return back(visit, "Đã ký số. Kết quả đã phát hành cho người nộp.")


async def sign_revocation(visit: Visit, form: Posted) -> Response:
    """Sign the decision that takes the result back or puts another in its place."""
    await act(visit, "revocation", {"version": form.version}, form)
    return back(visit, "Đã ký số. Kết quả cũ hết giá trị, người nộp được thông báo.")


for page, template, save in (
    (Page.SEND_BACK, "handling/send_back.html", send_back),
    (Page.APPROVE, "handling/approve.html", approve),
    (Page.SIGN, "handling/sign.html", sign),
    (Page.SEND_REVOCATION_BACK, "handling/send_revocation_back.html", send_revocation_back),
    (Page.SIGN_REVOCATION, "handling/sign_revocation.html", sign_revocation),
):
    form_page(router, page, FormFlow(partial(show, template), save, also=FORBIDDEN), officer)
