"""The desk corrects the applicant's e-mail or phone and says why; the applicant is told."""

import re

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.desk.dossier import clock, correctable
from portal.api.desk.outcomes import act, missing
from portal.api.forms import PostedDep
from portal.api.visit import FormError, OfficerDep, Visit
from portal.domain.addresses import Page

router = APIRouter()
REASON = {"reason": "Nêu lý do bằng lời dễ hiểu"}
RIGHT = {
    "email": "Nhập thư điện tử đúng dạng, ví dụ ten@example.vn",
    "phone": "Nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678",
}


@router.get(Page.CORRECT_CONTACT)
async def ask(visit: OfficerDep, code: str) -> Response:
    """Show the present contact data and ask for the right ones."""
    return await _page(visit, code, [])


@router.post(Page.CORRECT_CONTACT)
async def correct(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Send what differs from the dossier, with the reason."""
    dossier = await visit.dossiers.one(code)
    typed = {"phone": re.sub(r"[\s.\-]", "", form.text("phone")), "email": form.text("email")}
    changed = {name: text for name, text in typed.items() if text != (dossier[name] or "")}
    body: Json = {**changed, "reason": form.text("reason")}
    errors = _complaints(visit, changed) + missing(visit, body, REASON)
    if not errors:
        refused = await act(visit, code, "contact", body, form, method="PATCH")
        errors = [
            FormError(e.field, visit.say(RIGHT[e.field]) if e.field in RIGHT else e.message) for e in refused
        ]
    if errors:
        return await _page(visit, code, errors, form.typed())
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã sửa thông tin liên hệ. Người nộp sẽ được báo.")


def _complaints(visit: Visit, changed: dict[str, str]) -> list[FormError]:
    """Name what was emptied, which intake cannot do, or that nothing was changed."""
    if not changed:
        return [FormError("phone", visit.say("Sửa thư điện tử hoặc số điện thoại trước khi lưu"))]
    return [FormError(name, visit.say(RIGHT[name])) for name, text in changed.items() if not text]


async def _page(visit: Visit, code: str, errors: list[FormError], typed: Json | None = None) -> Response:
    dossier = await visit.dossiers.one(code)
    return visit.page(
        "desk/contact.html",
        status=422 if errors else 200,
        errors=errors,
        dossier=dossier,
        clock=clock(visit, dossier),
        typed={**dossier, "reason": "", **(typed or {})},
        wrong={e.field: e.message for e in errors},
        correctable=correctable(visit, dossier),
    )
