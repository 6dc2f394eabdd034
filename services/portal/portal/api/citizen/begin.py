"""Begin: where the dossier goes and which case it is."""

from fastapi import APIRouter, Response

from portal.adapters.http import ServiceAnswerError
from portal.api.forms import PostedDep
from portal.api.visit import CitizenDep, FormError, Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field
from portal.domain.texts import named

router = APIRouter()


@router.get(Page.BEGIN)
async def begin(visit: CitizenDep, code: str) -> Response:
    """Ask where the dossier goes and which case it is."""
    return await _begin_page(visit, code)


@router.post(Page.BEGIN)
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
    return visit.go(Page.DRAFT_GO_ON, draft_id=draft["id"])


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
