"""The citizen's own dossiers: what was submitted, where it is, what is asked, what came out."""

import uuid

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.citizen.submission import CHANNELS, UPLOAD_REFUSED, channel_questions, file_part
from portal.api.dossier_view import FILE_KINDS
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit, relay_file
from portal.domain.addresses import Page

router = APIRouter()
PAGE_SIZE = 20
BEFORE_RESULT = frozenset(
    ("submitted", "supplement_requested", "accepted", "forwarded", "in_process", "awaiting_signature")
)


@router.get(Page.MY_DOSSIERS)
async def mine(visit: CitizenDep) -> Response:
    """List the own dossiers, what waits for the citizen first."""
    start = visit.request.query_params.get("tu", "")
    start = start if start.isdigit() else ""
    return visit.page(
        "citizen/dossiers.html",
        requests=await visit.dossiers.requests(),
        drafts=await visit.drafts.all(),
        found=await visit.dossiers.mine(limit=PAGE_SIZE, offset=start),
        first=not start,
        unread=await visit.unread(),
    )


@router.get(Page.SUBMITTED)
async def submitted(visit: CitizenDep, code: str) -> Response:
    """Confirm a submission: the code, its QR, what happens next."""
    dossier = await visit.dossiers.one(code)
    return visit.page("citizen/submitted.html", dossier=dossier, lookup=visit.lookup_address(code))


@router.get(Page.MY_DOSSIER)
async def show(visit: CitizenDep, code: str) -> Response:
    """Show one dossier with its way so far."""
    dossier = await visit.dossiers.one(code)
    open_requests = [r for r in dossier.get("requests", ()) if not r.get("answered_at")]
    return visit.page(
        "citizen/dossier.html",
        dossier=dossier,
        channels=CHANNELS,
        open_requests=open_requests,
        changeable=dossier["state"] in BEFORE_RESULT,
        lookup=visit.lookup_address(code),
    )


@router.get(Page.MY_FILE)
async def download(visit: CitizenDep, code: str, kind: str, number: str) -> Response:
    """Hand out a paper or an attached file."""
    opened = visit.request.query_params.get("mo") == "1"
    return relay_file(
        visit, await visit.dossiers.file(code, FILE_KINDS.get(kind, "files"), number, opened=opened)
    )


@router.get(Page.SUPPLEMENT)
async def supplement(visit: CitizenDep, code: str) -> Response:
    """Show exactly what is asked, and nothing else to change."""
    return _supplement_page(visit, await visit.dossiers.one(code), [])


@router.post(Page.SUPPLEMENT_PAPER)
async def attach(visit: CitizenDep, code: str, component: str, form: PostedDep) -> Response:
    """Attach a file to one of the papers asked for."""
    upload = form.file()
    if upload is None:
        error = FormError(f"file-{component}", visit.say("Chọn một tệp hoặc chụp ảnh giấy tờ"))
        return _supplement_page(visit, await visit.dossiers.one(code), [error])
    try:
        await visit.dossiers.attach(code, component, await file_part(upload), form.key or str(uuid.uuid4()))
    except ServiceAnswerError as refusal:
        if refusal.status not in UPLOAD_REFUSED:
            raise
        errors = [FormError(f"file-{component}", e.message) for e in visit.problems(refusal)]
        return _supplement_page(visit, await visit.dossiers.one(code), errors)
    return visit.go(Page.SUPPLEMENT, code=code, flash="Đã nhận tệp.")


@router.post(Page.SUPPLEMENT)
async def answer(visit: CitizenDep, code: str, form: PostedDep) -> Response:
    """Send the supplement."""
    body = {"version": int(form.text("version") or 0), "note": form.text("note")}
    try:
        await visit.dossiers.act(code, "supplement-answer", body, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        errors = [FormError("", e.message) for e in visit.problems(refusal)]
        return _supplement_page(visit, await visit.dossiers.one(code), errors, form.text("note"))
    return visit.go(
        Page.MY_DOSSIER, code=code, flash="Đã gửi phần bổ sung. Bộ phận một cửa sẽ kiểm tra tiếp."
    )


def _supplement_page(visit: Visit, dossier: Json, errors: list[FormError], note: str = "") -> Response:
    request = next((r for r in reversed(dossier.get("requests", [])) if not r.get("answered_at")), None)
    if request is None:
        return visit.go(Page.MY_DOSSIER, code=dossier["code"])
    status = 422 if errors else 200
    papers = {c["id"]: c for c in dossier.get("components", ())}
    asked = [
        *({**item, "text": ""} for item in request["items"]),
        *(
            {"component": f"free-{place}", "note": item.get("legal_basis", ""), "text": item["text"]}
            for place, item in enumerate(request["free_items"], start=1)
        ),
    ]
    return visit.page(
        "citizen/supplement.html",
        status=status,
        errors=errors,
        dossier=dossier,
        request=request,
        papers=papers,
        asked=asked,
        note=note,
    )


@router.get(Page.NEW_CHANNEL)
async def ask_channel(visit: CitizenDep, code: str) -> Response:
    """Ask anew how the result comes back."""
    dossier = await visit.dossiers.one(code)
    typed = {"channel": dossier.get("result_channel") or "", "address": dossier.get("result_address") or ""}
    return _channel_page(visit, dossier, typed, [])


@router.post(Page.NEW_CHANNEL)
async def choose_channel(visit: CitizenDep, code: str, form: PostedDep) -> Response:
    """Keep the new way."""
    typed = {"channel": form.text("channel"), "address": form.text("address")}
    body = {**typed, "address": typed["address"] or None, "version": int(form.text("version") or 0)}
    try:
        await visit.dossiers.act(code, "result-channel", body, form.key, method="PUT")
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        names = {"result_channel": "channel", "result_address": "address"}
        return _channel_page(visit, await visit.dossiers.one(code), typed, visit.problems(refusal, names))
    return visit.go(Page.MY_DOSSIER, code=code, flash="Đã đổi cách nhận kết quả.")


def _channel_page(visit: Visit, dossier: Json, typed: dict[str, str], errors: list[FormError]) -> Response:
    questions = channel_questions(visit, dossier["result_channels"], typed, errors)
    status = 422 if errors else 200
    return visit.page(
        "citizen/change_channel.html", status=status, errors=errors, dossier=dossier, questions=questions
    )
