"""Surveys for everybody: which run, answering one, and the results of those that are closed."""

from datetime import date
from typing import Annotated, Any

from common.api import Page
from common.spreadsheets import BOM, Cell, table
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field
from regulation.text import Lang
from regulation.zone import local_day

from qa import queries
from qa.api.deps import BuiltDep, Cursor, Limit, OwnerDep, Visit, VisitDep
from qa.domain.rating import LEAST
from qa.domain.survey import Audience, ResultsNotToldError, SurveyKind, SurveyState
from qa.domain.survey_figures import (
    QuestionFigure,
    Share,
    proven_count,
    question_figures,
    sheet_count,
)
from qa.domain.survey_form import survey_definition
from qa.models import Survey
from qa.queries import surveys as reads
from qa.queries.pages import Paged
from qa.usecases.answer_survey import Answering, answer_survey

router = APIRouter(prefix="/api/qa", tags=["surveys"])
SURVEYS = "survey-answers"
SurveyNumber = Annotated[str, Path(max_length=40)]


class SurveyRowOut(BaseModel):
    """A survey in a list; `results` says that its results are published."""

    number: str
    kind: SurveyKind
    kind_label: str
    title: str
    title_en: str
    state: SurveyState
    state_label: str
    audience: Audience
    audience_label: str
    opens_on: date | None
    closes_on: date | None
    results: bool


class SurveyOut(SurveyRowOut):
    """A survey to answer: what it is about and its e-form; `open` says whether it takes answers today."""

    introduction: str
    introduction_en: str
    by_agency: bool
    open: bool
    form: dict[str, Any]


class SurveyAnswerBody(BaseModel):
    """Answers, the agency they are about, and a key that only this browser keeps."""

    values: Annotated[dict[str, Any], Field(max_length=60)]
    agency: str = Field(default="", max_length=40)
    browser: str = Field(default="", max_length=100)


class ShareOut(BaseModel):
    """How a question was answered by all, or at one agency; nothing where too few did."""

    agency: str
    agency_name: str
    answered: int | None
    values: dict[str, int]
    mean: float | None


class AnswerValueOut(BaseModel):
    """One thing that could be chosen."""

    value: str
    label: str


class QuestionFigureOut(BaseModel):
    """The figures of one question; free texts are not published, only how many wrote one."""

    name: str
    kind: str
    label: str
    label_en: str
    options: list[AnswerValueOut]
    total: ShareOut
    agencies: list[ShareOut]


class ResultsOut(SurveyRowOut):
    """The results of a closed survey; `least` says how many there must be for a figure to be told.

    `with_account` are those of `taken` who answered with an account, nothing where they are fewer than `least`.
    """

    taken: int | None
    with_account: int | None
    least: int
    questions: list[QuestionFigureOut]


def row_out(survey: Survey, lang: Lang) -> dict[str, Any]:
    """Describe a survey as lists do."""
    kind, state, audience = SurveyKind(survey.kind), SurveyState(survey.state), Audience(survey.audience)
    return {
        "number": survey.number,
        "kind": kind,
        "kind_label": kind.said(lang),
        "title": survey.title["vi"],
        "title_en": survey.title["en"],
        "state": state,
        "state_label": state.said(lang),
        "audience": audience,
        "audience_label": audience.said(lang),
        "opens_on": survey.opens_on,
        "closes_on": survey.closes_on,
        "results": state is SurveyState.CLOSED,
    }


def whole_out(survey: Survey, visit: Visit) -> dict[str, Any]:
    """Describe a survey with what it asks."""
    return row_out(survey, visit.lang) | {
        "introduction": survey.introduction["vi"],
        "introduction_en": survey.introduction["en"],
        "by_agency": survey.by_agency,
        "open": survey.runs_on(local_day(visit.now)),
        "form": survey_definition(survey.title, survey.asked),
    }


@router.get("/surveys")
async def surveys(visit: VisitDep, limit: Limit = 50, cursor: Cursor = None) -> Page[SurveyRowOut]:
    """List the surveys that run, then those that are closed."""
    return paged(
        await reads.public_surveys(visit.session, local_day(visit.now), limit=limit, cursor=cursor), visit
    )


def paged(found: Paged[Survey], visit: Visit) -> Page[SurveyRowOut]:
    """Describe a page of surveys."""
    rows = [SurveyRowOut(**row_out(one, visit.lang)) for one in found.rows]
    return Page(items=rows, total=found.total, next=found.next)


@router.get("/surveys/{survey}")
async def one(visit: VisitDep, survey: SurveyNumber) -> SurveyOut:
    """Show a survey with its e-form."""
    return SurveyOut(**whole_out(await reads.public_survey(visit.session, survey), visit))


@router.put("/surveys/{survey}/answer", status_code=204)
async def answer(
    *,
    visit: VisitDep,
    owner: OwnerDep,
    built: BuiltDep,
    request: Request,
    survey: SurveyNumber,
    body: SurveyAnswerBody,
) -> Response:
    """Answer a survey once; a repeat is refused and counts nothing, so that no request is remembered by its key.

    An account answers once whatever it does; a network answers without one as often as it asks questions.
    """
    given = Answering(body.values, body.agency, body.browser, owner)
    await answer_survey(visit.session, survey, given, visit.now)
    if owner is None:
        await built.patience.claim(request, SURVEYS, times=1, count=1)
    return Response(status_code=204)


@router.get("/surveys/{survey}/results")
async def results(visit: VisitDep, survey: SurveyNumber) -> ResultsOut:
    """Tell how a closed survey was answered, in total and per agency. Source: TN Đ.6.3; R-SAT-03"""
    return await _results(visit, survey)


@router.get("/surveys/{survey}/results.csv")
async def results_csv(visit: VisitDep, survey: SurveyNumber) -> Response:
    """Hand out the same figures for spreadsheet programs."""
    told = await _results(visit, survey)
    text = BOM + table(_lines(told, visit.lang), visit.lang)
    headers = {"content-disposition": f'attachment; filename="{told.number}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


async def _results(visit: Visit, number: str) -> ResultsOut:
    survey = await reads.public_survey(visit.session, number)
    if survey.state != SurveyState.CLOSED:
        raise ResultsNotToldError
    counts = await reads.counts_of(visit.session, number)
    names = await queries.agency_names(visit.session, {agency for agency, _, _ in counts}, visit.lang)
    accounts, taken = survey.audience == Audience.DOSSIERS, sheet_count(counts)
    figures = question_figures(survey.asked, counts, accounts=accounts)
    return ResultsOut(
        **row_out(survey, visit.lang),
        taken=taken,
        with_account=taken if accounts else proven_count(counts),
        least=LEAST,
        questions=[_figure(one, names, visit.lang) for one in figures],
    )


def _figure(one: QuestionFigure, names: dict[str, str], lang: Lang) -> QuestionFigureOut:
    asked = one.question

    def share(told: Share) -> ShareOut:
        return ShareOut(**vars(told), agency_name=names.get(told.agency, ""))

    options = () if asked.kind.written else asked.options
    return QuestionFigureOut(
        name=asked.name,
        kind=asked.kind,
        label=asked.vi,
        label_en=asked.en,
        options=[AnswerValueOut(value=option["value"], label=option[lang]) for option in options],
        total=share(one.total),
        agencies=[share(told) for told in one.agencies],
    )


_HEAD = {
    "vi": ("Câu hỏi", "Cơ quan", "Lựa chọn", "Số câu trả lời", "Số người trả lời câu này"),
    "en": ("Question", "Agency", "Choice", "Answers", "Answered this question"),
}
_ALL = {"vi": "Tổng", "en": "Total"}


def _lines(told: ResultsOut, lang: Lang) -> list[tuple[Cell, ...]]:
    """Write one line for each question, agency and choice; what is not told stays empty."""
    lines: list[tuple[Cell, ...]] = [_HEAD[lang]]
    for figure in told.questions:
        label = figure.label_en if lang == "en" and figure.label_en else figure.label
        for share in (figure.total, *figure.agencies):
            where = share.agency_name or _ALL[lang]
            for option in figure.options:
                lines.append((label, where, option.label, share.values.get(option.value), share.answered))
            if not figure.options:
                lines.append((label, where, "", None, share.answered))
    return lines
