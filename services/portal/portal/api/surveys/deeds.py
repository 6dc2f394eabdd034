"""What is done to a survey: its questions ordered, published, thrown away, closed."""

from fastapi import APIRouter, Response

from portal.api.form_page import Filled, FormFlow, day_typed, form_page, sends
from portal.api.forms import Posted
from portal.api.surveys.answering import surveys
from portal.api.surveys.building import FORBIDDEN, home, show_one
from portal.api.visit import Visit, officer
from portal.domain import survey_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import as_typed

router = APIRouter()
MOVES = ("up", "down", "remove")
ENDINGS = {
    "discarding": "Đã bỏ khảo sát.",
    "closing": "Khảo sát đã kết thúc; kết quả được công bố.",
}


async def order(visit: Visit, form: Posted) -> Response:
    """Move a question up or down, or take it out."""
    number, deed = visit.part("number"), form.text("deed")
    survey = await surveys(visit).built_one(number)
    if deed in MOVES:
        wished = asked.ordered(survey.questions, form.text("question"), deed)
        await surveys(visit).put(number, "questions", {"version": form.version, "questions": wished})
    return visit.go(Page.BUILT_SURVEY, number=number, flash="Đã lưu câu hỏi.")


async def show_publication(visit: Visit, filled: Filled) -> Response:
    """Ask on which days answers are taken."""
    survey = await surveys(visit).built_one(visit.part("number"))
    fields = as_typed(asked.days(visit.say), filled.typed, filled.wrong)
    return filled.page(visit, "surveys/publish.html", fields=fields, survey=survey)


async def publish(visit: Visit, form: Posted) -> Response:
    """Publish the survey."""
    days = {name: day_typed(visit, name, form.text(name)) for name in ("opens_on", "closes_on")}
    number = visit.part("number")
    await surveys(visit).act(number, "publication", {**days, "version": form.version})
    return visit.go(Page.BUILT_SURVEY, number=number, flash="Đã công bố khảo sát.")


async def show_ending(visit: Visit, filled: Filled) -> Response:
    """Ask whether a draft is to be thrown away, or a survey that runs to end."""
    survey = await surveys(visit).built_one(visit.part("number"))
    return filled.page(visit, "surveys/end.html", survey=survey)


async def end(visit: Visit, form: Posted) -> Response:
    """Throw a draft away, or end a survey that runs."""
    number, action = visit.part("number"), form.text("action")
    survey = await surveys(visit).built_one(number)
    if action not in ENDINGS or action not in survey.actions:
        return visit.go(Page.BUILT_SURVEY, number=number)
    await surveys(visit).act(number, action, {"version": form.version})
    return visit.go(Page.BUILT_SURVEYS, flash=ENDINGS[action])


sends(router, Page.SURVEY_ORDER, FormFlow(show_one, order, also=FORBIDDEN), officer)
form_page(
    router, Page.SURVEY_PUBLICATION, FormFlow(show_publication, publish, also=FORBIDDEN, back=home), officer
)
form_page(router, Page.SURVEY_ENDING, FormFlow(show_ending, end, also=FORBIDDEN), officer)
