"""The desk corrects the applicant's e-mail or phone and says why; the applicant is told."""

import re

from fastapi import APIRouter, Response

from portal.adapters import formats
from portal.adapters.http import ServiceAnswerError
from portal.api.desk.dossier import clock
from portal.api.desk.outcomes import REASON
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
RIGHT = {
    "email": "Nhập thư điện tử đúng dạng, ví dụ ten@example.vn",
    "phone": "Nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678",
}


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the present contact data and ask for the right ones."""
    dossier = await visit.dossiers.one(visit.part("code"))
    return filled.page(
        visit,
        "desk/contact.html",
        dossier=dossier,
        clock=clock(visit, dossier),
        typed={
            "phone": formats.phone(dossier.phone),
            "email": dossier.email or "",
            "reason": "",
            **filled.typed,
        },
    )


async def correct(visit: Visit, form: Posted) -> Response:
    """Send what differs from the dossier, with the reason."""
    code = visit.part("code")
    dossier = await visit.dossiers.one(code)
    typed = {"phone": re.sub(r"[\s.\-]", "", form.text("phone")), "email": form.text("email")}
    known = {"phone": formats.phone(dossier.phone), "email": dossier.email or ""}
    shown = {**typed, "phone": formats.phone(typed["phone"])}
    changed = {name: text for name, text in typed.items() if shown[name] != known[name]}
    if not changed:
        raise WrongInputError(
            FormError("phone", visit.say("Sửa thư điện tử hoặc số điện thoại trước khi lưu"))
        )
    body = {**changed, "reason": form.text("reason"), "version": form.version}
    needed(visit, body, {**{name: RIGHT[name] for name in changed}, **REASON})
    await visit.dossiers.act(code, "contact", body, form.key, method="PATCH")
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã sửa thông tin liên hệ. Người nộp sẽ được báo.")


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a malformed contact with an example."""
    return [
        FormError(e.field, visit.say(RIGHT[e.field]) if e.field in RIGHT else e.message)
        for e in visit.problems(refusal)
    ]


form_page(router, Page.CORRECT_CONTACT, FormFlow(show, correct, told), officer)
