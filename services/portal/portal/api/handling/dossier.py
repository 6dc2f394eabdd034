"""One dossier in the specialist unit and before the leader: take, propose, return, approve, sign."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError, ServiceUnreachableError
from portal.api.dossier_view import forewarned, place_names, sections, shown_file
from portal.api.forms import Posted, PostedDep
from portal.api.visit import FormError, OfficerDep, Visit, relay_file
from portal.domain.addresses import Page
from portal.domain.deadlines import deadline
from portal.domain.eforms import FormReader
from portal.domain.fields import DATE_PARTS, Choice, Field, date_parts, typed_date
from portal.domain.journey import form_of
from portal.domain.queues import beside
from portal.domain.texts import named

router = APIRouter()
KINDS = {"long_text": "long_text", "choice": "select", "date": "date"}


@router.get(Page.WORK_DOSSIER)
async def show(visit: OfficerDep, code: str) -> Response:
    """Show the dossier with its answers, papers, process and what may be done."""
    return await dossier_page(visit, code, [])


async def dossier_page(
    visit: Visit, code: str, errors: list[FormError], typed: Json | None = None
) -> Response:
    """Answer with the page of a dossier at hand."""
    handled, dossier = await visit.processing.one(code), await _dossier(visit, code)
    before, after = beside(visit.session.notes.get("work_codes", "").split(","), code)
    closed = handled["state"] in ("result_ready", "rejected")
    return visit.page(
        "handling/dossier.html",
        status=422 if errors else 200,
        errors=errors,
        handled=handled,
        dossier=dossier,
        clock=deadline(None if closed else handled["remaining_minutes"], visit.say),
        sections=await sections(visit, form_of(dossier["procedure"]), dossier["answers"]) if dossier else [],
        before=before,
        after=after,
        typed=typed or {},
        shown=shown_file(visit, dossier) if dossier else None,
        forewarned=forewarned(visit, code),
        officers=await visit.processing.officers() if "assignment" in handled["actions"] else [],
    )


async def _dossier(visit: Visit, code: str) -> Json | None:
    try:
        return await visit.dossiers.one(code)
    except (ServiceAnswerError, ServiceUnreachableError) as error:
        if isinstance(error, ServiceAnswerError) and error.status == 401:
            raise
        return None


async def act(visit: Visit, code: str, action: str, body: Json, form: Posted) -> list[FormError]:
    """Carry out an action; the complaints when it was refused."""
    try:
        await visit.processing.act(code, action, body, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in (403, 409, 422):
            raise
        return visit.problems(refusal)
    return []


def version(form: Posted) -> int:
    """Read the version of the dossier the officer saw."""
    text = form.text("version")
    return int(text) if text.isdigit() else 0


@router.post(Page.CLAIM)
async def claim(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Take a dossier nobody handles."""
    errors = await act(visit, code, "claim", {}, form)
    return await _after(visit, code, errors, "Bạn đã nhận giải quyết hồ sơ này.")


@router.post(Page.ASSIGN)
async def assign(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Give the dossier to an officer."""
    errors = await act(visit, code, "assignment", {"officer_id": form.text("officer_id") or None}, form)
    return await _after(visit, code, errors, "Đã giao hồ sơ.")


@router.post(Page.COMPLETE_STEP)
async def complete(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """End the step at hand."""
    body = {"version": version(form), "remarks": form.text("remarks")}
    errors = await act(visit, code, "step-completion", body, form)
    return await _after(visit, code, errors, "Đã chuyển sang bước tiếp theo.")


async def _after(visit: Visit, code: str, errors: list[FormError], done: str) -> Response:
    if errors:
        return await dossier_page(visit, code, [FormError("", e.message) for e in errors])
    return visit.go(Page.WORK_DOSSIER, code=code, flash=done)


@router.get(Page.PROPOSE)
async def ask_proposal(visit: OfficerDep, code: str) -> Response:
    """Ask for the decision to propose, its lines filled from the application."""
    return await _proposal_page(visit, code, [])


@router.post(Page.PROPOSE)
async def propose(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Put the decision before the leader."""
    outcome = form.text("outcome")
    content = lines_of(form)
    body: Json = {
        "version": version(form),
        "outcome": outcome,
        "content": {name: text for name, text in content.items() if text},
        "reasons": form.text("reasons") or None,
        "legal_basis": form.text("legal_basis") or None,
    }
    if outcome not in ("grant", "reject"):
        return await _proposal_page(
            visit, code, [FormError("outcome", visit.say("Chọn đề xuất"))], _again(form, content)
        )
    errors = await act(visit, code, "proposal", body, form)
    if errors:
        renamed = [
            FormError(e.field if e.field in body else f"c-{e.field}" if e.field else "", e.message)
            for e in errors
        ]
        return await _proposal_page(visit, code, renamed, _again(form, content))
    return visit.go(Page.WORK_DOSSIER, code=code, flash="Đã trình lãnh đạo.")


def lines_of(form: Posted) -> dict[str, str]:
    """Read the lines of the drafted decision; a date is three boxes."""
    lines: dict[str, str] = {}
    for name in (name.removeprefix("c-") for name in form.typed() if name.startswith("c-")):
        base, _, part = name.rpartition("-")
        if part in DATE_PARTS and base:
            lines[base] = typed_date({part: form.text(f"c-{base}-{part}") for part in DATE_PARTS})
        else:
            lines[name] = form.text(f"c-{name}")
    return lines


def _again(form: Posted, lines: dict[str, str]) -> Json:
    return {**form.typed(), **{f"c-{name}": text for name, text in lines.items()}}


async def _proposal_page(
    visit: Visit, code: str, errors: list[FormError], typed: Json | None = None
) -> Response:
    handled, dossier = await visit.processing.one(code), await _dossier(visit, code)
    known = (handled.get("proposal") or {}).get("content") or await _known(visit, handled, dossier)
    values = typed or {f"c-{name}": text for name, text in known.items()}
    wrong = {e.field: e.message for e in errors}
    return visit.page(
        "handling/propose.html",
        status=422 if errors else 200,
        errors=errors,
        handled=handled,
        typed=typed or {},
        wrong=wrong,
        clock=deadline(handled["remaining_minutes"], visit.say),
        values=values,
        lines=[_line(visit, line, values, wrong) for line in handled["draft_fields"]],
    )


def _line(visit: Visit, line: Json, values: Json, wrong: dict[str, str]) -> Field:
    name = f"c-{line['id']}"
    choices = tuple(Choice(str(code), str(words)) for code, words in line["options"].items())
    return Field(
        name=name,
        label=named(line, "label", visit.lang)[0],
        kind=KINDS.get(line["kind"], "text"),
        value=str(values.get(name, "")),
        choices=choices,
        required=line["required"],
        error=wrong.get(name, ""),
        parts=date_parts(str(values.get(name, ""))) if line["kind"] == "date" else {},
    )


async def _known(visit: Visit, handled: Json, dossier: Json | None) -> dict[str, str]:
    """Fill the lines of the decision from the answers that bear the same names."""
    if dossier is None:
        return {}
    form, answers = form_of(dossier["procedure"]), dossier["answers"]
    reader, places = FormReader(form, "vi", visit.say), await place_names(visit, answers)
    items = {i["name"]: i for page in form.get("pages", ()) for i in page["fields"]}
    found = {"applicant": str(dossier["applicant_name"])}
    for line in handled["draft_fields"]:
        if line["id"] in items and answers.get(line["id"]) is not None:
            plain = line["kind"] in ("choice", "date")
            found[line["id"]] = (
                str(answers[line["id"]]) if plain else reader.told(items[line["id"]], answers, places)
            )
    return found


@router.get(Page.DRAFT_DOCUMENT)
async def draft_document(visit: OfficerDep, code: str) -> Response:
    """Show exactly what would be signed."""
    return relay_file(visit, await visit.processing.draft_document(code), framed=True)


@router.get(Page.RETURN)
async def ask_return(visit: OfficerDep, code: str) -> Response:
    """Ask what the specialist has to mend."""
    return await _leader_page(visit, "return", code, [])


@router.post(Page.RETURN)
async def send_back(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Send the dossier back with remarks."""
    remarks = form.text("remarks")
    errors = [] if remarks else [FormError("remarks", visit.say("Ghi rõ điều cần sửa"))]
    errors = errors or await act(visit, code, "return", {"version": version(form), "remarks": remarks}, form)
    if errors:
        return await _leader_page(visit, "return", code, errors, remarks)
    return visit.go(Page.TO_SIGN, flash="Đã trả lại cho chuyên viên kèm ý kiến.")


@router.get(Page.APPROVE)
async def ask_approve(visit: OfficerDep, code: str) -> Response:
    """Show the proposal and the document before approving."""
    return await _leader_page(visit, "approve", code, [])


@router.post(Page.APPROVE)
async def approve(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Approve the proposal; where a signature follows, go on to it."""
    body = {"version": version(form), "remarks": form.text("remarks")}
    errors = await act(visit, code, "approval", body, form)
    if errors:
        return await _leader_page(visit, "approve", code, errors, form.text("remarks"))
    return visit.go(Page.WORK_DOSSIER, code=code, flash="Đã duyệt.")


@router.get(Page.SIGN)
async def ask_sign(visit: OfficerDep, code: str) -> Response:
    """Show exactly what will be signed."""
    return await _leader_page(visit, "sign", code, [])


@router.post(Page.SIGN)
async def sign(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Sign and release the result."""
    errors = await act(visit, code, "signature", {"version": version(form)}, form)
    if errors:
        return await _leader_page(visit, "sign", code, errors)
    return visit.go(Page.WORK_DOSSIER, code=code, flash="Đã ký số. Kết quả đã phát hành cho người nộp.")


async def _leader_page(
    visit: Visit, name: str, code: str, errors: list[FormError], remarks: str = ""
) -> Response:
    handled = await visit.processing.one(code)
    return visit.page(
        f"handling/{name}.html",
        status=422 if errors else 200,
        errors=errors,
        handled=handled,
        remarks=remarks,
        clock=deadline(handled["remaining_minutes"], visit.say),
        wrong={e.field: e.message for e in errors},
    )
