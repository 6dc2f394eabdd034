"""Fill in a draft: one thing per page, kept while typing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from answers.intake import DraftOut, EarlierOut, ProblemOut
from eforms import Page as AskedPage
from eforms import prefilled, read_page
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from portal.adapters import formats
from portal.adapters.http import Json
from portal.api.dossier_view import form_reader
from portal.api.form_page import place_of
from portal.api.forms import Posted, PostedDep
from portal.api.place_lists import with_places
from portal.api.visit import CitizenDep, FormError, Visit
from portal.domain.addresses import Page
from portal.domain.eforms import Answers
from portal.domain.journey import first_open, form_of, neighbours, papers_of, stops
from portal.domain.rivals import Merged, merge

router = APIRouter()
SHOWN, SHOWN_SECONDS = "shown", 7 * 24 * 3600
"""How long a page may stand open and still know what it showed."""


@router.get(Page.DRAFT_GO_ON)
async def go_on(visit: CitizenDep, draft_id: str) -> Response:
    """Go to the first place where something is left to do."""
    draft = await visit.drafts.one(draft_id)
    return visit.go(first_open(draft, visit.lang, visit.say))


@router.get(Page.DRAFT)
async def overview(visit: CitizenDep, draft_id: str) -> Response:
    """Show the whole way and how far it is done."""
    draft = await visit.drafts.one(draft_id)
    return visit.page("citizen/overview.html", draft=draft, stops=stops(draft, visit.lang, visit.say))


@router.post(Page.DRAFT_DISCARD)
async def discard(visit: CitizenDep, draft_id: str, form: PostedDep) -> Response:
    """Throw the draft away."""
    await visit.drafts.discard(draft_id)
    return visit.go(Page.MY_DOSSIERS, flash="Đã xóa bản nháp.")


@router.post(Page.DRAFT_RENEWAL)
async def renew(visit: CitizenDep, draft_id: str, form: PostedDep) -> Response:
    """Carry the draft over to the procedure as it is now."""
    await visit.drafts.renew(draft_id, form.version)
    return visit.go(
        Page.DRAFT,
        draft_id=draft_id,
        flash="Đã chuyển sang phiên bản mới của thủ tục. Hãy xem lại các trang.",
    )


@router.get(Page.QUESTIONS)
async def ask(visit: CitizenDep, draft_id: str, page: str) -> Response:
    """Show one page of questions."""
    draft = await visit.drafts.one(draft_id)
    return await _page(visit, draft, page)


@router.post(Page.QUESTIONS)
async def save(visit: CitizenDep, draft_id: str, page: str, form: PostedDep) -> Response:
    """Save one page; stay on it while something is wrong, else go on."""
    before = await visit.drafts.one(draft_id)
    merged = _merged(visit, before, page, form)
    draft = await visit.drafts.save_page(draft_id, page, merged.own)
    if merged.clashing:
        told = _clashes(visit, draft, page, merged.clashing)
        return await _page(visit, draft, page, (*told, *draft.problems), mine=merged.clashing)
    if code := form.text("earlier"):
        await visit.drafts.carry(draft_id, page, code)
        said = "Đã điền từ hồ sơ trước. Hãy xem lại, sửa chỗ đã thay đổi rồi lưu."
        return visit.go(Page.QUESTIONS, draft_id=draft_id, page=page, flash=said)
    if leads := _leads_to(visit, draft, page, form.text("next")):
        return visit.go(leads)
    if form.text("reload"):
        return await _page(visit, draft, page, focus=form.text("reload"))
    if draft.problems:
        return await _page(visit, draft, page, draft.problems)
    return visit.go(neighbours(draft, page, visit.lang, visit.say)[1])


def _leads_to(visit: Visit, draft: DraftOut, page: str, wanted: str) -> str:
    """Give the page of the same task that was wanted before this one is done; what was typed is saved by then."""
    pages = {
        "back": neighbours(draft, page, visit.lang, visit.say)[0],
        "overview": Page.DRAFT.at(draft_id=draft.id),
        "guide": Page.PROCEDURE_GUIDE.at(code=draft.procedure_code),
        **{f"paper-{c.id}": Page.PAPER.at(draft_id=draft.id, component=c.id) for c in papers_of(draft)},
    }
    return pages.get(wanted, "")


@router.post(Page.AUTOSAVE)
async def autosave(visit: CitizenDep, draft_id: str, page: str, form: PostedDep) -> Response:
    """Keep what has been typed so far and say when."""
    draft = await visit.drafts.one(draft_id)
    merged = _merged(visit, draft, page, form)
    if not await visit.spare(visit.drafts.autosave(draft_id, merged.own, draft.version), False):
        return HTMLResponse(visit.say("Chưa lưu được. Nội dung vẫn ở trên trang này."))
    at = formats.instant(visit.now)
    words = visit.say("Đã lưu lúc {time}", time=f"{at:%H:%M:%S}")
    if merged.clashing:
        words = visit.say("Có mục vừa được sửa ở một trang khác; bấm Lưu để xem cả hai.")
    note = _note(visit, form)
    shown = visit.built.seal.close({**note, "was": {**note["was"], **merged.own}}, SHOWN)
    return HTMLResponse(visit.fragment("citizen/autosaved.html", words=words, shown=shown))


def _merged(visit: Visit, draft: DraftOut, page: str, form: Posted) -> Merged:
    """Take what this tab changed; a page without the note of what it showed changes all it holds."""
    typed, note = _answers(draft, page, form), _note(visit, form)
    return (
        merge(note["was"], typed, draft.answers, note["offered"]) if form.text("shown") else Merged(typed, {})
    )


def _note(visit: Visit, form: Posted) -> Json:
    """Open the note of what the page showed: what the draft held then, and what the account offered."""
    note = visit.built.seal.open(form.text("shown"), SHOWN_SECONDS, SHOWN)
    return note if isinstance(note, dict) else {"was": {}, "offered": {}}


def _clashes(visit: Visit, draft: DraftOut, page: str, clashing: Json) -> list[ProblemOut]:
    """Tell for each answer given differently in two tabs what the other one holds."""
    reader = form_reader(visit, form_of(draft.eform))
    asked = reader.form.page(page)
    words = visit.say(
        "Một trang khác vừa lưu “{other}” ở mục này. Giữ điều bạn nhập, hoặc sửa lại, rồi lưu lần nữa."
    )
    return [
        ProblemOut(
            field=question.name,
            rule="elsewhere",
            message=words.format(other=reader.told(question, draft.answers.get(question.name)) or "–"),
        )
        for question in (asked.questions if asked else ())
        if question.name in clashing
    ]


def _answers(draft: DraftOut, page: str, form: Posted) -> dict[str, Any]:
    try:
        return read_page(form_of(draft.eform), page, form.boxes(), draft.answers)
    except KeyError:
        raise HTTPException(404) from None


async def _page(
    visit: Visit,
    draft: DraftOut,
    page: str,
    problems: Sequence[ProblemOut] = (),
    *,
    focus: str = "",
    mine: Json | None = None,
) -> Response:
    reader = form_reader(visit, form_of(draft.eform))
    asked = reader.form.page(page)
    if asked is None:
        raise HTTPException(404)
    known = {} if draft.submitter.answers else await _account(visit, asked, draft.answers)
    complaints = {p.field.split(".")[0]: p.message for p in reversed(problems)}
    shown = reader.page(page, {**draft.answers, **known, **(mine or {})}, complaints)
    listed = await with_places(visit, shown.fields)
    fields = [replace(field, prefilled=field.name in known) for field in listed]
    ids = {f.name: f.first_id for f in fields}
    errors = [FormError(place_of(p.field, ids), p.message) for p in problems]
    return visit.page(
        "citizen/question.html",
        status=422 if errors else 200,
        earlier=await _earlier(visit, draft, asked),
        errors=errors,
        draft=draft,
        shown=shown,
        fields=fields,
        focus=focus,
        kept=visit.built.seal.close(
            {"was": {q.name: draft.answers.get(q.name) for q in asked.questions}, "offered": known},
            SHOWN,
        ),
        files={a.component for a in draft.attachments},
    )


async def _earlier(visit: Visit, draft: DraftOut, asked: AskedPage) -> list[EarlierOut]:
    """Give the people whom earlier dossiers tell of, where the page asks for somebody with a number."""
    if "identity_number" not in {question.widget for question in asked.questions}:
        return []
    return [one for one in await visit.spare(visit.drafts.earlier(draft.id), ()) if one.page == asked.id]


async def _account(visit: Visit, asked: AskedPage, answers: Answers) -> dict[str, Any]:
    """Give what the account knows for the questions of a page that nobody answered yet."""
    wanted = [question for question in asked.questions if question.prefill and question.name not in answers]
    account = (await visit.identity.me()).model_dump() if wanted else {}
    known = {question.name: prefilled(question, account) for question in wanted}
    return {name: value for name, value in known.items() if value is not None}
