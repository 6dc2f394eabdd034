"""Surveys for everybody and for who builds them, what was counted, and free texts."""

from collections.abc import Sequence
from datetime import date

from regulation.roles import Holder, Right, view
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import SurveyNotFoundError, SurveyState
from qa.domain.survey_figures import Counts
from qa.models import RatedDossier, Survey, SurveyCount, SurveyText

PUBLIC = (SurveyState.PUBLISHED, SurveyState.CLOSED)
MOST_TEXTS = 500


async def public_surveys(session: AsyncSession, day: date, limit: int) -> Sequence[Survey]:
    """Return what may be answered or read: those that run, soonest to end first, then the closed, newest first."""
    running = (
        select(Survey)
        .where(Survey.state == SurveyState.PUBLISHED, Survey.opens_on <= day, Survey.closes_on >= day)
        .order_by(Survey.closes_on, Survey.number)
        .limit(limit)
    )
    closed = (
        select(Survey)
        .where(Survey.state == SurveyState.CLOSED)
        .order_by(Survey.closes_on.desc(), Survey.number.desc())
        .limit(limit)
    )
    return [*(await session.scalars(running)), *(await session.scalars(closed))]


async def public_survey(session: AsyncSession, number: str, *, locked: bool = False) -> Survey:
    """Return a survey everybody may see; `locked` keeps it from closing meanwhile. Raises: SurveyNotFoundError."""
    wanted = select(Survey).where(Survey.number == number, Survey.state.in_(PUBLIC))
    found = await session.scalar(wanted.with_for_update(read=True) if locked else wanted)
    if found is None:
        raise SurveyNotFoundError
    return found


async def survey_list(session: AsyncSession, limit: int) -> Sequence[Survey]:
    """Return every survey for who builds them, newest first."""
    wanted = select(Survey).where(Survey.state != SurveyState.DISCARDED)
    return (await session.scalars(wanted.order_by(Survey.number.desc()).limit(limit))).all()


async def survey_for(session: AsyncSession, who: Holder, number: str) -> Survey:
    """Return a survey for who builds them. Raises: SurveyNotFoundError."""
    found = await session.get(Survey, number) if view(Right.BUILD_SURVEY, who).sees(agency="") else None
    if found is None:
        raise SurveyNotFoundError
    return found


async def counts_of(session: AsyncSession, number: str) -> Counts:
    """Return what was counted, by agency, question and value."""
    rows = await session.execute(
        select(SurveyCount.agency, SurveyCount.question, SurveyCount.value, SurveyCount.count).where(
            SurveyCount.survey == number
        )
    )
    return {(agency, question, value): n for agency, question, value, n in rows}


async def texts_of(session: AsyncSession, number: str, question: str) -> Sequence[str]:
    """Return the free texts of a question, in an order that says nothing of when they came."""
    wanted = select(SurveyText.text).where(SurveyText.survey == number, SurveyText.question == question)
    return (await session.scalars(wanted.order_by(SurveyText.id).limit(MOST_TEXTS))).all()


async def dossier_agencies(session: AsyncSession, account: str) -> frozenset[str]:
    """Return the agencies at which an account had a dossier; nothing of it is kept."""
    rows = await session.execute(
        select(RatedDossier.receiving_point, RatedDossier.competent_agency).where(
            or_(RatedDossier.owner == account, RatedDossier.submitter == account)
        )
    )
    return frozenset(code for row in rows for code in row)
