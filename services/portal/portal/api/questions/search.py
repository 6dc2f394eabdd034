"""Search the published answers, read one, take them elsewhere by feed."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from portal.adapters.http import Json
from portal.api.visit import Visit, VisitDep
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, offered
from portal.domain.question_forms import listed

router = APIRouter()
PAGE_SIZE, SUGGESTED = 15, 5
FILTERS = ("q", "topic", "agency", "procedure")
FEWEST = 3
"""Letters before anything is suggested."""


@router.get(Page.ANSWERS)
async def search(visit: VisitDep) -> Response:
    """Search the published answers; an empty search lists all of them, the newest first."""
    wish = _wish(visit)
    cursor = visit.request.query_params.get("cursor", "")[:400]
    terms = await visit.questions.terms()
    shows = terms.enabled and terms.publishes != "no"
    found = await visit.questions.answers(**wish, limit=PAGE_SIZE, cursor=cursor) if shows else None
    everything = Choice("", visit.say("Tất cả"))
    agencies = offered(await visit.spare(visit.catalog.agencies(), ()), visit.lang)
    questions = [
        Field(
            "topic", visit.say("Chủ đề"), "select", wish["topic"], choices=(everything, *listed(terms.topics))
        ),
        Field("agency", visit.say("Cơ quan"), "select", wish["agency"], choices=(everything, *agencies)),
    ]
    return visit.page("questions/search.html", terms=terms, found=found, wish=wish, questions=questions)


@router.get(Page.ANSWERS_SUGGESTED)
async def suggest(visit: VisitDep) -> Response:
    """Give the answers that match what is being typed, to stand below the box."""
    words = visit.request.query_params.get("q", "").strip()[:200]
    found = (
        await visit.spare(visit.questions.answers(q=words, limit=SUGGESTED), None) if _enough(words) else None
    )
    return HTMLResponse(visit.fragment("questions/suggested.html", found=found, words=words))


def _enough(words: str) -> bool:
    return len(words) >= FEWEST


@router.get(Page.ANSWER)
async def show(visit: VisitDep, number: str) -> Response:
    """Show one published answer; of one that is not public, or not any more, say so."""
    answer = await visit.found(visit.questions.answer(number))
    if answer is None:
        return visit.page("questions/not_public.html", status=404, number=number)
    code = answer.procedure
    procedure = await visit.spare(visit.catalog.procedure(code), None) if code else None
    return visit.page("questions/answer.html", a=answer, procedure=procedure)


@router.get(Page.ANSWERS_FEED)
async def feed(visit: VisitDep) -> Response:
    """Hand the feed on; whoever kept the newest is told so, and nothing else."""
    told = await visit.questions.feed(visit.request.headers.get("if-none-match", "")[:400])
    kept = {name: told.headers[name] for name in ("etag", "vary") if name in told.headers}
    if told.status_code == 304:
        return Response(status_code=304, headers=kept)
    return Response(told.content, media_type=told.headers.get("content-type"), headers=kept)


def _wish(visit: Visit) -> Json:
    asked = visit.request.query_params
    return {name: asked.get(name, "").strip()[:200] for name in FILTERS}
