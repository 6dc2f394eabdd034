"""Feedback before its officers: the list, entering what came by other channels, one piece and each deed."""

from dataclasses import replace
from datetime import datetime

from answers.qa import FeedbackOut
from fastapi import APIRouter, Response
from regulation.roles import Right
from regulation.zone import HERE
from starlette.exceptions import HTTPException

from portal.api.entitled import officer_with
from portal.api.form_page import (
    Filled,
    FormFlow,
    WrongInputError,
    back_to,
    form_page,
    needed,
    sends,
    told_as,
    told_at,
)
from portal.api.forms import Posted
from portal.api.questions.clocks import clocks_of
from portal.api.questions.deed import REASON, Deed, told
from portal.api.questions.deed_fields import agencies_of
from portal.api.questions.feedback import NEEDED, feedback
from portal.api.questions.files import file_box, send_ahead
from portal.api.visit import FormError, OfficerDep, Visit, officer
from portal.domain import feedback_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import Field, as_typed
from portal.domain.question_forms import reason

router = APIRouter()
FORBIDDEN = frozenset((403,))
CHANGED = "stale-version"
PAGE_SIZE = 25
ENTERED = {"channel": "Chọn cách phản ánh đến", "came_at": "Ghi lúc phản ánh đến", **NEEDED}


async def show_list(visit: Visit, filled: Filled) -> Response:
    """List feedback, the soonest due first; what has ended, the newest first."""
    wanted = visit.request.query_params
    closed = wanted.get("xong") == "1"
    found = await feedback(visit).listed(
        closed="true" if closed else "", limit=PAGE_SIZE, cursor=wanted.get("cursor", "")[:400]
    )
    return filled.page(visit, "questions/feedback_list.html", found=found, closed=closed)


@router.get(Page.FEEDBACK_LIST)
async def listed(visit: OfficerDep) -> Response:
    """Show the list."""
    return await show_list(visit, Filled())


async def remind(visit: Visit, form: Posted) -> Response:
    """Urge the agency that owes the reply."""
    await feedback(visit).act(visit.part("number"), "reminder", {"version": form.version}, form.key)
    return visit.go(
        Page.FEEDBACK_ONE, number=visit.part("number"), flash="Đã đôn đốc. Cơ quan được báo ngay."
    )


async def show_entry(visit: Visit, filled: Filled) -> Response:
    """Ask what came, how and when."""
    terms = await feedback(visit).terms()
    questions = [*asked.entry(visit.say, terms), *asked.about(visit.say, terms, ""), *asked.sender(visit.say)]
    fields = as_typed(questions, filled.typed, filled.wrong)
    box = file_box(visit, filled, terms.files)
    return filled.page(visit, "questions/feedback_entry.html", fields=fields, box=box)


async def enter(visit: Visit, form: Posted) -> Response:
    """Enter it; it goes the same way as what comes by the portal."""
    files = await send_ahead(visit, form, (await feedback(visit).terms()).files)
    body = {name: form.text(name) for name in ENTERED}
    needed(visit, body, ENTERED)
    sender = {name: form.text(name) for name in asked.SENDER}
    sent = {**body, "came_at": _instant(visit, body["came_at"]), "dossier": form.text("dossier") or None}
    receipt = await feedback(visit).send({**sent, "sender": sender, "files": files}, form.key, entered=True)
    flash = visit.say("Đã ghi phản ánh, số {number}.", number=receipt.number)
    return visit.go(Page.FEEDBACK_LIST, flash=flash)


def _instant(visit: Visit, typed: str) -> str:
    """Read an hour and a day as people write them, in Vietnam's time. Raises: WrongInputError."""
    try:
        return datetime.strptime(typed, "%H:%M %d/%m/%Y").replace(tzinfo=HERE).isoformat()
    except ValueError:
        raise WrongInputError(
            FormError("came_at", visit.say("Ghi giờ và ngày như 09:30 27/11/2026"))
        ) from None


async def _triage(visit: Visit, one: FeedbackOut) -> list[Field]:
    return asked.triage(visit.say, one, await feedback(visit).terms(), await agencies_of(visit))


async def _closing(visit: Visit, one: FeedbackOut) -> list[Field]:
    return asked.closing(visit.say, await feedback(visit).terms())


async def _reason(visit: Visit, one: FeedbackOut) -> list[Field]:
    return [reason(visit.say, "Lý do")]


async def _involve(visit: Visit, one: FeedbackOut) -> list[Field]:
    words = visit.say("Cơ quan cùng xử lý")
    return [Field("agencies", words, "select", choices=await agencies_of(visit)), reason(visit.say, "Lý do")]


async def _reply(visit: Visit, one: FeedbackOut) -> list[Field]:
    hint = "Đã xác minh gì, kết luận thế nào, đã làm gì."
    asked_for = reason(visit.say, "Nội dung trả lời", hint, name="text")
    return [replace(asked_for, value=one.draft.text if one.draft else "", rows=8)]


async def _publish(visit: Visit, one: FeedbackOut) -> list[Field]:
    ready = one.publication or one.masking
    title, text, result = (ready.title, ready.text, ready.result) if ready else ("", "", "")
    return [
        Field("title", visit.say("Tiêu đề"), value=title),
        Field("text", visit.say("Việc được phản ánh"), "long_text", text, required=False, rows=6),
        Field("result", visit.say("Kết quả xử lý"), "long_text", result, rows=6),
    ]


async def _second_look(visit: Visit, one: FeedbackOut) -> list[Field]:
    words = "Tôi đã đọc cả bài, từng chỗ được đánh dấu, và không còn gì làm lộ người gửi hay người khác"
    return [Field("checked", visit.say(words), "agree")]


DEEDS = (
    Deed(
        "triage",
        "phan-loai",
        "Phân loại và chuyển",
        "Đã chuyển. Cơ quan và người gửi được báo.",
        _triage,
        {"agency": "Chọn cơ quan xử lý", "category": "Chọn phân loại"},
        main=True,
    ),
    Deed(
        "reply",
        "tra-loi",
        "Trả lời người gửi",
        "Đã trả lời.",
        _reply,
        {"text": "Ghi nội dung trả lời"},
        main=True,
        keeps=Page.FEEDBACK_REPLY_KEPT,
    ),
    Deed(
        "closing",
        "khong-xu-ly",
        "Không xử lý tại đây",
        "Đã kết thúc; người gửi được chỉ nơi gửi đúng.",
        _closing,
        {"ground": "Chọn lý do", **REASON},
        "Khiếu nại, tố cáo theo luật không giải quyết ở đây.",
    ),
    Deed("return", "tra-lai", "Trả lại đầu mối", "Đã gửi trả đầu mối.", _reason, REASON, leaves=True),
    Deed(
        "involvement",
        "cung-xu-ly",
        "Mời cơ quan cùng xử lý",
        "Đã mời. Cơ quan của bạn vẫn chịu trách nhiệm trả lời.",
        _involve,
        {"agencies": "Chọn cơ quan", **REASON},
    ),
    Deed(
        "publication",
        "cong-khai",
        "Đề nghị công khai",
        "Đã đề nghị. Một người khác xem lại trước khi công khai.",
        _publish,
        {"title": "Ghi tiêu đề", "result": "Ghi kết quả xử lý"},
        "Không ghi tên hay chi tiết làm lộ người gửi.",
        "masking",
        "PUT",
        tick="Tôi đã xem những chỗ được nêu; chúng được phép công khai",
    ),
    Deed(
        "publication/confirmation",
        "xac-nhan-cong-khai",
        "Xem lại và công khai",
        "Đã công khai.",
        _second_look,
        {"checked": "Đánh dấu là bạn đã đọc cả bài"},
        "Mọi người đọc được và tìm được nội dung ở trên.",
        "publication",
        main=True,
        button="Công khai ngay",
        kept_here=frozenset(("checked",)),
    ),
    Deed(
        "publication/refusal",
        "khong-cong-khai",
        "Không công khai",
        "Đã ghi ý kiến không công khai.",
        _reason,
        REASON,
        shows="publication",
    ),
    Deed(
        "publication/withdrawal",
        "go-cong-khai",
        "Gỡ khỏi trang công khai",
        "Đã gỡ khỏi trang công khai.",
        _reason,
        REASON,
        shows="publication",
    ),
)
BY_SLUG = {deed.slug: deed for deed in DEEDS}


async def show(visit: OfficerDep, number: str) -> Response:
    """Show one piece with its clocks and everything done about it."""
    one = await feedback(visit).one(number)
    running, ended = clocks_of(visit, one.clocks)
    deeds = [deed for deed in DEEDS if deed.action in one.actions]
    return visit.page("questions/feedback_one.html", f=one, running=running, ended=ended, deeds=deeds)


async def show_deed(visit: Visit, filled: Filled) -> Response:
    """Ask what the deed needs. Raises: HTTPException where there is none such."""
    deed = BY_SLUG.get(visit.part("deed"))
    if deed is None:
        raise HTTPException(404)
    one = await feedback(visit).one(visit.part("number"))
    if deed.action not in one.actions and not filled.errors:
        return visit.go(Page.FEEDBACK_ONE, number=one.number, flash="Việc này không còn chờ bạn.")
    fields = as_typed(await deed.fields(visit, one, filled), filled.typed, filled.wrong)
    lost = filled.code == CHANGED and one.draft and one.draft.text != filled.typed.get("text", "")
    theirs = one.draft if lost and deed.keeps else None
    return filled.page(visit, "questions/feedback_deed.html", f=one, deed=deed, fields=fields, theirs=theirs)


async def do(visit: Visit, form: Posted) -> Response:
    """Do it and lead on. Raises: HTTPException where there is none such."""
    deed, number = BY_SLUG.get(visit.part("deed")), visit.part("number")
    if deed is None:
        raise HTTPException(404)
    body = await deed.body(visit, await feedback(visit).one(number), form)
    if "agencies" in body:
        body["agencies"] = [body["agencies"]]
    await feedback(visit).act(number, deed.action, {**body, "version": form.version}, form.key, deed.method)
    if deed.leaves:
        return visit.go(Page.FEEDBACK_LIST, flash=deed.done)
    return visit.go(Page.FEEDBACK_ONE, number=number, flash=deed.done)


entering = FormFlow(show_entry, enter, told_as({}), FORBIDDEN, back_to(Page.FEEDBACK_LIST))
form_page(router, Page.FEEDBACK_ENTRY, entering, officer_with(Right.ENTER_FEEDBACK))
doing = FormFlow(show_deed, do, told, FORBIDDEN, back=back_to(Page.FEEDBACK_ONE, "number"))
form_page(router, Page.FEEDBACK_DEED, doing, officer)
sends(router, Page.FEEDBACK_REMINDER, FormFlow(show_list, remind, told_at(""), FORBIDDEN), officer)
# Last: it would take the list's own addresses for numbers.
router.add_api_route(Page.FEEDBACK_ONE, show, methods=["GET"])
