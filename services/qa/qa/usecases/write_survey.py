"""The editor begins a survey or says anew what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from common.errors import FieldProblem, InvalidInputError
from common.security import Caller
from regulation.text import cleaned, cleaned_line
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import Audience, SurveyAction, SurveyKind, SurveyState, expect_action
from qa.models import SURVEY_NUMBERS, Survey


@dataclass(frozen=True)
class SurveyWish:
    """What a survey is about, whom it asks, and whether it asks at which agency."""

    kind: SurveyKind
    audience: Audience
    by_agency: bool
    title: Mapping[str, str]
    introduction: Mapping[str, str]


async def write_survey(session: AsyncSession, caller: Caller, wish: SurveyWish, now: datetime) -> Survey:
    """Begin a survey; nobody but its editors sees it. Raises: InvalidInputError.

    Source: TN Đ.24.4; QT Đ.7.6; R-SAT-02
    """
    survey = Survey(
        number=f"KS-{local_day(now).year}-{await session.scalar(SURVEY_NUMBERS):06}",
        state=SurveyState.DRAFT,
        questions=[],
        written_by=caller.subject,
        written_at=now,
    )
    _write(survey, wish)
    session.add(survey)
    await session.flush()
    return survey


async def change_survey(
    session: AsyncSession, caller: Caller, survey: Survey, wish: SurveyWish, *, version: int
) -> None:
    """Say anew what a draft is about. Raises: StaleVersionError, SurveyActionNotAllowedError, InvalidInputError."""
    expect_action(SurveyAction.DETAILS, SurveyState(survey.state), caller)
    survey.expect(version)
    _write(survey, wish)
    await session.flush()


def _write(survey: Survey, wish: SurveyWish) -> None:
    title = {lang: cleaned_line(said) for lang, said in wish.title.items()}
    if not title["vi"]:
        vi, en = "Ghi tên khảo sát bằng tiếng Việt.", "Name the survey in Vietnamese."
        raise InvalidInputError([FieldProblem("title.vi", "required", vi, en)])
    survey.kind, survey.audience, survey.by_agency = wish.kind, wish.audience, wish.by_agency
    survey.title = title
    survey.introduction = {lang: cleaned(said) for lang, said in wish.introduction.items()}
