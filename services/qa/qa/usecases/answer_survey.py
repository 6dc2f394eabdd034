"""Somebody answers a survey: counted and forgotten."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from regulation.zone import local_day
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain.survey import (
    Audience,
    SurveyAlreadyAnsweredError,
    SurveyNotForYouError,
    SurveyNotOpenError,
)
from qa.domain.survey_figures import NO_AGENCY
from qa.domain.survey_form import ANSWERED, PROVEN, Sheet, read_sheet
from qa.domain.survey_mark import WHO_LENGTH, account_mark, browser_mark
from qa.models import Survey, SurveyCount, SurveyMark, SurveyText
from qa.queries.surveys import dossier_agencies, public_survey


@dataclass(frozen=True)
class Answering:
    """What somebody answers, about which agency, and by what it is known that it did."""

    values: Mapping[str, Any]
    agency: str
    browser: str
    account: str | None


async def answer_survey(session: AsyncSession, number: str, given: Answering, now: datetime) -> None:
    """Count what somebody answered; no sheet, account, address or time of it is kept.

    Raises:
        SurveyNotFoundError: there is none such.
        SurveyNotOpenError: it takes no answers today.
        SurveyNotForYouError: it asks who had a dossier.
        SurveyAlreadyAnsweredError: this account or browser answered.
        InvalidInputError: an answer is missing or wrong.

    Source: TN Đ.6.3; TN Đ.24.4; QT Đ.7.6; R-SAT-02
    """
    survey = await public_survey(session, number, locked=True)
    if not survey.runs_on(local_day(now)) or survey.pepper is None:
        raise SurveyNotOpenError
    agency = await _agency(session, survey, given, now)
    sheet = read_sheet(survey.title, survey.asked, given.values, local_day(now))
    added = insert(SurveyMark).values(survey=number, mark=_mark(survey.pepper, number, given))
    marked = await session.scalar(added.on_conflict_do_nothing().returning(SurveyMark.mark))
    if marked is None:
        raise SurveyAlreadyAnsweredError
    await _count(session, number, agency, sheet, proven=given.account is not None)


def _mark(pepper: str, number: str, given: Answering) -> str:
    if given.account:
        return account_mark(pepper, number, given.account)
    if len(given.browser) < WHO_LENGTH:
        vi, en = "Thiếu dấu của trình duyệt. Hãy mở lại trang khảo sát.", "Open the page of the survey again."
        raise InvalidInputError([FieldProblem("browser", "required", vi, en)])
    return browser_mark(pepper, number, given.browser)


async def _agency(session: AsyncSession, survey: Survey, given: Answering, now: datetime) -> str:
    """Return at which agency it counts. Raises: SurveyNotForYouError, AgencyUnknownError."""
    of_dossiers = survey.audience == Audience.DOSSIERS
    known = await dossier_agencies(session, given.account) if of_dossiers and given.account else frozenset()
    if of_dossiers and not known:
        raise SurveyNotForYouError
    if not survey.by_agency or not given.agency:
        return NO_AGENCY
    if of_dossiers and given.agency not in known:
        raise SurveyNotForYouError
    return (await queries.reachable(session, given.agency, local_day(now))).code


async def _count(session: AsyncSession, number: str, agency: str, sheet: Sheet, *, proven: bool) -> None:
    """Count each answer, always in one order, so that two who answer at once never wait for each other in a ring."""
    told = {(ANSWERED, ANSWERED), *sheet.counted}
    by_account = {(question, PROVEN) for question, value in told if value == ANSWERED and proven}
    counted = sorted(told | by_account)
    rows = [
        {"survey": number, "agency": agency, "question": question, "value": value, "count": 1}
        for question, value in counted
    ]
    more = insert(SurveyCount).values(rows)
    same = [SurveyCount.survey, SurveyCount.agency, SurveyCount.question, SurveyCount.value]
    await session.execute(
        more.on_conflict_do_update(index_elements=same, set_={"count": SurveyCount.count + 1})
    )
    session.add_all(
        SurveyText(id=uuid.uuid4(), survey=number, question=question, text=text)
        for question, text in sheet.texts
    )
    await session.flush()
