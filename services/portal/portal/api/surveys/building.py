"""Building surveys: the list, one with its questions, its words, each question, how it will look."""

from answers.qa import BuiltQuestionOut
from fastapi import APIRouter, Response
from regulation.roles import Right
from starlette.exceptions import HTTPException

from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, back_to, form_page, needed, shows, told_as
from portal.api.forms import Posted
from portal.api.paging import cursor_of
from portal.api.surveys.answering import survey_fields, surveys
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain import survey_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import as_typed

router = APIRouter()
FORBIDDEN = frozenset((403, 404))
DETAILS = {"kind": "Chọn loại khảo sát", "title_vi": "Ghi tên khảo sát", "audience": "Chọn ai trả lời"}
QUESTION = {"kind": "Chọn cách trả lời", "vi": "Ghi câu hỏi"}


@router.get(Page.BUILT_SURVEYS)
async def listed(visit: OfficerDep) -> Response:
    """List every survey."""
    return visit.page("surveys/built_list.html", found=await surveys(visit).built(cursor=cursor_of(visit)))


async def show_one(visit: Visit, filled: Filled) -> Response:
    """Show a survey with its questions; of a closed one also the free texts."""
    survey = await surveys(visit).built_one(visit.part("number"))
    page = {"question": visit.request.query_params.get("cau", "")[:40], "cursor": cursor_of(visit)}
    texts = await surveys(visit).texts(survey.number, **page) if "texts" in survey.actions else ()
    return filled.page(visit, "surveys/built_one.html", survey=survey, texts=texts)


async def preview(visit: Visit, filled: Filled) -> Response:
    """Show a survey as those who answer will see it."""
    survey = await surveys(visit).built_one(visit.part("number"))
    fields = survey_fields(visit, survey.form, filled)
    return filled.page(visit, "surveys/preview.html", fields=fields, survey=survey)


async def show_new(visit: Visit, filled: Filled) -> Response:
    """Ask what a new survey is about."""
    fields = as_typed(asked.details(visit.say, None), filled.typed, filled.wrong)
    return filled.page(visit, "surveys/details.html", fields=fields, survey=None)


async def begin(visit: Visit, form: Posted) -> Response:
    """Begin a survey."""
    needed(visit, {name: form.text(name) for name in DETAILS}, DETAILS)
    made = await surveys(visit).begin(asked.details_body(form.text), form.key)
    return visit.go(Page.BUILT_SURVEY, number=made.number, flash="Đã lập khảo sát. Thêm câu hỏi vào đây.")


async def show_details(visit: Visit, filled: Filled) -> Response:
    """Show what a draft is about, to be changed."""
    survey = await surveys(visit).built_one(visit.part("number"))
    fields = as_typed(asked.details(visit.say, survey), filled.typed, filled.wrong)
    return filled.page(visit, "surveys/details.html", fields=fields, survey=survey)


async def change(visit: Visit, form: Posted) -> Response:
    """Say anew what a draft is about."""
    needed(visit, {name: form.text(name) for name in DETAILS}, DETAILS)
    body = {**asked.details_body(form.text), "version": form.version}
    await surveys(visit).put(visit.part("number"), "details", body)
    return visit.go(Page.BUILT_SURVEY, number=visit.part("number"), flash="Đã lưu.")


async def show_question(visit: Visit, filled: Filled) -> Response:
    """Ask what a question asks. Raises: HTTPException where there is none of that name."""
    survey, name = await surveys(visit).built_one(visit.part("number")), visit.part("name")
    one: BuiltQuestionOut | None = next((each for each in survey.questions if each.name == name), None)
    if one is None and name != asked.NEW:
        raise HTTPException(404)
    fields = as_typed(asked.question(visit.say, one), filled.typed, filled.wrong)
    return filled.page(visit, "surveys/question.html", fields=fields, survey=survey, name=name)


async def keep_question(visit: Visit, form: Posted) -> Response:
    """Add a question or change one."""
    needed(visit, {name: form.text(name) for name in QUESTION}, QUESTION)
    number = visit.part("number")
    survey = await surveys(visit).built_one(number)
    wished = asked.with_one(survey.questions, asked.question_body(form.text, visit.part("name")))
    await surveys(visit).put(number, "questions", {"version": form.version, "questions": wished})
    return visit.go(Page.BUILT_SURVEY, number=number, flash="Đã lưu câu hỏi.")


TOLD = told_as(asked.PLACES)
building = FormFlow(show_new, begin, TOLD, FORBIDDEN, back_to(Page.BUILT_SURVEYS))
form_page(router, Page.NEW_SURVEY, building, officer_with(Right.BUILD_SURVEY))
shows(router, Page.BUILT_SURVEY, show_one, officer)
shows(router, Page.SURVEY_PREVIEW, preview, officer)
home = back_to(Page.BUILT_SURVEY, "number")
form_page(router, Page.SURVEY_DETAILS, FormFlow(show_details, change, TOLD, FORBIDDEN, home), officer)
asking = FormFlow(show_question, keep_question, also=FORBIDDEN, back=home)
form_page(router, Page.SURVEY_QUESTION, asking, officer)
