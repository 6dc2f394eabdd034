"""What officers do with a question, each on a page that says what follows: sort, refuse, return, release, publish."""

from answers.qa import QuestionOut
from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.api.form_page import Filled, FormFlow, back_to, form_page
from portal.api.forms import Posted
from portal.api.questions import deed_fields as fields
from portal.api.questions.deed import REASON, SEEN, Deed, told
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page
from portal.domain.fields import as_typed
from portal.domain.question_forms import cited_apart

router = APIRouter()
FORBIDDEN = frozenset((403,))
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
        "Đã chuyển. Cơ quan được báo; người hỏi thấy ở trang theo dõi.",
        fields.triage,
        {"agency": "Chọn cơ quan trả lời", "topic": "Chọn chủ đề", "kind": "Chọn loại trả lời"},
        "Thời hạn trả lời tính từ khi cơ quan nhận.",
        main=True,
        check=fields.not_again,
        tick="Vẫn chuyển đến cơ quan đã trả lại",
        kept_here=frozenset((SEEN,)),
    ),
    Deed(
        "draft-withdrawal",
        "rut-lai",
        "Rút lại dự thảo",
        "Đã rút lại. Sửa tiếp rồi trình lại.",
        says="Dự thảo không còn chờ lãnh đạo; bạn sửa tiếp được. Thời hạn trả lời vẫn chạy.",
        shows="draft",
    ),
    Deed(
        "draft-return",
        "yeu-cau-sua",
        "Yêu cầu sửa dự thảo",
        "Đã trả dự thảo về cho người soạn.",
        fields.reason,
        REASON,
        shows="draft",
    ),
    Deed(
        "release",
        "phat-hanh",
        "Duyệt và gửi trả lời",
        "Đã gửi câu trả lời cho người hỏi.",
        fields.release,
        SIGNED,
        "Câu trả lời được gửi ngay và không sửa được nữa. Cơ quan chịu trách nhiệm về nội dung.",
        "draft",
        main=True,
    ),
    Deed(
        "return-consent",
        "dong-y-tra-lai",
        "Trả lời đề nghị trả lại",
        "Đã ghi ý kiến về việc trả lại.",
        fields.consent,
        CONSENTED,
        main=True,
    ),
    Deed(
        "refusal",
        "khong-nhan",
        "Không tiếp nhận",
        "Đã gửi thông báo không tiếp nhận cho người hỏi.",
        fields.refusal,
        {"ground": "Chọn lý do", **REASON},
        "Câu hỏi kết thúc ngay; người hỏi nhận lý do và nơi cần gửi đến.",
    ),
    Deed(
        "feedback",
        "chuyen-phan-anh",
        "Chuyển sang phản ánh, kiến nghị",
        "Đã chuyển sang phản ánh, kiến nghị.",
        fields.move,
        {"category": "Chọn phân loại"},
        "Nội dung giữ nguyên, không phải nhập lại.",
        leaves=True,
    ),
    Deed(
        "return",
        "tra-lai",
        "Trả lại vì không đúng thẩm quyền",
        "Đã gửi trả đầu mối.",
        fields.giving_back,
        REASON,
        "Quá thời hạn trả lại thì đầu mối phải đồng ý; trong lúc chờ, thời hạn trả lời vẫn chạy.",
        leaves=True,
    ),
    Deed("kind", "doi-loai", "Đổi loại trả lời", "Đã đổi loại trả lời.", fields.kind, REASON),
    Deed(
        "extension",
        "gia-han",
        "Phản hồi và xin thêm thời gian",
        "Đã gửi phản hồi; thời hạn được kéo dài.",
        fields.extension,
        {**REASON, "interim_reply": "Ghi phản hồi gửi người hỏi"},
        "Chỉ dùng cho trường hợp đặc biệt, một lần.",
    ),
    Deed(
        "publication",
        "cong-khai",
        "Đề nghị công khai",
        "Đã đề nghị. Một người khác xem lại trước khi công khai.",
        fields.publication,
        PUBLIC,
        "Xóa mọi chi tiết làm lộ người hỏi. Người thứ hai sẽ xem lại.",
        "masking",
        "PUT",
        tick="Tôi đã xem những chỗ được nêu; chúng được phép công khai",
    ),
    Deed(
        "publication/confirmation",
        "xac-nhan-cong-khai",
        "Xem lại và công khai",
        "Đã công khai.",
        fields.second_look,
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
        fields.reason,
        REASON,
        shows="publication",
    ),
    Deed(
        "publication/withdrawal",
        "go-cong-khai",
        "Gỡ khỏi trang công khai",
        "Đã gỡ khỏi trang công khai.",
        fields.reason,
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
    questions = as_typed(await deed.fields(visit, question, filled), filled.typed, filled.wrong)
    return filled.page(visit, "questions/deed.html", q=question, deed=deed, fields=questions, masking=masking)


async def save(visit: Visit, form: Posted) -> Response:
    """Do it and lead on."""
    deed, number = _deed(visit), visit.part("number")
    body = cited_apart(await deed.body(visit, await visit.questions.one(number), form))
    await visit.questions.act(number, deed.action, {**body, "version": form.version}, form.key, deed.method)
    if deed.leaves:
        return visit.go(Page.ASKED, flash=deed.done)
    return visit.go(Page.ASKED_ONE, number=number, flash=deed.done)


doing = FormFlow(show, save, told, FORBIDDEN, back_to(Page.ASKED_ONE, "number"))
form_page(router, Page.ASKED_DEED, doing, officer)
