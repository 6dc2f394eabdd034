"""The outcomes of a check, each on its own page that says what will happen: accept, supplement, redirect, refuse."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.desk.dossier import clock, desk_page
from portal.api.forms import Posted, PostedDep
from portal.api.visit import FormError, OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice
from portal.domain.texts import named

router = APIRouter()
WAYS = (("counter", "Trao tại bộ phận một cửa"), ("post", "Gửi qua bưu chính"), ("online", "Gửi bản điện tử"))
FREE_ROWS = 2


async def act(
    visit: Visit, code: str, action: str, body: Json, form: Posted, *, method: str = "POST"
) -> list[FormError]:
    """Carry out an outcome; the complaints when it was refused."""
    body = {**body, "version": int(form.text("version") or 0)}
    try:
        await visit.dossiers.act(code, action, body, form.key, method=method)
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        return visit.problems(refusal)
    return []


async def page(
    visit: Visit, name: str, code: str, errors: list[FormError], typed: Json | None = None, **more: object
) -> Response:
    """Answer with the page of an outcome."""
    dossier = await visit.dossiers.one(code)
    status = 422 if errors else 200
    return visit.page(
        f"desk/{name}.html",
        status=status,
        errors=errors,
        typed=typed or {},
        dossier=dossier,
        clock=clock(visit, dossier),
        wrong={e.field: e.message for e in errors},
        **more,
    )


@router.get(Page.ACCEPT)
async def ask_accept(visit: OfficerDep, code: str) -> Response:
    """Show what accepting promises before it is done, or what is in its way."""
    return await page(visit, "accept", code, [], outlook=await visit.dossiers.outlook(code))


@router.post(Page.ACCEPT)
async def accept(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Accept; the next page explains the appointment line by line."""
    errors = await act(visit, code, "acceptance", {}, form)
    if errors:
        return await desk_page(
            visit, await visit.dossiers.one(code), [FormError("", e.message) for e in errors]
        )
    return visit.go(Page.ACCEPTED, code=code)


@router.get(Page.ACCEPTED)
async def accepted(visit: OfficerDep, code: str) -> Response:
    """Explain the appointment that was just promised and offer the receipt."""
    return await page(visit, "accepted", code, [])


@router.get(Page.REQUEST_SUPPLEMENT)
async def ask_supplement(visit: OfficerDep, code: str) -> Response:
    """Compose one complete request from the checklist."""
    return await page(visit, "supplement", code, [], free_rows=range(1, FREE_ROWS + 1))


@router.post(Page.REQUEST_SUPPLEMENT)
async def request_supplement(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Send the request."""
    chosen = [name.removeprefix("item-") for name in form.typed() if name.startswith("item-")]
    free = [(form.text(f"free-{n}"), form.text(f"basis-{n}")) for n in range(1, FREE_ROWS + 1)]
    body: Json = {
        "reason": form.text("reason"),
        "guidance": form.text("guidance"),
        "items": [{"component": name, "note": form.text(f"note-{name}")} for name in chosen],
        "free_items": [{"text": text, "legal_basis": basis} for text, basis in free if text],
        "leader_ground": form.text("leader_ground") or None,
    }
    errors = missing(
        visit, body, {"reason": "Nêu lý do bằng lời dễ hiểu", "guidance": "Ghi rõ người nộp cần làm gì"}
    )
    errors = errors or await act(visit, code, "supplement-requests", body, form)
    if errors:
        return await page(visit, "supplement", code, errors, form.typed(), free_rows=range(1, FREE_ROWS + 1))
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã gửi yêu cầu bổ sung. Đồng hồ kiểm tra tạm dừng.")


def missing(visit: Visit, body: Json, needed: dict[str, str]) -> list[FormError]:
    """Name the texts that were left empty."""
    return [FormError(name, visit.say(words)) for name, words in needed.items() if not body[name]]


@router.get(Page.REFUSE)
async def ask_refuse(visit: OfficerDep, code: str) -> Response:
    """Ask for the reason and the legal ground."""
    return await page(visit, "refuse", code, [])


@router.post(Page.REFUSE)
async def refuse(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Refuse with reason and legal ground."""
    body: Json = {"reason": form.text("reason"), "legal_basis": form.text("legal_basis")}
    needed = {"reason": "Nêu lý do bằng lời dễ hiểu", "legal_basis": "Ghi điều, khoản của văn bản làm căn cứ"}
    errors = missing(visit, body, needed) or await act(visit, code, "refusal", body, form)
    if errors:
        return await page(visit, "refuse", code, errors, form.typed())
    return visit.go(
        Page.DESK_DOSSIER, code=code, flash="Đã từ chối tiếp nhận. Phiếu từ chối đã được gửi cho người nộp."
    )


@router.get(Page.REDIRECT)
async def ask_redirect(visit: OfficerDep, code: str) -> Response:
    """Ask which agency is competent."""
    return await page(visit, "redirect", code, [], agencies=await _agencies(visit))


@router.post(Page.REDIRECT)
async def redirect(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Direct the applicant to the competent agency."""
    body: Json = {"reason": form.text("reason"), "competent_agency": form.text("competent_agency")}
    needed = {"competent_agency": "Chọn cơ quan có thẩm quyền", "reason": "Nêu lý do bằng lời dễ hiểu"}
    errors = missing(visit, body, needed) or await act(visit, code, "redirection", body, form)
    if errors:
        return await page(visit, "redirect", code, errors, form.typed(), agencies=await _agencies(visit))
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã hướng dẫn người nộp đến đúng cơ quan.")


async def _agencies(visit: Visit) -> list[Choice]:
    return [Choice(str(a["code"]), named(a, "name", visit.lang)[0]) for a in await visit.catalog.agencies()]


@router.get(Page.HAND_OVER)
async def ask_hand_over(visit: OfficerDep, code: str) -> Response:
    """Ask how the result was handed over."""
    return await page(visit, "hand_over", code, [], ways=WAYS)


@router.post(Page.HAND_OVER)
async def hand_over(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Record that the result is with the applicant."""
    body: Json = {"way": form.text("way")}
    errors = missing(visit, body, {"way": "Chọn cách trả kết quả"}) or await act(
        visit, code, "handover", body, form
    )
    if errors:
        return await page(visit, "hand_over", code, errors, form.typed(), ways=WAYS)
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã ghi nhận trả kết quả.")
