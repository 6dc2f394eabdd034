"""Building surveys: drafts, their questions, publishing and closing them, and free texts of closed ones."""

from typing import Annotated, Any

from common.api import CallerDep, IdempotencyDep, Page
from common.api.deps import only_for
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may

from qa.api.deps import Cursor, Limit, Visit, VisitDep
from qa.api.surveys import SurveyNumber, SurveyOut, SurveyRowOut, paged, whole_out
from qa.api.triage import VersionBody
from qa.domain.survey import (
    Audience,
    Days,
    SurveyAction,
    SurveyKind,
    SurveyState,
    expect_action,
    survey_actions,
)
from qa.domain.survey_figures import sheet_count
from qa.domain.survey_form import (
    LONGEST_CHOICE,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_QUESTIONS,
    QuestionKind,
    SurveyQuestion,
)
from qa.models import Survey
from qa.queries import surveys as reads
from qa.usecases.close_survey import close_survey
from qa.usecases.compose_survey import compose_survey
from qa.usecases.publish_survey import discard_survey, publish_survey
from qa.usecases.write_survey import SurveyWish, change_survey, write_survey

router = APIRouter(
    prefix="/api/qa/survey-desk", tags=["surveys"], dependencies=[only_for(who_may(Right.BUILD_SURVEY))]
)
Line = Annotated[str, Field(max_length=LONGEST_CHOICE)]


class InTwoBody(BaseModel):
    """Words in Vietnamese and, where there are, in English."""

    vi: str = Field(default="", max_length=5_000)
    en: str = Field(default="", max_length=5_000)


class SurveyBody(BaseModel):
    """What a survey is about, whom it asks, and whether it asks at which agency."""

    kind: SurveyKind
    audience: Audience
    by_agency: bool = True
    title: InTwoBody
    introduction: InTwoBody = InTwoBody()

    @property
    def wish(self) -> SurveyWish:
        """Return it as the story takes it."""
        title, introduction = self.title.model_dump(), self.introduction.model_dump()
        return SurveyWish(self.kind, self.audience, self.by_agency, title, introduction)


class DetailsBody(SurveyBody):
    """The same, of a draft that was seen."""

    version: int


class SurveyChoice(BaseModel):
    """One thing to choose."""

    vi: Line
    en: Line = ""


class SurveyQuestionShape(BaseModel):
    """One question; a new one has no name yet."""

    name: str = Field(default="", pattern=r"^(q[0-9]{1,4})?$")
    kind: QuestionKind
    vi: str = Field(max_length=LONGEST_LABEL)
    en: str = Field(default="", max_length=LONGEST_LABEL)
    required: bool = False
    choices: Annotated[list[SurveyChoice], Field(max_length=MOST_CHOICES)] = []

    @property
    def asked(self) -> SurveyQuestion:
        """Return it as the rules know it."""
        choices = tuple((one.vi, one.en) for one in self.choices)
        return SurveyQuestion(self.name, self.kind, self.vi, self.en, self.required, choices)


class QuestionsBody(VersionBody):
    """All questions of a draft in their order."""

    questions: Annotated[list[SurveyQuestionShape], Field(max_length=MOST_QUESTIONS + 1)]


class SurveyDaysBody(VersionBody):
    """The first and the last local day on which answers are taken."""

    opens_on: Day
    closes_on: Day


class BuiltQuestionOut(SurveyQuestionShape):
    """A question with what its kind is called."""

    kind_label: str


class BuiltSurveyOut(SurveyOut):
    """A survey for who builds it; `taken` is told once it is closed."""

    version: int
    questions: list[BuiltQuestionOut]
    taken: int | None
    actions: list[str]


class SurveyTextsOut(BaseModel):
    """A page of the free texts of one question, in an order that says nothing."""

    question: str
    label: str
    texts: list[str]
    total: int
    next: str | None


async def built_out(survey: Survey, visit: Visit) -> BuiltSurveyOut:
    """Describe a survey for who builds it."""
    closed = survey.state == SurveyState.CLOSED
    counts: Any = await reads.counts_of(visit.session, survey.number) if closed else {}
    return BuiltSurveyOut(
        **whole_out(survey, visit),
        version=survey.version,
        questions=[_question(one, visit) for one in survey.asked],
        taken=sheet_count(counts),
        actions=survey_actions(SurveyState(survey.state)),
    )


def _question(one: SurveyQuestion, visit: Visit) -> BuiltQuestionOut:
    return BuiltQuestionOut(
        name=one.name,
        kind=one.kind,
        kind_label=one.kind.said(visit.lang),
        vi=one.vi,
        en=one.en,
        required=one.required,
        choices=[SurveyChoice(vi=vi, en=en) for vi, en in one.choices],
    )


async def opened(visit: VisitDep, caller: CallerDep, survey: SurveyNumber) -> Survey:
    """Open a survey for who builds it. Raises: SurveyNotFoundError."""
    return await reads.survey_for(visit.session, caller, survey)


OpenedDep = Annotated[Survey, Depends(opened)]


@router.get("")
async def listing(visit: VisitDep, limit: Limit = 50, cursor: Cursor = None) -> Page[SurveyRowOut]:
    """List every survey, newest first."""
    return paged(await reads.survey_list(visit.session, limit=limit, cursor=cursor), visit)


@router.post("", status_code=201, response_model=BuiltSurveyOut)
async def begin(
    visit: VisitDep, caller: CallerDep, idem: IdempotencyDep, body: SurveyBody
) -> BuiltSurveyOut | JSONResponse:
    """Begin a survey."""
    if hit := await idem.replay(visit.session):
        return hit
    out = await built_out(await write_survey(visit.session, caller, body.wish, visit.now), visit)
    await idem.remember(visit.session, 201, out)
    return out


@router.get("/{survey}")
async def show(visit: VisitDep, found: OpenedDep) -> BuiltSurveyOut:
    """Show a survey with its questions and its e-form, which is the preview."""
    return await built_out(found, visit)


@router.put("/{survey}/details")
async def details(visit: VisitDep, caller: CallerDep, found: OpenedDep, body: DetailsBody) -> BuiltSurveyOut:
    """Say anew what a draft is about."""
    await change_survey(visit.session, caller, found, body.wish, version=body.version)
    return await built_out(found, visit)


@router.put("/{survey}/questions")
async def compose(
    visit: VisitDep, caller: CallerDep, found: OpenedDep, body: QuestionsBody
) -> BuiltSurveyOut:
    """Add, order, change and remove the questions of a draft."""
    wished = [one.asked for one in body.questions]
    await compose_survey(visit.session, caller, found, wished, version=body.version)
    return await built_out(found, visit)


@router.post("/{survey}/publication", status_code=201)
async def publish(
    visit: VisitDep, caller: CallerDep, found: OpenedDep, body: SurveyDaysBody
) -> BuiltSurveyOut:
    """Publish a draft for some days."""
    days = Days(body.opens_on, body.closes_on)
    await publish_survey(visit.session, caller, found, days, version=body.version, now=visit.now)
    return await built_out(found, visit)


@router.post("/{survey}/discarding", status_code=201)
async def discard(visit: VisitDep, caller: CallerDep, found: OpenedDep, body: VersionBody) -> BuiltSurveyOut:
    """Throw a draft away."""
    await discard_survey(visit.session, caller, found, version=body.version)
    return await built_out(found, visit)


@router.post("/{survey}/closing", status_code=201)
async def close(visit: VisitDep, caller: CallerDep, found: OpenedDep, body: VersionBody) -> BuiltSurveyOut:
    """End a survey before its last day."""
    await close_survey(visit.session, caller, found, version=body.version, now=visit.now)
    return await built_out(found, visit)


@router.get("/{survey}/texts")
async def texts(
    *,
    visit: VisitDep,
    caller: CallerDep,
    found: OpenedDep,
    question: Annotated[str, Query(max_length=40)] = "",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> list[SurveyTextsOut]:
    """Show the free texts of a closed survey to its editor, of each question a page; they are never published.

    A cursor is that of one `question`.
    """
    expect_action(SurveyAction.TEXTS, SurveyState(found.state), caller)
    told = []
    for one in found.asked:
        if one.kind.written and question in ("", one.name):
            page = await reads.texts_of(
                visit.session, found.number, one.name, limit=limit, cursor=cursor if question else None
            )
            written = [row.text for row in page.rows]
            same = {"question": one.name, "label": one.vi}
            told.append(SurveyTextsOut(**same, texts=written, total=page.total, next=page.next))
    return told
