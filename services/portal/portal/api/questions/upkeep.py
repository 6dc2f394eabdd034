"""Keeping the section in order: how to take part, and decisions that keep somebody from asking."""

from fastapi import APIRouter, Response
from regulation.roles import Right
from starlette.exceptions import HTTPException

from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, WrongInputError, back_to, day_typed, form_page, needed
from portal.api.forms import Posted
from portal.api.paging import cursor_of
from portal.api.visit import FormError, OfficerDep, Visit
from portal.domain import question_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import as_typed

router = APIRouter()
FORBIDDEN = frozenset((403, 404))
DECIDED = {
    "decision": "Ghi số quyết định",
    "ground": "Ghi lý do",
    "appeal": "Ghi nơi và cách khiếu nại",
    "until": "Nhập ngày cuối",
}


async def show_guidance(visit: Visit, filled: Filled) -> Response:
    """Show how to take part, in both languages, to be rewritten."""
    vi, en = await visit.questions.terms("vi"), await visit.questions.terms("en")
    translated = en.guidance if en.guidance != vi.guidance else ""
    fields = as_typed(asked.guidance(visit.say, vi.guidance, translated), filled.typed, filled.wrong)
    return filled.page(visit, "questions/guidance.html", fields=fields, edition=vi.guidance_edition)


async def write_guidance(visit: Visit, form: Posted) -> Response:
    """Say it anew."""
    body = {"vi": form.text("vi"), "en": form.text("en"), "version": form.version}
    needed(visit, body | {"en": True, "version": True}, {"vi": "Ghi hướng dẫn"})
    await visit.questions.guide(body)
    return visit.go(Page.ASKED, flash="Đã sửa hướng dẫn; người dân đọc được ngay.")


@router.get(Page.BARS)
async def bars(visit: OfficerDep) -> Response:
    """List the decisions that keep somebody from asking."""
    return visit.page("questions/bars.html", found=await visit.questions.bars(cursor=cursor_of(visit)))


async def show_new(visit: Visit, filled: Filled) -> Response:
    """Ask whom a decision keeps from asking, why, until when, and where to appeal."""
    fields = as_typed(asked.bar(visit.say), filled.typed, filled.wrong)
    return filled.page(visit, "questions/new_bar.html", fields=fields)


async def bar(visit: Visit, form: Posted) -> Response:
    """Enter the decision."""
    body = {name: form.text(name) for name in DECIDED}
    who = {name: form.text(name) or None for name in ("id_number", "email", "phone")}
    nobody = (
        [FormError("id_number", visit.say("Ghi số giấy tờ, thư điện tử hoặc điện thoại"))]
        if not any(who.values())
        else []
    )
    missing = [FormError(name, visit.say(words)) for name, words in DECIDED.items() if not body[name]]
    if nobody or missing:
        raise WrongInputError(*nobody, *missing)
    await visit.questions.bar({**who, **body, "until": day_typed(visit, "until", body["until"])}, form.key)
    return visit.go(
        Page.BARS, flash="Đã ghi quyết định; người đó không đặt được câu hỏi đến hết ngày đã ghi."
    )


async def show_end(visit: Visit, filled: Filled) -> Response:
    """Show a decision, and ask why it ends before its day. Raises: HTTPException where there is none such."""
    found = await visit.found(visit.questions.one_bar(visit.part("bar")))
    if found is None:
        raise HTTPException(404)
    fields = as_typed([asked.reason(visit.say, "Lý do")], filled.typed, filled.wrong)
    return filled.page(visit, "questions/end_bar.html", bar=found, fields=fields)


async def end(visit: Visit, form: Posted) -> Response:
    """End a decision before its day."""
    body = {"reason": form.text("reason")}
    needed(visit, body, {"reason": "Ghi lý do"})
    await visit.questions.end_bar(visit.part("bar"), body)
    return visit.go(Page.BARS, flash="Đã chấm dứt quyết định.")


form_page(
    router,
    Page.ASKED_GUIDANCE,
    FormFlow(show_guidance, write_guidance, also=FORBIDDEN, back=back_to(Page.ASKED)),
    officer_with(Right.TRIAGE_QUESTION),
)
BARRING = officer_with(Right.BAR_ASKER)
form_page(router, Page.NEW_BAR, FormFlow(show_new, bar, also=FORBIDDEN, back=back_to(Page.BARS)), BARRING)
form_page(router, Page.END_BAR, FormFlow(show_end, end, also=FORBIDDEN, back=back_to(Page.BARS)), BARRING)
