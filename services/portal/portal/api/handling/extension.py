"""The one new date of a dossier: the specialist proposes it, the leader reads the letter and signs or sends back."""

from functools import partial

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, days_of, form_page, needed
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page

router = APIRouter()


async def show(template: str, visit: Visit, filled: Filled) -> Response:
    """Show the dossier's time, and what is asked."""
    handled = await visit.processing.one(visit.part("code"))
    waits = next((one for one in handled.extensions if not one.decided_at and not one.sent_back_at), None)
    return filled.page(visit, template, handled=handled, clock=clock(visit, handled), waits=waits)


async def propose(visit: Visit, form: Posted) -> Response:
    """Put the new date before the leader."""
    said: Json = {"reason": form.text("reason"), "until_on": form.text("until_on")}
    needed(visit, said, {"reason": "Ghi lý do hẹn lại", "until_on": "Ghi ngày hẹn mới"})
    said |= days_of(visit, form, {"until_on": "until_on"})
    await act(visit, "extension-proposal", {"version": form.version, **said}, form)
    return back(visit, "Đã trình lãnh đạo. Người nộp chỉ được báo khi lãnh đạo đã ký.")


async def send_back(visit: Visit, form: Posted) -> Response:
    """Send the proposal back with remarks."""
    body: Json = {"version": form.version, "remarks": form.text("remarks")}
    needed(visit, body, {"remarks": "Ghi rõ điều cần sửa"})
    await act(visit, "extension-sending-back", body, form)
    return visit.go(Page.TO_SIGN, flash="Đã trả lại đề nghị hẹn lại. Hạn cũ giữ nguyên.")


async def sign(visit: Visit, form: Posted) -> Response:
    """Sign the apology with the new date."""
    await act(visit, "extension", {"version": form.version}, form)
    return back(visit, "Đã ký phiếu xin lỗi. Người nộp được báo ngày hẹn mới và lý do.")


for page, template, save in (
    (Page.EXTEND_TIME, "handling/propose_extension.html", propose),
    (Page.SEND_EXTENSION_BACK, "handling/send_extension_back.html", send_back),
    (Page.SIGN_EXTENSION, "handling/sign_extension.html", sign),
):
    form_page(router, page, FormFlow(partial(show, template), save, also=FORBIDDEN), officer)
