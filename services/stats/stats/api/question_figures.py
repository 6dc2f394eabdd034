"""Public figures of questions and feedback: received, forwarded, returned, refused, answered in time and late."""

from datetime import UTC, datetime
from typing import Annotated

from common.api import LangDep, NowDep, SessionDep
from common.spreadsheets import BOM, table
from fastapi import APIRouter, Depends, Query, Response
from regulation.codes.agency import LONGEST
from regulation.topics import CATEGORIES, TOPICS
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.api.deps import BuiltDep
from stats.api.public import age_of, identity_of
from stats.api.question_shapes import CENTRE_KEY, HEADINGS, Known, QuestionFiguresOut, QuestionRowOut, Rows
from stats.domain import periods
from stats.domain.accounts import QuestionFigures
from stats.domain.questions import CENTRE, Subject
from stats.domain.tree import below, placed, rolled
from stats.queries import Interval, QuestionFilter, QuestionGroup

OF_AGENCY = "an agency with those below it; `centre` is the coordinator"
router = APIRouter(prefix="/api/stats/public/questions", tags=["statistics"])


class Asked:
    """What a reader asked for."""

    def __init__(
        self,
        *,
        subject: Subject = Subject.QUESTION,
        period: Annotated[
            periods.Shown, Query(description="month, quarter or year, as far as the regulation publishes it")
        ] = periods.Shown.MONTH,
        year: Annotated[int | None, Query(description="local calendar year; default: this year")] = None,
        group: Annotated[QuestionGroup, Query()] = QuestionGroup.AGENCY,
        agency: Annotated[str, Query(max_length=LONGEST, description=OF_AGENCY)] = "",
        topic: Annotated[str, Query(max_length=40, description="topic, or category of feedback")] = "",
    ) -> None:
        """Keep the choices."""
        self.period, self.year, self.group = period, year, group
        self.subject, self.agency, self.topic = subject, agency, topic or None

    def only(self, known: Known) -> QuestionFilter:
        """Return what counts."""
        return QuestionFilter(self.subject, holders_of(self.agency, known), self.topic)


AskedDep = Annotated[Asked, Depends()]


def holders_of(agency: str, known: Known) -> frozenset[str] | None:
    """Return whose hands are meant: an agency's and those below it, the coordinator's, or everybody's."""
    if not agency:
        return None
    return frozenset({CENTRE}) if agency == CENTRE_KEY else below(agency, known.parents)


async def known_of(session: AsyncSession) -> Known:
    """Return what the keys of rows are called, and where agencies stand."""
    places = await queries.places(session)
    words = {key: (said["vi"], said["en"]) for known in (TOPICS, CATEGORIES) for key, said in known.items()}
    agencies = {code: (place.name, place.name_en) for code, place in places.items()}
    whole = {"province": ("Toàn tỉnh", "Whole province"), CENTRE: ("Cơ quan đầu mối", "The coordinator")}
    parents = placed({code: place.parent for code, place in places.items()})
    return Known({**words, **agencies, **whole}, parents)


async def _rows(
    session: AsyncSession, asked: Asked, now: datetime, offered: list[str]
) -> tuple[list[QuestionRowOut], list[QuestionRowOut]]:
    known = await known_of(session)
    only = asked.only(known)
    rows: list[QuestionRowOut] = []
    totals: list[QuestionRowOut] = []
    for period in periods.periods_of(asked.period, asked.year or local_day(now).year, now, offered):
        time = Interval(period.starts_at, period.ends_at, now)
        shown = Rows(periods.label(period, asked.period), period, known)
        whole = await queries.question_figures(session, time, QuestionGroup.PROVINCE, only)
        totals.append(shown.row("province", sum(whole.values(), QuestionFigures())))
        found = await queries.question_figures(session, time, asked.group, only)
        if asked.group is QuestionGroup.AGENCY:
            whole = rolled(found, placed(known.parents, found))
            found = {key: whole[key] for key in whole if only.holders is None or key in only.holders}
        rows += [shown.row(key, found[key]) for key in sorted(found)]
    return rows, totals


@router.get("")
async def questions(session: SessionDep, now: NowDep, asked: AskedDep, built: BuiltDep) -> QuestionFiguresOut:
    """Return the figures of questions or feedback per period and key, oldest period first.

    Agencies include those below them: a question that went from one to another counts with both.
    """
    rows, totals = await _rows(session, asked, now, list(built.public_periods))
    return QuestionFiguresOut(
        subject=asked.subject,
        as_of=now,
        age_seconds=age_of(await queries.freshness(session), now),
        rows=rows,
        totals=totals,
        identity=identity_of(await queries.last_check(session)),
    )


def spreadsheet(rows: list[QuestionRowOut], lang: LangDep, name: str, now: datetime) -> Response:
    """Return rows as a table for spreadsheet programs set to the language that is asked for."""
    lines = table([HEADINGS[lang], *(row.model_dump().values() for row in rows)], lang)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{now.astimezone(UTC):%Y%m%dT%H%MZ}.csv"'}
    return Response(BOM + lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get(".csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def questions_csv(
    *, session: SessionDep, now: NowDep, asked: AskedDep, built: BuiltDep, lang: LangDep
) -> Response:
    """Return the same figures as a table for spreadsheet programs."""
    rows, totals = await _rows(session, asked, now, list(built.public_periods))
    name = f"motcua-{asked.subject}-{asked.period}-{asked.group}"
    return spreadsheet([*rows, *totals], lang, name, now)
