"""A survey ends, by hand or with its last day."""

from datetime import datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import SurveyAction, SurveyState, expect_action
from qa.models import Survey, SurveyMark


async def close_survey(
    session: AsyncSession, caller: Caller, survey: Survey, *, version: int, now: datetime
) -> None:
    """End a survey before its last day; who answered cannot be told any more.

    Raises: SurveyActionNotAllowedError, StaleVersionError.
    Source: QT Đ.7.6; R-SAT-02
    """
    expect_action(SurveyAction.CLOSING, SurveyState(survey.state), caller)
    survey.expect(version)
    await _close(session, survey, caller.subject, now)


async def close_ended_surveys(session: AsyncSession, now: datetime) -> int:
    """End every survey whose last day is over; return how many. Source: R-SAT-02"""
    ended = (
        select(Survey)
        .where(Survey.state == SurveyState.PUBLISHED, Survey.closes_on < local_day(now))
        .order_by(Survey.number)
        .with_for_update(skip_locked=True)
    )
    found = (await session.scalars(ended)).all()
    for survey in found:
        await _close(session, survey, None, now)
    return len(found)


async def _close(session: AsyncSession, survey: Survey, by: str | None, now: datetime) -> None:
    survey.close(by, now)
    await session.flush()
    await session.execute(delete(SurveyMark).where(SurveyMark.survey == survey.number))
