"""The procedure workshop: what waits, what a version changes in words, the content check, publication."""

from functools import partial

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.workshop import Workshop
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, shows, told_as
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain import change_forms
from portal.domain.addresses import Page
from portal.domain.numbers import whole_number

router = APIRouter()
REFUSED = frozenset((403, 404, 429))
READS, EDITS = officer_with(Right.READ_DRAFTS), officer_with(Right.EDIT_CATALOGUE)
FOLLOWS = officer_with(Right.READ_CHANGES)
PATHS = {
    "review": "review",
    "approval": "review/approval",
    "return": "review/return",
    "publication": "publication",
}
WORDS = {
    "review": ("Gửi kiểm soát nội dung", "Đã gửi kiểm soát nội dung."),
    "approval": ("Đồng ý nội dung", "Đã đồng ý nội dung."),
    "return": ("Trả lại người soạn", "Đã trả lại người soạn."),
    "publication": ("Công bố phiên bản", "Đã công bố phiên bản."),
}
DECIDED = {
    "decision_number": "Nhập số quyết định",
    "decision_on": "Nhập ngày ký",
    "effective_on": "Nhập ngày có hiệu lực",
}
APPROVED = {
    "approval_number": "Nhập số quyết định phê duyệt",
    "approval_on": "Nhập ngày quyết định phê duyệt",
}


def workshop(visit: Visit) -> Workshop:
    """Give the workshop on behalf of a visitor."""
    return Workshop(visit.link("catalog"))


async def listed(visit: Visit, filled: Filled) -> Response:
    """List the versions that nobody outside sees yet."""
    return filled.page(visit, "admin/drafts.html", told=await workshop(visit).drafts())


async def coverage(visit: Visit, filled: Filled) -> Response:
    """Show how much of what is decided the portal shows."""
    return filled.page(visit, "admin/coverage.html", told=await workshop(visit).coverage())


async def ask_new(visit: Visit, filled: Filled) -> Response:
    """Ask of which procedure, and from which version."""
    fields = change_forms.new_draft(visit.say, filled.typed, filled.wrong)
    return filled.page(visit, "admin/new_draft.html", fields=fields)


async def begin(visit: Visit, form: Posted) -> Response:
    """Begin a version."""
    code, earlier = form.text("code"), form.text("from_version")
    needed(visit, {"code": code}, {"code": "Nhập mã thủ tục"})
    number = whole_number(earlier) if earlier else None
    if earlier and not number:
        raise WrongInputError(FormError("from_version", visit.say("Ghi số của một phiên bản")))
    body = {"from_version": number} if number else {}
    made = await workshop(visit).begin(code, body, form.key)
    return visit.go(
        Page.DRAFT_OF_PROCEDURE, code=made.code, number=str(made.version), flash="Đã tạo phiên bản mới."
    )


async def show(visit: Visit, filled: Filled) -> Response:
    """Show what a version changes, lacks and may become."""
    found = await workshop(visit).draft(visit.part("code"), visit.part("number"))
    return filled.page(visit, "admin/draft.html", d=found, words=WORDS)


async def ask(deed: str, visit: Visit, filled: Filled) -> Response:
    """Ask what a deed needs; what does not wait for it leads back to the version."""
    code, number = visit.part("code"), visit.part("number")
    found = await workshop(visit).draft(code, number)
    if deed not in found.actions:
        return visit.go(
            Page.DRAFT_OF_PROCEDURE, code=code, number=number, flash="Phiên bản này không chờ việc đó."
        )
    say, typed, wrong = visit.say, filled.typed, filled.wrong
    fields = []
    if deed == "publication":
        fields = change_forms.publication(say, typed, wrong, online=found.needs_approval)
    elif deed != "review":
        label = "Lý do trả lại" if deed == "return" else "Nhận xét"
        fields = change_forms.said(say, typed, wrong, label, required=deed == "return")
    return filled.page(
        visit, "admin/draft_deed.html", d=found, deed=deed, words=WORDS[deed][0], fields=fields
    )


async def go_on(deed: str, visit: Visit, form: Posted) -> Response:
    """Go on with a version."""
    body: dict[str, object] = {"version": form.version}
    if deed in ("approval", "return"):
        body["reason"] = form.text("said")
        if deed == "return":
            needed(visit, {"said": form.text("said")}, {"said": "Ghi lý do"})
    if deed == "publication":
        body = _decision(visit, form)
    code, number = visit.part("code"), visit.part("number")
    await workshop(visit).go_on(code, number, PATHS[deed], body)
    return visit.go(Page.DRAFTS_OF_PROCEDURE, flash=WORDS[deed][1])


def _decision(visit: Visit, form: Posted) -> dict[str, object]:
    """Read the decisions. Raises: WrongInputError."""
    asked = DECIDED | (APPROVED if form.text("approval_number") or form.text("approval_on") else {})
    body: dict[str, object] = {name: form.text(name) for name in asked}
    needed(visit, body, asked)
    for name in (one for one in asked if one.endswith("_on")):
        body[name] = change_forms.day_of(form.text(name))
        if not body[name]:
            raise WrongInputError(FormError(name, visit.say("Ghi ngày như 31/12/2026")))
    return body


shows(router, Page.DRAFTS_OF_PROCEDURE, listed, READS)
shows(router, Page.COVERAGE, coverage, FOLLOWS)
form_page(router, Page.NEW_DRAFT_OF_PROCEDURE, FormFlow(ask_new, begin, told_as({}), also=REFUSED), EDITS)
shows(router, Page.DRAFT_OF_PROCEDURE, show, READS)
for page, name in (
    (Page.REVIEW_DRAFT_OF_PROCEDURE, "review"),
    (Page.APPROVE_DRAFT_OF_PROCEDURE, "approval"),
    (Page.RETURN_DRAFT_OF_PROCEDURE, "return"),
    (Page.PUBLISH_DRAFT_OF_PROCEDURE, "publication"),
):
    told = told_as({"reason": "said"})
    form_page(router, page, FormFlow(partial(ask, name), partial(go_on, name), told, also=REFUSED), READS)
