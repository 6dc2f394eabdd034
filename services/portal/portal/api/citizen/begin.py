"""Begin: where the dossier goes and which case it is."""

from fastapi import APIRouter, Response

from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.fields import Field, offered

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask where the dossier goes and which case it is."""
    code = visit.part("code")
    procedure = await visit.catalog.procedure(code)
    agencies = offered(await visit.catalog.agencies(offers=code), visit.lang)
    questions = [
        Field(
            "agency",
            visit.say("Bạn nộp hồ sơ ở đâu?"),
            "radios" if len(agencies) < 8 else "select",
            filled.typed.get("agency", agencies[0].value if len(agencies) == 1 else ""),
            choices=agencies,
            hint=visit.say("Chọn nơi bạn cư trú hoặc nơi có thẩm quyền giải quyết."),
            error=filled.wrong.get("agency", ""),
        ),
    ]
    cases = offered(procedure.content.cases, visit.lang, "id")
    if len(cases) > 1:
        chosen = filled.typed.get("case", cases[0].value)
        questions.append(Field("case", visit.say("Trường hợp của bạn"), "radios", chosen, choices=cases))
    return filled.page(visit, "citizen/begin.html", procedure=procedure, questions=questions)


async def start(visit: Visit, form: Posted) -> Response:
    """Start a draft and lead to its first page."""
    body = {"procedure_code": visit.part("code"), "agency": form.text("agency"), **form.filled(("case",))}
    needed(visit, body, {"agency": "Chọn cơ quan nơi bạn nộp hồ sơ"})
    draft = await visit.drafts.start(body, form.key)
    return visit.go(Page.DRAFT_GO_ON, draft_id=draft.id)


form_page(router, Page.BEGIN, FormFlow(show, start))
