"""The citizen's own dossiers: what was submitted, where it is, what is asked, what came out."""

from dataclasses import dataclass
from functools import partial

from answers.intake import ComponentOut
from fastapi import APIRouter, Response

from portal.adapters.feedback import Feedback
from portal.adapters.vault import Vault
from portal.api.citizen.channels import CHANNELS
from portal.api.dossier_view import FILE_KINDS
from portal.api.form_page import Filled, FormFlow, do_each, file_part, form_page, needed, sends, told_at
from portal.api.forms import Posted
from portal.api.news import follow
from portal.api.relayed import relay_file
from portal.api.since import since_last
from portal.api.visit import CitizenDep, Visit
from portal.domain import documents
from portal.domain.addresses import Page

router = APIRouter()
PAGE_SIZE = 20
FILE = "file-"
"""Stands before the paper in the name of the box where its file is chosen."""


@router.get(Page.MY_DOSSIERS)
async def mine(visit: CitizenDep) -> Response:
    """List the own dossiers, what waits for the citizen first."""
    start = visit.request.query_params.get("tu", "")
    start = start if start.isdigit() else ""
    found = await visit.dossiers.mine(limit=PAGE_SIZE, offset=start)
    return visit.page(
        "citizen/dossiers.html",
        requests=await visit.dossiers.requests(),
        drafts=await visit.drafts.all(),
        found=found,
        first=not start,
        unread=await visit.unread(),
        since=None if start else await since_last(visit),
        follows=follow(visit, [row.code for row in found.items]),
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
    rated = await visit.spare(Feedback(visit.link("qa")).ratings(code), None)
    open_requests = [request for request in dossier.requests if not request.answered_at]
    return visit.page(
        "citizen/dossier.html",
        dossier=dossier,
        papers=documents.papers(dossier.documents, visit.say),
        channels=CHANNELS,
        rated=rated,
        open_requests=open_requests,
        lookup=visit.lookup_address(code),
        follows=follow(visit, [code]),
    )


async def pass_on_page(visit: Visit, filled: Filled) -> Response:
    """Say what passing it on does, and ask for consent."""
    dossier = await visit.dossiers.one(visit.part("code"))
    on = dossier.passing_on
    if "passing-on" not in dossier.actions or on is None or on.dossier:
        return visit.go(Page.MY_DOSSIER, code=dossier.code)
    if on.draft_id:
        return visit.go(Page.REVIEW, draft_id=on.draft_id)
    return filled.page(visit, "citizen/pass_on.html", dossier=dossier)


async def pass_on(visit: Visit, form: Posted) -> Response:
    """Carry it over to the competent agency, and lead to the draft there."""
    needed(visit, {"agree": form.text("agree")}, {"agree": "Đánh dấu nếu bạn đồng ý chuyển hồ sơ"})
    draft = await visit.dossiers.pass_on(visit.part("code"), form.version)
    return visit.go(
        Page.REVIEW,
        draft_id=draft,
        flash="Đã chuyển thông tin và tệp. Hãy xem lại rồi nộp đến cơ quan có thẩm quyền.",
    )


form_page(router, Page.PASS_ON, FormFlow(pass_on_page, pass_on, told_at("")))


@router.get(Page.MY_FILE)
async def download(visit: CitizenDep, code: str, kind: str, number: str) -> Response:
    """Hand out a paper or an attached file."""
    opened = visit.request.query_params.get("mo") == "1"
    return relay_file(
        visit, await visit.dossiers.file(code, FILE_KINDS.get(kind, "files"), number, opened=opened)
    )


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for: its place in addresses, the paper of the dossier if it is one, and why."""

    component: str
    paper: ComponentOut | None
    note: str
    text: str = ""


async def supplement(visit: Visit, filled: Filled) -> Response:
    """Show exactly what is asked, and nothing else to change."""
    dossier = await visit.dossiers.one(visit.part("code"))
    request = next((r for r in reversed(dossier.requests) if not r.answered_at), None)
    if request is None:
        return visit.go(Page.MY_DOSSIER, code=dossier.code)
    papers = {c.id: c for c in dossier.components}
    kept = await visit.spare(Vault(visit.link("intake")).offers("dossiers", dossier.code), ())
    asked = [
        *(Wanted(item.component, papers.get(item.component), item.note) for item in request.items),
        *(
            Wanted(f"free-{place}", None, item.legal_basis, item.text)
            for place, item in enumerate(request.free_items, start=1)
        ),
    ]
    return filled.page(
        visit,
        "citizen/supplement.html",
        dossier=dossier,
        request=request,
        asked=asked,
        offers=[one for one in kept if not one.taken],
        note=filled.typed.get("note", ""),
    )


async def attach(visit: Visit, form: Posted) -> Response:
    """Attach the file of one of the papers asked for, and every other one that was chosen beside it."""
    if not form.chosen(FILE):
        await file_part(visit, form, FILE + visit.part("component"))
    await take_chosen(visit, form)
    return await _on_page(visit, form, "Đã nhận tệp.")


async def _on_page(visit: Visit, form: Posted, said: str) -> Response:
    """Stay on the page; words typed beside a paper stay with it, for an address would show them."""
    if form.text("note"):
        visit.session.flash = visit.say(said)
        return await supplement(visit, Filled.of(form))
    return visit.go(Page.SUPPLEMENT, code=visit.part("code"), flash=said)


async def reuse(visit: Visit, form: Posted) -> Response:
    """Let a paper of the visitor's vault stand for one that is asked for."""
    code, paper = visit.part("code"), form.text("paper")
    await Vault(visit.link("intake")).take("dossiers", code, visit.part("component"), paper, form.key)
    return await _on_page(visit, form, "Đã dùng lại giấy tờ từ kho.")


async def take_chosen(visit: Visit, form: Posted) -> None:
    """Attach every file that was chosen. Raises: WrongInputError that names each one refused, at its paper."""
    parts = {place: await file_part(visit, form, place) for place in form.chosen(FILE)}
    code = visit.part("code")
    await do_each(
        visit,
        [
            (
                place,
                partial(visit.dossiers.attach, code, place.removeprefix(FILE), part, f"{form.key}-{place}"),
            )
            for place, part in parts.items()
        ],
    )


async def answer(visit: Visit, form: Posted) -> Response:
    """Send the supplement with the files that are chosen on the page; while one of them is refused, nothing is sent."""
    await take_chosen(visit, form)
    code, body = visit.part("code"), {"version": form.version, "note": form.text("note")}
    await visit.dossiers.act(code, "supplement-answer", body, form.key)
    return visit.go(
        Page.MY_DOSSIER, code=code, flash="Đã gửi phần bổ sung. Bộ phận một cửa sẽ kiểm tra tiếp."
    )


form_page(router, Page.SUPPLEMENT, FormFlow(supplement, answer, told_at("")))
sends(router, Page.SUPPLEMENT_PAPER, FormFlow(supplement, attach))
sends(router, Page.SUPPLEMENT_REUSE, FormFlow(supplement, reuse, told_at("")))
