"""The specialist's queues and the leader's: what waits for a hand or a signature, the soonest due first."""

from collections.abc import Sequence

from answers.processing import WorkFilter
from fastapi import APIRouter, Response
from regulation.text import Lang

from portal.api.dossier_view import keep_words, remember, words_of
from portal.api.forms import PostedDep
from portal.api.handling.dossier import clock
from portal.api.handling.further import PAGE_SIZE, view_of
from portal.api.news import follow
from portal.api.paging import cursor_of
from portal.api.queue_pages import Shown, laid_out
from portal.api.relayed import attached
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.bulk import TICKED, offered
from portal.domain.queue_files import codes_of, with_names
from portal.domain.queue_view import View
from portal.domain.queues import work_tabs

router = APIRouter()
AT_ONCE = 100
"""Applicants asked for at once."""


@router.post(Page.WORK_SEARCH)
async def search_work(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address."""
    return keep_words(visit, "work_q", form.text("q"), Page.WORK, loc=form.text("muc") or WorkFilter.ALL)


@router.get(Page.WORK)
async def work_list(visit: OfficerDep) -> Response:
    """List the specialist's dossiers, the soonest due first."""
    return await _work_page(visit, _which(visit.request.query_params.get("loc", WorkFilter.MINE)))


@router.get(Page.TO_SIGN)
async def to_sign(visit: OfficerDep) -> Response:
    """List what waits for the leader's signature."""
    return await _work_page(visit, WorkFilter.TO_SIGN)


async def _work_page(visit: Visit, which: WorkFilter) -> Response:
    view, words = _asked(visit, which)
    cursor = cursor_of(visit)
    found = await visit.processing.dossiers(
        filter=which, q=words, **view.wish, limit=PAGE_SIZE, cursor=cursor
    )
    codes = [row.code for row in found.items]
    remember(visit, "work", codes, cursor, found.next or "")
    counts = await visit.processing.counts(**({} if words else view.wish))
    shown = Shown(
        view=view,
        rows=[(row, clock(visit, row)) for row in found.items],
        tabs=work_tabs(counts, which, None if words else view, rights=visit.rights),
        choices=await visit.spare(visit.processing.choices(), None),
        follows=follow(visit, codes, str(visit.session.account.get("agency") or "")),
    )
    applicants = await named(visit, codes)
    told = laid_out(visit, shown)
    return visit.page(
        "handling/work.html",
        found=found,
        words=words,
        applicants=applicants,
        many=offered(visit.rights),
        all_ticked=TICKED in visit.request.query_params,
        cursor=cursor,
        **told,
    )


def _asked(visit: Visit, which: WorkFilter) -> tuple[View, str]:
    asked = visit.request.query_params
    words = words_of(visit, "work_q", tab="loc" in asked or which is WorkFilter.TO_SIGN)
    return view_of(visit, which, asked, words), words


@router.get(Page.WORK_CSV)
async def export(visit: OfficerDep) -> Response:
    """Hand out the list that is shown, whole, for spreadsheet programs; whose each dossier is stands in it too."""
    which = _which(visit.request.query_params.get("loc", WorkFilter.ALL))
    view, words = _asked(visit, which)
    answer = await visit.processing.csv(filter=which, q=words, **view.wish)
    lang: Lang = "en" if visit.lang == "en" else "vi"
    names = await named(visit, codes_of(answer.text, lang))
    told = with_names(answer.text, names, visit.say("Người nộp"), lang)
    return Response(told, media_type="text/csv; charset=utf-8", headers=attached("ho-so-giai-quyet.csv"))


def _which(asked: str) -> WorkFilter:
    return WorkFilter(asked) if asked in {*WorkFilter} else WorkFilter.ALL


async def named(visit: Visit, codes: Sequence[str]) -> dict[str, str]:
    """Name whose dossiers these are, as far as the officer may open them; nobody where intake is away."""
    named: dict[str, str] = {}
    for some in range(0, len(codes), AT_ONCE):
        found = await visit.spare(visit.desk.applicants(codes[some : some + AT_ONCE]), ())
        named |= {one.code: one.applicant_name for one in found}
    return named
