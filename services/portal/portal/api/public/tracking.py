"""Look a dossier up by its code, and check a paper's signature; nobody needs to sign in."""

from fastapi import APIRouter, Response
from regulation.text import cleaned_line

from portal.adapters.http import ServiceAnswerError
from portal.api.forms import PostedDep
from portal.api.visit import Visit, VisitDep
from portal.domain.addresses import Page
from portal.domain.lookups import WAYS

router = APIRouter()
ASKED = ("HD-", "PA-")
"""How the numbers of questions and feedback begin."""
QUESTION = "lookup-question-needed"
"""How intake says that the last digits are asked for as well."""


@router.get(Page.LOOKUP)
async def ask(visit: VisitDep) -> Response:
    """Ask for a dossier code."""
    code = cleaned_line(visit.request.query_params.get("code", ""))[:80]
    return (
        visit.go(Page.TRACKING, code=code.replace("/", "")) if code else _ask_page(visit, "", missing=False)
    )


def _ask_page(visit: Visit, code: str, *, missing: bool, question: bool = False) -> Response:
    status = 404 if missing else 200
    asked = code.upper().startswith(ASKED)
    return visit.page(
        "public/lookup.html",
        status=status,
        code=code,
        missing=missing,
        question=question,
        asked=asked,
        ways=[(one, WAYS[one]) for one in visit.built.lookups],
    )


@router.post(Page.LOOKUP)
async def answer(visit: VisitDep, form: PostedDep) -> Response:
    """Look up with the answer to the second question, which stands in no address."""
    code = cleaned_line(form.text("code"))[:80]
    found = await visit.found(visit.dossiers.answer_lookup(code, form.text("digits")[:20]))
    if found is None:
        return _ask_page(visit, code, missing=True, question=True)
    return visit.page("public/tracking.html", found=found, lookup=visit.lookup_address(found.code))


@router.get(Page.TRACKING)
async def show(visit: VisitDep, code: str) -> Response:
    """Show state, step and due date; an unknown and a malformed code get the same neutral answer."""
    try:
        found = await visit.found(visit.dossiers.track(code))
    except ServiceAnswerError as refusal:
        if refusal.code != QUESTION:
            raise
        return _ask_page(visit, code, missing=False, question=True)
    if found is None:
        return _ask_page(visit, code, missing=True)
    return visit.page("public/tracking.html", found=found, lookup=visit.lookup_address(found.code))


@router.get(Page.VERIFY)
async def ask_paper(visit: VisitDep) -> Response:
    """Ask for the verification code printed on a paper."""
    code = cleaned_line(visit.request.query_params.get("code", ""))[:80]
    if code:
        return visit.go(Page.VERIFIED, code=code.replace("/", ""))
    return visit.page("public/verify.html", code="", missing=False, found=None)


@router.get(Page.VERIFIED)
async def check_paper(visit: VisitDep, code: str) -> Response:
    """Say whether a paper is genuine, who signed it and when."""
    found = await visit.found(visit.dossiers.check_paper(code))
    status = 404 if found is None else 200
    return visit.page("public/verify.html", status=status, code=code, missing=found is None, found=found)
