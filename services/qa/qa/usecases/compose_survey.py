"""The editor adds, orders, changes and removes the questions of a draft."""

from collections.abc import Sequence

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import SurveyAction, SurveyState, expect_action
from qa.domain.survey_form import SurveyQuestion, tidy_questions
from qa.models import Survey


async def compose_survey(
    session: AsyncSession, caller: Caller, survey: Survey, wished: Sequence[SurveyQuestion], *, version: int
) -> None:
    """Keep the questions of a draft in their order; one without a name gets one.

    Raises: SurveyActionNotAllowedError, StaleVersionError, InvalidInputError.
    Source: TN Đ.6.3; QT Đ.7.6; R-SAT-02
    """
    expect_action(SurveyAction.QUESTIONS, SurveyState(survey.state), caller)
    survey.expect(version)
    survey.questions = [one.kept for one in tidy_questions(wished)]
    await session.flush()
