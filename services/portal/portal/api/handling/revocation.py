"""The specialist proposes that a wrong result is taken back, or that another takes its place."""

from answers.processing import DossierOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock
from portal.api.handling.lines import line_fields, told, typed_lines
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
REVOKE, REPLACE = "revoke", "replace"
WAYS = {
    REVOKE: "Thu hồi: không còn kết quả nào",
    REPLACE: "Thay thế: cấp kết quả mới, kết quả cũ hết giá trị",
}


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask why the result is wrong, and for the lines of the one that takes its place."""
    handled = await visit.processing.one(visit.part("code"))
    newest = next((one.content for one in reversed(handled.revocations) if one.content), None)
    lines = typed_lines(handled, filled.typed) or newest or (handled.proposal and handled.proposal.content)
    return filled.page(
        visit,
        "handling/propose_revocation.html",
        handled=handled,
        clock=clock(visit, handled),
        ways=WAYS,
        typed={**_proposed(handled), **filled.typed},
        fields=line_fields(visit, handled, lines or {}, filled),
    )


def _proposed(handled: DossierOut) -> dict[str, str]:
    """Give what the proposal that waits for a signature, or was sent back, says, to be written anew."""
    if not handled.revocations or handled.revocations[-1].decided_at:
        return {}
    one = handled.revocations[-1]
    way = REPLACE if one.replaces else REVOKE
    return {"way": way, "ground": one.ground, "legal_basis": one.legal_basis}


async def propose(visit: Visit, form: Posted) -> Response:
    """Put the decision about the result before the leader."""
    way = form.text("way")
    if way not in WAYS:
        raise WrongInputError(FormError("way", visit.say("Chọn thu hồi hay thay thế")))
    handled = await visit.processing.one(visit.part("code"))
    body: Json = {
        "version": form.version,
        "ground": form.text("ground"),
        "legal_basis": form.text("legal_basis"),
        "content": typed_lines(handled, form.boxes()) if way == REPLACE else None,
    }
    await act(visit, "revocation-proposal", body, form)
    return back(visit, "Đã trình lãnh đạo. Kết quả vẫn có giá trị cho đến khi lãnh đạo ký.")


form_page(router, Page.REVOKE, FormFlow(show, propose, told, FORBIDDEN), officer)
