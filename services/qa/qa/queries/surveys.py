"""Surveys for everybody and for who builds them, what was counted, and free texts."""

import uuid
from datetime import date
from typing import Final

from regulation.roles import Holder, Right, view
from sqlalchemy import Date, Integer, and_, case, literal, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.survey import SurveyNotFoundError, SurveyState
from qa.domain.survey_figures import Counts
from qa.models import RatedDossier, Survey, SurveyCount, SurveyText
from qa.queries.pages import Order, Paged, page_of

PUBLIC = (SurveyState.PUBLISHED, SurveyState.CLOSED)


_EPOCH, _FAR = date(2000, 1, 1), 1_000_000
_DAYS = type_coerce(Survey.closes_on - literal(_EPOCH, Date()), Integer())
_RANK = case((Survey.state == SurveyState.PUBLISHED, _FAR - _DAYS), else_=_DAYS - _FAR)


def _rank(survey: Survey) -> int:
    """Return the greater number the sooner it is shown: what runs by its nearest end, what is closed by its last."""
    days = ((survey.closes_on or _EPOCH) - _EPOCH).days
    return _FAR - days if survey.state == SurveyState.PUBLISHED else days - _FAR


_SHOWN: Final = Order[Survey](
    (_RANK, Survey.number), (int, str), lambda one: (_rank(one), one.number), down=True
)
_NEWEST: Final = Order[Survey]((Survey.number,), (str,), lambda one: (one.number,), down=True)
_ANYHOW: Final = Order[SurveyText]((SurveyText.id,), (uuid.UUID,), lambda one: (one.id,))


async def public_surveys(
    session: AsyncSession, day: date, *, limit: int, cursor: str | None
) -> Paged[Survey]:
    """Return what may be answered or read: those that run, soonest to end first, then the closed, newest first."""
    runs = and_(Survey.state == SurveyState.PUBLISHED, Survey.opens_on <= day, Survey.closes_on >= day)
    shown = select(Survey).where(or_(runs, Survey.state == SurveyState.CLOSED))
    return await page_of(session, shown, _SHOWN, limit=limit, cursor=cursor)


async def public_survey(session: AsyncSession, number: str, *, locked: bool = False) -> Survey:
    """Return a survey everybody may see; `locked` keeps it from closing meanwhile. Raises: SurveyNotFoundError."""
    wanted = select(Survey).where(Survey.number == number, Survey.state.in_(PUBLIC))
    found = await session.scalar(wanted.with_for_update(read=True) if locked else wanted)
    if found is None:
        raise SurveyNotFoundError
    return found


async def survey_list(session: AsyncSession, *, limit: int, cursor: str | None) -> Paged[Survey]:
    """Return every survey for who builds them, newest first."""
    wanted = select(Survey).where(Survey.state != SurveyState.DISCARDED)
    return await page_of(session, wanted, _NEWEST, limit=limit, cursor=cursor)


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


async def texts_of(
    session: AsyncSession, number: str, question: str, *, limit: int, cursor: str | None
) -> Paged[SurveyText]:
    """Return a page of the free texts of a question, in an order that says nothing of when they came."""
    wanted = select(SurveyText).where(SurveyText.survey == number, SurveyText.question == question)
    return await page_of(session, wanted, _ANYHOW, limit=limit, cursor=cursor)


async def dossier_agencies(session: AsyncSession, account: str) -> frozenset[str]:
    """Return the agencies at which an account had a dossier; nothing of it is kept."""
    rows = await session.execute(
        select(RatedDossier.receiving_point, RatedDossier.competent_agency).where(
            or_(RatedDossier.owner == account, RatedDossier.submitter == account)
        )
    )
    return frozenset(code for row in rows for code in row)
