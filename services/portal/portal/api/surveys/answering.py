"""Surveys for everybody: which there are, answering one, its results."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from answers.qa import QuestionFigureOut, SurveyOut
from eforms import read_form, read_page
from fastapi import APIRouter, Response

from portal.adapters import formats
from portal.adapters.surveys import Surveys
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, form_page
from portal.api.forms import Posted
from portal.api.gates import SignInNeededError
from portal.api.paging import cursor_of
from portal.api.relayed import relay_file
from portal.api.visit import Visit, VisitDep, visit
from portal.domain.addresses import Page
from portal.domain.charts import Chart, shares
from portal.domain.cookies import SURVEY
from portal.domain.fields import Field, as_typed, offered

router = APIRouter()
FORM_PAGE = "survey"
FOR_DOSSIERS = "dossiers"
REFUSED = frozenset((403, 429))


def surveys(visit: Visit) -> Surveys:
    """Give the service of surveys on behalf of a visitor."""
    return Surveys(visit.link("qa"))


@router.get(Page.SURVEYS)
async def listed(visit: VisitDep) -> Response:
    """List the surveys that run and those whose results stand."""
    return visit.page("surveys/list.html", found=await surveys(visit).listed(cursor=cursor_of(visit)))


def survey_fields(visit: Visit, form: Mapping[str, Any], filled: Filled) -> tuple[Field, ...]:
    """Lay the questions of a survey out, with what was answered already."""
    read = read_form(form)
    boxes = getattr(visit.request.state, "boxes", filled.typed)
    values = {name: value for name, value in read_page(read, FORM_PAGE, boxes).items() if value is not None}
    return form_reader(visit, read).page(FORM_PAGE, values, filled.wrong).fields


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask the questions of a survey. Raises: SignInNeededError where it asks who had a dossier."""
    survey = await surveys(visit).one(visit.part("number"))
    if survey.open and survey.audience == FOR_DOSSIERS and not visit.session.signed_in:
        raise SignInNeededError
    about = as_typed(await _agency(visit, survey), filled.typed, filled.wrong)
    fields = [*about, *survey_fields(visit, survey.form, filled)]
    return filled.page(visit, "surveys/answer.html", fields=fields, survey=survey)


async def _agency(visit: Visit, survey: SurveyOut) -> list[Field]:
    if not survey.by_agency or not survey.open:
        return []
    choices = offered(await visit.spare(visit.catalog.agencies(), ()), visit.lang)
    label = visit.say("Bạn đã làm việc với cơ quan nào?")
    return [Field("agency", label, "select", required=False, choices=choices)]


async def answer(visit: Visit, form: Posted) -> Response:
    """Send the answers; the browser's own key goes with them only as a mark of this survey."""
    visit.request.state.boxes = form.boxes()
    number = visit.part("number")
    survey = await surveys(visit).one(number)
    read = read_page(read_form(survey.form), FORM_PAGE, form.boxes())
    browser = _browser(visit)
    await surveys(visit).answer(
        number,
        {
            "values": {name: value for name, value in read.items() if value is not None},
            "agency": form.text("agency"),
            "browser": hashlib.sha256(f"{number}\n{browser}".encode()).hexdigest(),
        },
    )
    visit.frame.keeps[SURVEY] = browser
    return visit.go(Page.SURVEY_ANSWERED, number=number)


def _browser(visit: Visit) -> str:
    """Give the key that only this browser keeps, a new one where it has none."""
    return visit.frame.kept.get(SURVEY) or secrets.token_urlsafe(32)


@router.get(Page.SURVEY_ANSWERED)
async def answered(visit: VisitDep) -> Response:
    """Thank whoever answered, and say when the results are read."""
    return visit.page("surveys/answered.html", survey=await surveys(visit).one(visit.part("number")))


@router.get(Page.SURVEY_RESULTS)
async def results(visit: VisitDep) -> Response:
    """Show how a closed survey was answered."""
    told = await surveys(visit).results(visit.part("number"))
    drawn = [(one, _bars(visit, one)) for one in told.questions]
    return visit.page("surveys/results.html", told=told, drawn=drawn)


def _bars(visit: Visit, one: QuestionFigureOut) -> Chart | None:
    """Draw the share of each choice, nothing where too few answered."""
    answered = one.total.answered
    if not answered or not one.options:
        return None
    rows = [(option.label, 100 * one.total.values.get(option.value, 0) / answered) for option in one.options]
    return shares([(label, part, f"{formats.number(round(part), visit.lang)} %") for label, part in rows])


@router.get(Page.SURVEY_CSV)
async def csv(visit: VisitDep) -> Response:
    """Hand out the same figures for spreadsheet programs."""
    number = visit.part("number")
    return relay_file(visit, await surveys(visit).csv(number), name=f"{number}.csv")


form_page(router, Page.SURVEY, FormFlow(show, answer, also=REFUSED), visit)
