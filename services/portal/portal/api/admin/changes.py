"""Decisions that change procedures, what agencies owe after them, and what agencies ask for."""

from functools import partial

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.changes import Changes
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, shows, told_as
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain import change_forms
from portal.domain.addresses import Page
from portal.domain.fields import offered
from portal.domain.numbers import whole_number

router = APIRouter()
REFUSED = frozenset((403, 404, 429))
READS, ASKS = officer_with(Right.READ_CHANGES), officer_with(Right.REQUEST_CHANGE)
REGISTERS = officer_with(Right.REGISTER_DECISION)
PER_PAGE = 50
DECIDED = {
    "number": "Nhập số quyết định",
    "signed_on": "Nhập ngày ký",
    "effective_on": "Nhập ngày có hiệu lực",
    "deed": "Chọn quyết định làm gì",
    "agency": "Chọn cơ quan",
    "procedures": "Nhập các thủ tục",
}
WANTED = {
    "kind": "Chọn loại đề nghị",
    "document_number": "Nhập số văn bản",
    "document_on": "Nhập ngày văn bản",
    "content": "Ghi nội dung thay đổi",
}
WORDS = {
    "sending": ("Gửi đề nghị", "Nội dung thay đổi", "Đã gửi đề nghị."),
    "taking": ("Nhận thực hiện", "", "Đã nhận thực hiện."),
    "completion": ("Báo đã thực hiện", "Đã làm gì?", "Đã ghi việc đã thực hiện."),
    "return": ("Trả lại đề nghị", "Lý do trả lại", "Đã trả lại đề nghị."),
}


def changes(visit: Visit) -> Changes:
    """Give the changes of the catalogue on behalf of a visitor."""
    return Changes(visit.link("catalog"))


def _page(visit: Visit) -> int:
    return max(1, min(whole_number(visit.request.query_params.get("trang", "")) or 1, 10_000))


async def decisions(visit: Visit, filled: Filled) -> Response:
    """List the registered decisions."""
    at = _page(visit)
    told = await changes(visit).decisions(at)
    return filled.page(visit, "admin/decisions.html", told=told, at=at, more=told.total > at * PER_PAGE)


async def ask_decision(visit: Visit, filled: Filled) -> Response:
    """Ask for number, days, procedures and the responsible agency."""
    choices = offered(await visit.catalog.agencies(), visit.lang)
    fields = change_forms.decision(visit.say, filled.typed, filled.wrong, choices)
    return filled.page(visit, "admin/new_decision.html", fields=fields)


async def register(visit: Visit, form: Posted) -> Response:
    """Write the decision down."""
    body = {name: form.text(name) for name in DECIDED}
    needed(visit, body, DECIDED)
    days = {name: _day(visit, name, body[name]) for name in ("signed_on", "effective_on")}
    lines = change_forms.named_lines(form.text("procedures"))
    if bare := next((at for at, (_, name) in enumerate(lines, 1) if not name), None):
        raise WrongInputError(FormError("procedures", visit.say("Dòng {n}: ghi mã, rồi tên thủ tục", n=bare)))
    items = [
        {"procedure": code, "name": name, "deed": body["deed"], "agency": body["agency"]}
        for code, name in lines
    ]
    await changes(visit).register({"number": body["number"], **days, "items": items}, form.key)
    return visit.go(Page.DECISIONS, flash="Đã ghi quyết định. Cơ quan chịu trách nhiệm thấy việc phải làm.")


def _day(visit: Visit, name: str, typed: str) -> str:
    """Read a day as people write it. Raises: WrongInputError."""
    if day := change_forms.day_of(typed):
        return day
    raise WrongInputError(FormError(name, visit.say("Ghi ngày như 31/12/2026")))


async def requests(visit: Visit, filled: Filled) -> Response:
    """List what is open, or what has ended."""
    at, ended = _page(visit), visit.request.query_params.get("xong") == "1"
    told = await changes(visit).requests(ended=ended, page=at)
    more = told.total > at * PER_PAGE
    return filled.page(visit, "admin/change_requests.html", told=told, at=at, ended=ended, more=more)


async def ask_request(visit: Visit, filled: Filled) -> Response:
    """Ask what is to be changed, and by which document."""
    fields = change_forms.request(visit.say, filled.typed, filled.wrong)
    return filled.page(visit, "admin/new_change_request.html", fields=fields)


async def file(visit: Visit, form: Posted) -> Response:
    """File the request."""
    body = {name: form.text(name) for name in WANTED}
    needed(visit, body, WANTED)
    codes = [code for code, _ in change_forms.named_lines(form.text("procedures"))]
    agencies = body["kind"] == "agencies"
    more = {"level": form.text("level") or None} if agencies else {"procedures": codes}
    body["document_on"] = _day(visit, "document_on", body["document_on"])
    await changes(visit).file({**body, **more}, form.key)
    return visit.go(Page.CHANGE_REQUESTS, flash="Đã gửi đề nghị.")


async def ask(deed: str, visit: Visit, filled: Filled) -> Response:
    """Show one request and the question; what does not wait for it leads back to the list."""
    found = await changes(visit).request(visit.part("request"))
    if deed not in found.actions:
        return visit.go(Page.CHANGE_REQUESTS, flash="Đề nghị này không còn chờ việc đó.")
    words, label, _ = WORDS[deed]
    present = found.content if deed == "sending" else ""
    fields = change_forms.said(visit.say, filled.typed, filled.wrong, label, present) if label else []
    return filled.page(visit, "admin/change_request.html", r=found, deed=deed, words=words, fields=fields)


async def go_on(deed: str, visit: Visit, form: Posted) -> Response:
    """Go on with it."""
    _, label, done = WORDS[deed]
    body: dict[str, object] = {"version": form.version}
    if label:
        said = form.text("said")
        needed(visit, {"said": said}, {"said": "Ghi vài lời"})
        body["content" if deed == "sending" else "answer"] = said
    await changes(visit).go_on(visit.part("request"), deed, body)
    return visit.go(Page.CHANGE_REQUESTS, flash=done)


shows(router, Page.DECISIONS, decisions, READS)
form_page(router, Page.NEW_DECISION, FormFlow(ask_decision, register, told_as({}), also=REFUSED), REGISTERS)
shows(router, Page.CHANGE_REQUESTS, requests, READS)
form_page(router, Page.NEW_CHANGE_REQUEST, FormFlow(ask_request, file, told_as({}), also=REFUSED), ASKS)
for page, name in (
    (Page.SEND_CHANGE_REQUEST, "sending"),
    (Page.TAKE_CHANGE_REQUEST, "taking"),
    (Page.COMPLETE_CHANGE_REQUEST, "completion"),
    (Page.RETURN_CHANGE_REQUEST, "return"),
):
    told = told_as({"content": "said", "answer": "said"})
    form_page(router, page, FormFlow(partial(ask, name), partial(go_on, name), told, also=REFUSED), READS)
