"""What officers do with a question, each on a page that says what follows: sort, refuse, return, release, publish."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from answers.qa import MaskingOut, QuestionOut
from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.adapters.feedback import Feedback
from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain import question_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed, offered

router = APIRouter()
FORBIDDEN = frozenset((403,))
YES, NO = "true", "false"
REASON = {"reason": "Ghi lý do"}
NULLED = frozenset(("better_agency",))
"""Answers that are sent as nothing where they stay empty."""
Ask = Callable[[Visit, Any], Awaitable[list[Field]]]


async def _nothing(visit: Visit, about: Any) -> list[Field]:
    return []


@dataclass(frozen=True)
class Deed:
    """One thing an officer may do, by the name its service gives it."""

    action: str
    slug: str
    """Its place in the address."""
    heading: str
    done: str
    """What is said afterwards."""
    ask: Ask = _nothing
    needed: Mapping[str, str] = field(default_factory=dict)
    """Answers that must be given, with the complaint where they are not."""
    says: str = ""
    """What follows, said before it is done."""
    shows: str = ""
    """What the page shows beside the question: the draft, or what everybody would read."""
    method: str = "POST"
    leaves: bool = False
    """Whether the question leaves the officer's hands, so that the way leads back to the board."""
    main: bool = False
    """Whether it is what usually comes next."""

    def body(self, form: Posted, fields: list[Field]) -> Json:
        """Read the answers."""
        read: Json = {}
        for one in fields:
            text = form.text(one.name)
            truth = one.kind == "agree" or {c.value for c in one.choices} == {YES, NO}
            read[one.name] = text == YES if truth else text or None if one.name in NULLED else text
        return read


async def agencies_of(visit: Visit) -> tuple[Choice, ...]:
    return offered(await visit.catalog.agencies(), visit.lang)


async def _triage(visit: Visit, question: QuestionOut) -> list[Field]:
    return asked.triage(visit.say, question, await visit.questions.terms(), await agencies_of(visit))


async def _refusal(visit: Visit, question: QuestionOut) -> list[Field]:
    return asked.refusal(visit.say, await visit.questions.terms())


async def _return(visit: Visit, question: QuestionOut) -> list[Field]:
    words = visit.say("Cơ quan nào trả lời được?")
    better = Field("better_agency", words, "select", choices=await agencies_of(visit), required=False)
    return [asked.reason(visit.say, "Lý do trả lại"), better]


async def _consent(visit: Visit, question: QuestionOut) -> list[Field]:
    choices = (Choice(YES, visit.say("Đồng ý trả lại")), Choice(NO, visit.say("Không, cơ quan này trả lời")))
    granted = Field("granted", visit.say("Bạn có đồng ý không?"), "radios", choices=choices)
    return [granted, asked.reason(visit.say, "Lý do", required=False)]


async def _kind(visit: Visit, question: QuestionOut) -> list[Field]:
    return [asked.kind(visit.say, question), asked.reason(visit.say, "Lý do đổi loại")]


async def _extension(visit: Visit, question: QuestionOut) -> list[Field]:
    return [
        asked.reason(visit.say, "Vì sao cần thêm thời gian?"),
        asked.reason(
            visit.say,
            "Phản hồi gửi người hỏi",
            "Người hỏi nhận ngay: đang làm đến đâu, vì sao chậm, khi nào có câu trả lời.",
            name="interim_reply",
        ),
    ]


async def _release(visit: Visit, question: QuestionOut) -> list[Field]:
    return asked.signer(visit.say, question)


async def _reason(visit: Visit, question: QuestionOut) -> list[Field]:
    return [asked.reason(visit.say, "Lý do")]


async def _publication(visit: Visit, question: QuestionOut) -> list[Field]:
    ready: MaskingOut = await visit.questions.masking(question.number)
    return asked.publication(visit.say, ready.title, ready.question or "", ready.answer, with_name=False)


async def _move(visit: Visit, question: QuestionOut) -> list[Field]:
    terms = await Feedback(visit.link("qa")).terms()
    return [Field("category", visit.say("Về việc gì?"), "radios", choices=asked.listed(terms.categories))]


CONSENTED = {"granted": "Chọn đồng ý hay không"}
PUBLIC = {"title": "Ghi tiêu đề", "answer": "Ghi câu trả lời"}
SIGNED = {
    "full_name": "Ghi họ và tên người trả lời",
    "position": "Ghi chức vụ",
    "phone": "Ghi số điện thoại",
    "email": "Ghi thư điện tử",
}
DEEDS = (
    Deed(
        "triage",
        "phan-loai",
        "Phân loại và chuyển",
        "Đã chuyển. Cơ quan và người hỏi được báo.",
        _triage,
        {"agency": "Chọn cơ quan trả lời", "topic": "Chọn chủ đề", "kind": "Chọn loại trả lời"},
        "Thời hạn trả lời tính từ khi cơ quan nhận.",
        main=True,
    ),
    Deed(
        "draft-return",
        "yeu-cau-sua",
        "Yêu cầu sửa dự thảo",
        "Đã trả dự thảo về cho người soạn.",
        _reason,
        REASON,
        shows="draft",
    ),
    Deed(
        "release",
        "phat-hanh",
        "Duyệt và gửi trả lời",
        "Đã gửi câu trả lời cho người hỏi.",
        _release,
        SIGNED,
        "Câu trả lời được gửi ngay và không sửa được nữa. Cơ quan chịu trách nhiệm về nội dung.",
        "draft",
        main=True,
    ),
    Deed(
        "return-consent",
        "dong-y-tra-lai",
        "Trả lời đề nghị trả lại",
        "Đã ghi ý kiến. Cơ quan được báo.",
        _consent,
        CONSENTED,
        main=True,
    ),
    Deed(
        "refusal",
        "khong-nhan",
        "Không tiếp nhận",
        "Đã gửi thông báo không tiếp nhận cho người hỏi.",
        _refusal,
        {"ground": "Chọn lý do", **REASON},
        "Câu hỏi kết thúc ngay; người hỏi nhận lý do và nơi cần gửi đến.",
    ),
    Deed(
        "feedback",
        "chuyen-phan-anh",
        "Chuyển sang phản ánh, kiến nghị",
        "Đã chuyển sang phản ánh, kiến nghị.",
        _move,
        {"category": "Chọn phân loại"},
        "Nội dung giữ nguyên, không phải nhập lại.",
        leaves=True,
    ),
    Deed(
        "return",
        "tra-lai",
        "Trả lại vì không đúng thẩm quyền",
        "Đã gửi trả đầu mối.",
        _return,
        REASON,
        "Quá thời hạn trả lại thì đầu mối phải đồng ý; trong lúc chờ, thời hạn trả lời vẫn chạy.",
        leaves=True,
    ),
    Deed("kind", "doi-loai", "Đổi loại trả lời", "Đã đổi loại trả lời.", _kind, REASON),
    Deed(
        "extension",
        "gia-han",
        "Phản hồi và xin thêm thời gian",
        "Đã gửi phản hồi; thời hạn được kéo dài.",
        _extension,
        {**REASON, "interim_reply": "Ghi phản hồi gửi người hỏi"},
        "Chỉ dùng cho trường hợp đặc biệt, một lần.",
    ),
    Deed(
        "publication",
        "cong-khai",
        "Đề nghị công khai",
        "Đã đề nghị. Một người khác xem lại trước khi công khai.",
        _publication,
        PUBLIC,
        "Xóa mọi chi tiết làm lộ người hỏi. Người thứ hai sẽ xem lại.",
        "masking",
        "PUT",
    ),
    Deed(
        "publication/confirmation",
        "xac-nhan-cong-khai",
        "Xem lại và công khai",
        "Đã công khai.",
        says="Mọi người đọc được và tìm được nội dung dưới đây.",
        shows="publication",
        main=True,
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


def offered_deeds(question: QuestionOut) -> list[Deed]:
    """Give the deeds that have a page and may be done now."""
    return [deed for deed in DEEDS if deed.action in question.actions]


def _deed(visit: Visit) -> Deed:
    """Give the deed of the address. Raises: HTTPException where there is none such."""
    found = BY_SLUG.get(visit.part("deed"))
    if found is None:
        raise HTTPException(404)
    return found


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the question and what is asked; what cannot be done any more leads back to the question."""
    deed = _deed(visit)
    question = await visit.questions.one(visit.part("number"))
    if deed.action not in question.actions and not filled.errors:
        return visit.go(Page.ASKED_ONE, number=question.number, flash="Việc này không còn chờ bạn.")
    masking = await visit.questions.masking(question.number) if deed.shows == "masking" else None
    fields = as_typed(await deed.ask(visit, question), filled.typed, filled.wrong)
    return filled.page(visit, "questions/deed.html", q=question, deed=deed, fields=fields, masking=masking)


async def save(visit: Visit, form: Posted) -> Response:
    """Do it and lead on."""
    deed, number = _deed(visit), visit.part("number")
    question = await visit.questions.one(number)
    body = deed.body(form, await deed.ask(visit, question))
    given = {name: form.text(name) for name in deed.needed}
    needed(visit, given, deed.needed)
    sent = {**body, "version": form.version}
    await visit.questions.act(number, deed.action, sent, form.key, deed.method)
    if deed.leaves:
        return visit.go(Page.ASKED, flash=deed.done)
    return visit.go(Page.ASKED_ONE, number=number, flash=deed.done)


form_page(router, Page.ASKED_DEED, FormFlow(show, save, also=FORBIDDEN), officer)
