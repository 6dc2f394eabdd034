"""The editor publishes a survey for some days, or throws a draft away."""

from datetime import datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import REGULAR, Days, SurveyAction, SurveyKind, SurveyState, expect_action
from qa.domain.survey_form import expect_askable
from qa.domain.survey_mark import new_pepper
from qa.models import Survey, SurveyDue


async def publish_survey(
    session: AsyncSession, caller: Caller, survey: Survey, days: Days, *, version: int, now: datetime
) -> None:
    """Publish a draft; from now on its questions stand, and it meets what the province owes this quarter.

    Raises: SurveyActionNotAllowedError, StaleVersionError, InvalidInputError.
    Source: TN Đ.6.3; TN Đ.24.4; QT Đ.7.6; R-SAT-02
    """
    expect_action(SurveyAction.PUBLICATION, SurveyState(survey.state), caller)
    survey.expect(version)
    days.expect_sound(local_day(now))
    expect_askable(survey.title, survey.asked)
    survey.state, survey.pepper = SurveyState.PUBLISHED, new_pepper()
    survey.opens_on, survey.closes_on = days.first, days.last
    survey.published_by, survey.published_at = caller.subject, now
    if SurveyKind(survey.kind) in REGULAR:
        owed = (SurveyDue.first <= days.first, SurveyDue.due_on >= days.first, SurveyDue.met_by.is_(None))
        await session.execute(update(SurveyDue).where(*owed).values(met_by=survey.number))
    await session.flush()


async def discard_survey(session: AsyncSession, caller: Caller, survey: Survey, *, version: int) -> None:
    """Throw a draft away. Raises: SurveyActionNotAllowedError, StaleVersionError."""
    expect_action(SurveyAction.DISCARDING, SurveyState(survey.state), caller)
    survey.expect(version)
    survey.state = SurveyState.DISCARDED
    await session.flush()
