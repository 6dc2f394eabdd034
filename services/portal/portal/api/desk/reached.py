"""How the people of a dossier were reached; telephone calls with them are written down, also at the hotline."""

from datetime import datetime

from answers.notify import Direction
from fastapi import APIRouter, Response
from regulation.text import cleaned_line
from regulation.zone import HERE

from portal.adapters.notify import Reached
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page
from portal.domain.calls import CHANNELS, DIRECTIONS, REASONS, RESULTS, STATES, call_fields, time_said
from portal.domain.days import day_said
from portal.domain.fields import as_typed

router = APIRouter()
REFUSED = frozenset((403, 404))
TOLD = told_as({"called_at": "on"})
WORDS = {
    "channels": CHANNELS,
    "ends": STATES,
    "reasons": REASONS,
    "directions": DIRECTIONS,
    "results": RESULTS,
}


async def show(visit: Visit, filled: Filled) -> Response:
    """Show every notice with its ways, the calls, and a form for one more."""
    code = visit.part("code")
    reached = await Reached(visit.link("notify")).of(code)
    asked = call_fields(visit.say, visit.now, Direction.OUTGOING) if reached.may_call else []
    fields = as_typed(asked, filled.typed, filled.wrong)
    return filled.page(visit, "desk/reached.html", fields=fields, reached=reached, code=code, **WORDS)


async def record(visit: Visit, form: Posted) -> Response:
    """Write a call down."""
    await _write(visit, form, visit.part("code"))
    return visit.go(Page.REACHED, code=visit.part("code"), flash="Đã ghi cuộc gọi.")


async def _write(visit: Visit, form: Posted, code: str) -> None:
    body = {name: form.text(name) for name in ("direction", "result", "note")}
    needed(visit, body, {"direction": "Chọn ai gọi", "result": "Chọn kết quả cuộc gọi"})
    on, at = day_said(form.text("on")), time_said(form.text("at"))
    wrong = [FormError("on", visit.say("Nhập ngày gọi, ví dụ 28/11/2026"))] if on is None else []
    wrong += [FormError("at", visit.say("Nhập giờ gọi, ví dụ 14:30"))] if at is None else []
    if on is None or at is None:
        raise WrongInputError(*wrong)
    called = datetime.combine(on, at, HERE).isoformat()
    await Reached(visit.link("notify")).call(code, {**body, "called_at": called}, form.key)


async def answer_telephone(visit: Visit, filled: Filled) -> Response:
    """Find a dossier by the code a caller names; say what everybody may know of it, and write the call down."""
    asked = filled.typed.get("code", "") or visit.request.query_params.get("code", "")
    code = cleaned_line(asked)[:80].replace("/", "")
    found = await visit.found(visit.dossiers.track(code)) if code else None
    reached = await visit.spare(Reached(visit.link("notify")).of(code), None) if found else None
    may = reached is not None and reached.may_call
    asks = call_fields(visit.say, visit.now, Direction.INCOMING) if may else []
    fields = as_typed(asks, filled.typed, filled.wrong)
    known = {"code": code, "found": found, "reached": reached, "on": "hotline" in visit.built.lookups}
    return filled.page(visit, "desk/hotline.html", fields=fields, **known, **WORDS)


async def record_answered(visit: Visit, form: Posted) -> Response:
    """Write a call of the hotline down and stay with the dossier."""
    code = cleaned_line(form.text("code"))[:80].replace("/", "")
    await _write(visit, form, code)
    return visit.go(Page.HOTLINE, code=code, flash="Đã ghi cuộc gọi.")


form_page(router, Page.REACHED, FormFlow(show, record, TOLD), officer)
form_page(router, Page.HOTLINE, FormFlow(answer_telephone, record_answered, TOLD, REFUSED), officer)
