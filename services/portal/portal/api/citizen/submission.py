"""Attach the papers, choose the way back, look at everything once more, declare and submit."""

import uuid

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from portal.adapters.http import FilePart, Json, ServiceAnswerError
from portal.api.dossier_view import sections
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field
from portal.domain.journey import form_of, page_of, papers_of

router = APIRouter()
UPLOAD_REFUSED = (409, 413, 415, 422)
CHANNELS = {
    "online": (
        "Bản điện tử trên Cổng",
        "Tải về trong mục Hồ sơ của tôi; có chữ ký số, giá trị như bản giấy.",
    ),
    "counter": ("Tại bộ phận một cửa", "Mang theo giấy tờ tùy thân và mã hồ sơ."),
    "post": ("Qua bưu chính công ích", "Gửi đến địa chỉ bạn ghi dưới đây; bưu chính thu cước riêng."),
}


@router.get(Page.PAPERS)
async def papers(visit: CitizenDep, draft_id: str) -> Response:
    """List the papers with what is attached to each."""
    draft = await visit.drafts.one(draft_id)
    return visit.page("citizen/papers.html", draft=draft, papers=papers_of(draft), files=_files(draft))


def _files(draft: Json) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for file in draft["attachments"]:
        found.setdefault(file["component"], []).append(file)
    return found


@router.get(Page.PAPER)
async def paper(visit: CitizenDep, draft_id: str, component: str) -> Response:
    """Show one paper and ask for its file."""
    return _paper_page(visit, await visit.drafts.one(draft_id), component)


@router.post(Page.PAPER)
async def attach(visit: CitizenDep, draft_id: str, component: str, form: PostedDep) -> Response:
    """Attach a file to one paper."""
    upload = form.file()
    if upload is None:
        error = FormError("file", visit.say("Chọn một tệp hoặc chụp ảnh giấy tờ"))
        return _paper_page(visit, await visit.drafts.one(draft_id), component, [error])
    try:
        await visit.drafts.attach(draft_id, component, await file_part(upload), form.key or str(uuid.uuid4()))
    except ServiceAnswerError as refusal:
        if refusal.status not in UPLOAD_REFUSED:
            raise
        errors = [FormError("file", error.message) for error in visit.problems(refusal)]
        return _paper_page(visit, await visit.drafts.one(draft_id), component, errors)
    return visit.go(Page.PAPERS, draft_id=draft_id, flash="Đã nhận tệp.")


async def file_part(upload: UploadFile) -> FilePart:
    """Take an uploaded file as a part of a request to a service."""
    kind = upload.content_type or "application/octet-stream"
    return ("file", (upload.filename or "tep", await upload.read(), kind))


@router.post(Page.PAPER_REMOVAL)
async def detach(
    visit: CitizenDep, draft_id: str, component: str, attachment: str, form: PostedDep
) -> Response:
    """Remove a file."""
    await visit.drafts.detach(draft_id, attachment)
    return visit.go(Page.PAPER, draft_id=draft_id, component=component, flash="Đã bỏ tệp.")


def _paper_page(visit: Visit, draft: Json, component: str, errors: list[FormError] | None = None) -> Response:
    found = next((c for c in papers_of(draft) if c["id"] == component), None)
    if found is None:
        raise HTTPException(404)
    files = _files(draft).get(component, [])
    status = 422 if errors else 200
    return visit.page(
        "citizen/paper.html", status=status, errors=errors or (), draft=draft, component=found, files=files
    )


@router.get(Page.RESULT_CHANNEL)
async def ask_channel(visit: CitizenDep, draft_id: str) -> Response:
    """Ask how the result comes back."""
    draft = await visit.drafts.one(draft_id)
    typed = {"channel": draft.get("result_channel") or "", "address": draft.get("result_address") or ""}
    return _channel_page(visit, draft, typed, [])


@router.post(Page.RESULT_CHANNEL)
async def choose_channel(visit: CitizenDep, draft_id: str, form: PostedDep) -> Response:
    """Keep the chosen way."""
    typed = {"channel": form.text("channel"), "address": form.text("address")}
    try:
        if not typed["channel"]:
            error = FormError("channel", visit.say("Chọn cách nhận kết quả"))
            return _channel_page(visit, await visit.drafts.one(draft_id), typed, [error])
        await visit.drafts.choose_channel(draft_id, {name: text or None for name, text in typed.items()})
    except ServiceAnswerError as refusal:
        if refusal.status != 422:
            raise
        names = {"result_channel": "channel", "result_address": "address"}
        return _channel_page(visit, await visit.drafts.one(draft_id), typed, visit.problems(refusal, names))
    return visit.go(Page.REVIEW, draft_id=draft_id)


def channel_questions(
    visit: Visit, allowed: list[str], typed: dict[str, str], errors: list[FormError]
) -> list[Field]:
    """Ask how the result comes back, and where to, when it comes by post."""
    complaints = {error.field: error.message for error in errors}
    choices = tuple(
        Choice(c, visit.say(CHANNELS[c][0]), visit.say(CHANNELS[c][1])) for c in allowed if c in CHANNELS
    )
    label, where = visit.say("Bạn muốn nhận kết quả bằng cách nào?"), visit.say("Địa chỉ nhận qua bưu chính")
    questions = [
        Field(
            "channel", label, "radios", typed["channel"], choices=choices, error=complaints.get("channel", "")
        )
    ]
    if "post" in allowed:
        condition = visit.say("Chỉ trả lời nếu nhận qua bưu chính.")
        address = Field(
            "address",
            where,
            "long_text",
            typed["address"],
            error=complaints.get("address", ""),
            rows=3,
            show_when="channel=post",
            condition=condition,
        )
        questions.append(address)
    return questions


def _channel_page(visit: Visit, draft: Json, typed: dict[str, str], errors: list[FormError]) -> Response:
    questions = channel_questions(visit, draft["result_channels"], typed, errors)
    status = 422 if errors else 200
    return visit.page("citizen/channel.html", status=status, errors=errors, draft=draft, questions=questions)


@router.get(Page.REVIEW)
async def review(visit: CitizenDep, draft_id: str) -> Response:
    """Show all answers and papers before submitting."""
    return await _review_page(visit, await visit.drafts.one(draft_id), [])


@router.post(Page.SUBMISSION)
async def submit(visit: CitizenDep, draft_id: str, form: PostedDep) -> Response:
    """Submit; the request key of the page makes a second click harmless."""
    body = {
        "draft_id": draft_id,
        "declaration_accepted": form.text("agree") == "true",
        "declaration_version": form.text("declaration_version"),
    }
    if not body["declaration_accepted"]:
        error = FormError("agree", visit.say("Đánh dấu vào ô cam đoan trước khi nộp"))
        return await _review_page(visit, await visit.drafts.one(draft_id), [error], key=form.key)
    try:
        receipt = await visit.dossiers.submit(body, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        draft = await visit.drafts.one(draft_id)
        errors = [FormError("", e.message) for e in visit.problems(refusal)]
        return await _review_page(visit, draft, errors)
    return visit.go(Page.SUBMITTED, code=receipt["code"])


async def _review_page(visit: Visit, draft: Json, errors: list[FormError], key: str = "") -> Response:
    todo = [(p["message"], page_of(draft, p["field"])) for p in draft["problems"] if p["field"]]
    return visit.page(
        "citizen/review.html",
        status=422 if errors else 200,
        errors=errors,
        draft=draft,
        sections=await sections(visit, form_of(draft), draft["answers"]),
        papers=papers_of(draft),
        files=_files(draft),
        todo=todo,
        key=key or str(uuid.uuid4()),
        channels=CHANNELS,
    )
