"""Attach the papers, look at everything once more, declare and submit."""

from answers.intake import AttachmentOut, DraftOut
from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.adapters.vault import Vault
from portal.api.citizen.channels import CHANNELS
from portal.api.dossier_view import Section, sections
from portal.api.form_page import Filled, FormFlow, file_part, form_page, needed, sends, shows, told_at
from portal.api.forms import Posted, PostedDep
from portal.api.visit import CitizenDep, Visit
from portal.domain.addresses import Page
from portal.domain.journey import form_of, page_of, papers_of

router = APIRouter()


@router.get(Page.PAPERS)
async def papers(visit: CitizenDep, draft_id: str) -> Response:
    """List the papers with what is attached to each."""
    draft = await visit.drafts.one(draft_id)
    return visit.page("citizen/papers.html", draft=draft, papers=papers_of(draft), files=_files(draft))


def _files(draft: DraftOut) -> dict[str, list[AttachmentOut]]:
    found: dict[str, list[AttachmentOut]] = {}
    for file in draft.attachments:
        found.setdefault(file.component, []).append(file)
    return found


async def paper(visit: Visit, filled: Filled) -> Response:
    """Show one paper and ask for its file. Raises: HTTPException when the draft asks for no such paper."""
    draft = await visit.drafts.one(visit.part("draft_id"))
    found = next((c for c in papers_of(draft) if c.id == visit.part("component")), None)
    if found is None:
        raise HTTPException(404)
    files = _files(draft).get(found.id, [])
    kept = await visit.spare(Vault(visit.link("intake")).offers("drafts", draft.id), ())
    offers = [one for one in kept if one.component == found.id and not one.taken]
    return filled.page(visit, "citizen/paper.html", draft=draft, component=found, files=files, offers=offers)


async def reuse(visit: Visit, form: Posted) -> Response:
    """Let a paper of the visitor's vault stand for the component."""
    draft_id, component = visit.part("draft_id"), visit.part("component")
    await Vault(visit.link("intake")).take("drafts", draft_id, component, form.text("paper"), form.key)
    return visit.go(Page.PAPERS, draft_id=draft_id, flash="Đã dùng lại giấy tờ từ kho.")


async def attach(visit: Visit, form: Posted) -> Response:
    """Attach a file to one paper."""
    draft_id, part = visit.part("draft_id"), await file_part(visit, form, "file")
    await visit.drafts.attach(draft_id, visit.part("component"), part, form.key)
    return visit.go(Page.PAPERS, draft_id=draft_id, flash="Đã nhận tệp.")


@router.post(Page.PAPER_REMOVAL)
async def detach(
    visit: CitizenDep, draft_id: str, component: str, attachment: str, form: PostedDep
) -> Response:
    """Remove a file."""
    await visit.drafts.detach(draft_id, attachment)
    return visit.go(Page.PAPER, draft_id=draft_id, component=component, flash="Đã bỏ tệp.")


async def review(visit: Visit, filled: Filled) -> Response:
    """Show all answers and papers before submitting."""
    draft = await visit.drafts.one(visit.part("draft_id"))
    return filled.page(
        visit,
        "citizen/review.html",
        draft=draft,
        sections=sections(visit, form_of(draft.eform), draft.answers),
        papers=papers_of(draft),
        files=_files(draft),
        todo=[(p.message, page_of(draft, p.field)) for p in draft.problems if p.field],
        channels=CHANNELS,
        acting=[row for one in _acting(visit, draft) for row in one.rows],
    )


def _acting(visit: Visit, draft: DraftOut) -> list[Section]:
    """Tell who hands in for somebody else."""
    said = draft.submitter
    return sections(visit, form_of(said.eform), said.answers) if said.answers else []


async def submit(visit: Visit, form: Posted) -> Response:
    """Submit; the request key of the page makes a second click harmless."""
    agreed = form.text("agree") == "true"
    needed(visit, {"agree": agreed}, {"agree": "Đánh dấu vào ô cam đoan trước khi nộp"})
    body = {
        "draft_id": visit.part("draft_id"),
        "declaration_accepted": agreed,
        "declaration_version": form.text("declaration_version"),
    }
    receipt = await visit.dossiers.submit(body, form.key)
    return visit.go(Page.SUBMITTED, code=receipt.code)


form_page(router, Page.PAPER, FormFlow(paper, attach, told_at("file")))
sends(router, Page.PAPER_REUSE, FormFlow(paper, reuse, told_at("")))
shows(router, Page.REVIEW, review)
sends(router, Page.SUBMISSION, FormFlow(review, submit, told_at("")))
