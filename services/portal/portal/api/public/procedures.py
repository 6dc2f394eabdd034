"""Find a procedure and read everything about it."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.relayed import relay_file
from portal.api.visit import Visit, VisitDep
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, offered
from portal.domain.numbers import whole_number

router = APIRouter()

PAGE_SIZE = 15
ANSWERED = 5
"""Answers that a procedure's page names."""
FILTERS = ("q", "field", "agency", "level", "online")
LEVELS = (("province", "Cấp tỉnh"), ("commune", "Cấp xã"))


@router.get(Page.PROCEDURES)
async def search(visit: VisitDep) -> Response:
    """Search the procedures; an empty search lists all of them."""
    asked = visit.request.query_params
    number = page_number(asked.get("page", ""))
    filters = {name: asked.get(name, "").strip()[:200] for name in FILTERS}
    found = await visit.catalog.search(**filters, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    address = _address(visit, {name: value for name, value in filters.items() if value})
    return visit.page(
        "public/search.html",
        found=found,
        filters=filters,
        questions=await _filter_questions(visit, filters),
        number=number,
        count=-(-found.total // PAGE_SIZE),
        address=address,
    )


def page_number(text: str) -> int:
    """Read a page number from an address; nonsense is the first page."""
    number = whole_number(text)
    return number if 0 < number < 10_000 else 1


def _address(visit: Visit, filters: Json) -> Callable[[int], str]:
    return lambda number: visit.url(Page.PROCEDURES, **filters, page=number)


async def _filter_questions(visit: Visit, chosen: Json) -> list[Field]:
    everything = Choice("", visit.say("Tất cả"))
    rows = (
        ("field", "Lĩnh vực", offered(await visit.catalog.fields(), visit.lang)),
        ("agency", "Cơ quan", offered(await visit.catalog.agencies(), visit.lang)),
        ("level", "Cấp thực hiện", tuple(Choice(code, visit.say(words)) for code, words in LEVELS)),
    )
    return [
        Field(name, visit.say(label), "select", value=str(chosen[name]), choices=(everything, *choices))
        for name, label, choices in rows
    ]


@router.get(Page.PROCEDURE)
async def show(visit: VisitDep, code: str) -> Response:
    """Show all constituent parts of one procedure."""
    procedure = await visit.catalog.procedure(code)
    answered = await visit.spare(visit.questions.answers(procedure=code, limit=ANSWERED), None)
    return visit.page("public/procedure.html", procedure=procedure, answered=answered)


@router.get(Page.PROCEDURE_GUIDE)
async def guide(visit: VisitDep, code: str) -> Response:
    """Show the step-by-step guide of one service."""
    procedure = await visit.catalog.procedure(code)
    return visit.page("public/guide.html", procedure=procedure)


@router.get(Page.BLANK_FORM)
async def form_file(visit: VisitDep, code: str, form: str) -> Response:
    """Download a blank form."""
    return relay_file(visit, await visit.catalog.form_file(form))
