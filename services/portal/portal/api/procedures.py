"""Find a procedure, read everything about it, and begin."""

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit, VisitDep, relay_file
from portal.domain.fields import Choice, Field
from portal.domain.procedures import facts
from portal.domain.texts import named

router = APIRouter(prefix="/thu-tuc")

PAGE_SIZE = 15
FILTERS = ("q", "field", "agency", "level", "online")
LEVELS = (("province", "Cấp tỉnh"), ("commune", "Cấp xã"))


@router.get("")
async def search(visit: VisitDep) -> Response:
    """Search the procedures; an empty search lists all of them."""
    asked = visit.request.query_params
    number = page_number(asked.get("page", ""))
    filters = {name: asked.get(name, "").strip()[:200] for name in FILTERS}
    found = await visit.catalog.search(**filters, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    address = _address(visit, {name: value for name, value in filters.items() if value})
    return visit.page(
        "citizen/search.html",
        found=found,
        filters=filters,
        questions=await _filter_questions(visit, filters),
        number=number,
        count=-(-int(found.get("total", 0)) // PAGE_SIZE),
        address=address,
    )


def page_number(text: str) -> int:
    """Read a page number from an address; nonsense is the first page."""
    return int(text) if text.isdigit() and 0 < int(text) < 10_000 else 1


def _address(visit: Visit, filters: Json) -> Callable[[int], str]:
    return lambda number: visit.url("/thu-tuc?" + urlencode({**filters, "page": number}))


async def _filter_questions(visit: Visit, chosen: Json) -> list[Field]:
    everything = Choice("", visit.say("Tất cả"))
    fields = [Choice(str(f["code"]), named(f, "name", visit.lang)[0]) for f in await visit.catalog.fields()]
    levels = [Choice(code, visit.say(words)) for code, words in LEVELS]
    agencies = [
        Choice(str(a["code"]), named(a, "name", visit.lang)[0]) for a in await visit.catalog.agencies()
    ]
    rows = (
        ("field", "Lĩnh vực", fields),
        ("agency", "Cơ quan", agencies),
        ("level", "Cấp thực hiện", levels),
    )
    return [
        Field(name, visit.say(label), "select", value=str(chosen[name]), choices=(everything, *choices))
        for name, label, choices in rows
    ]


@router.get("/{code}")
async def show(visit: VisitDep, code: str) -> Response:
    """Show all constituent parts of one procedure."""
    procedure = await visit.catalog.procedure(code)
    return visit.page("citizen/procedure.html", procedure=procedure, facts=facts(procedure, visit.lang))


@router.get("/{code}/huong-dan")
async def guide(visit: VisitDep, code: str) -> Response:
    """Show the step-by-step guide of one service."""
    procedure = await visit.catalog.procedure(code)
    return visit.page("citizen/guide.html", procedure=procedure, facts=facts(procedure, visit.lang))


@router.get("/{code}/mau/{form}")
async def form_file(visit: VisitDep, code: str, form: str) -> Response:
    """Download a blank form."""
    return relay_file(visit, await visit.catalog.form_file(form))


@router.get("/{code}/nop")
async def begin(visit: CitizenDep, code: str) -> Response:
    """Ask where the dossier goes and which case it is."""
    return await _begin_page(visit, code)


@router.post("/{code}/nop")
async def start(visit: CitizenDep, code: str, form: PostedDep) -> Response:
    """Start a draft and lead to its first page."""
    body = {"procedure_code": code, **form.filled(("agency", "case"))}
    if "agency" not in body:
        missing = visit.say("Chọn cơ quan nơi bạn nộp hồ sơ")
        return await _begin_page(visit, code, form.typed(), [FormError("agency", missing)])
    try:
        draft = await visit.drafts.start(body, form.key)
    except ServiceAnswerError as refusal:
        if refusal.status not in (409, 422):
            raise
        return await _begin_page(visit, code, form.typed(), visit.problems(refusal))
    return visit.go(f"/ban-nhap/{draft['id']}/tiep")


async def _begin_page(
    visit: Visit, code: str, typed: dict[str, str] | None = None, errors: list[FormError] | None = None
) -> Response:
    procedure, typed = await visit.catalog.procedure(code), typed or {}
    complaints = {error.field: error.message for error in errors or ()}
    agencies = await visit.catalog.agencies(offers=code)
    choices = tuple(Choice(str(a["code"]), named(a, "name", visit.lang)[0]) for a in agencies)
    chosen = typed.get("agency", choices[0].value if len(choices) == 1 else "")
    label = visit.say("Bạn nộp hồ sơ ở đâu?")
    questions = [
        Field(
            "agency",
            label,
            "radios" if len(choices) < 8 else "select",
            chosen,
            choices=choices,
            hint=visit.say("Chọn nơi bạn cư trú hoặc nơi có thẩm quyền giải quyết."),
            error=complaints.get("agency", ""),
        ),
    ]
    cases = tuple(Choice(str(c["id"]), named(c, "name", visit.lang)[0]) for c in procedure.get("cases") or ())
    if len(cases) > 1:
        questions.append(
            Field(
                "case",
                visit.say("Trường hợp của bạn"),
                "radios",
                typed.get("case", cases[0].value),
                choices=cases,
            )
        )
    status = 422 if errors else 200
    return visit.page(
        "citizen/begin.html", status=status, errors=errors or (), procedure=procedure, questions=questions
    )
