"""The report of a period on deadlines of questions and feedback, and what stands behind a figure, for who watches."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from common.api import CallerDep, LangDep, NowDep, Page, SessionDep
from common.api.deps import only_for
from common.conditions import matching
from fastapi import APIRouter, Depends, Query, Response
from regulation.codes.agency import LONGEST
from regulation.days import Day
from regulation.lateness import Period
from regulation.roles import Reach, Right, View, view, who_may
from regulation.text import Lang
from regulation.zone import local_day

from stats import queries
from stats.api.public import identity_of
from stats.api.question_figures import OF_AGENCY, holders_of, known_of, spreadsheet
from stats.api.question_shapes import CENTRE_KEY, BehindOut, Known, ReportOut, Rows
from stats.domain.accounts import Figure, QuestionFigures
from stats.domain.periods import Shown, chosen_period, label
from stats.domain.questions import Subject, Turn
from stats.domain.tree import placed, rolled
from stats.models import Holding
from stats.queries import Behind, Interval, QuestionFilter, QuestionGroup

router = APIRouter(prefix="/api/stats", tags=["statistics"])
RIGHTS = {Subject.QUESTION: Right.READ_QUESTIONS, Subject.FEEDBACK: Right.READ_FEEDBACK}
QUESTIONS = [only_for(who_may(Right.READ_QUESTIONS))]
FEEDBACK = [only_for(who_may(Right.READ_FEEDBACK))]
DAY = timedelta(days=1)
CSV: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/csv": {}}}}


class Visit:
    """Who asks for which period, in which language."""

    def __init__(
        self,
        *,
        session: SessionDep,
        now: NowDep,
        caller: CallerDep,
        lang: LangDep,
        period: Annotated[Shown, Query()] = Shown.MONTH,
        day: Annotated[Day | None, Query(description="any local day of the period; default: today")] = None,
    ) -> None:
        """Keep what was asked. Raises: YearOutOfRangeError."""
        self.session, self.now, self.caller, self.lang, self.shown = session, now, caller, lang, period
        self.period: Period = chosen_period(period, day or local_day(now), now)

    @property
    def time(self) -> Interval:
        """Return the interval of the period."""
        return Interval(self.period.starts_at, self.period.ends_at, self.now)

    @property
    def label(self) -> str:
        """Name the period the way it sorts."""
        return label(self.period, self.shown)


VisitDep = Annotated[Visit, Depends()]


class Wanted:
    """Which figure of which agency is looked behind."""

    def __init__(
        self,
        *,
        figure: Annotated[Figure, Query()] = Figure.OPEN,
        agency: Annotated[str, Query(max_length=LONGEST, description=OF_AGENCY)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 200,
        cursor: Annotated[str | None, Query(max_length=400)] = None,
    ) -> None:
        """Keep the choices."""
        self.figure, self.agency = figure, agency
        self.limit, self.cursor = limit, cursor


WantedDep = Annotated[Wanted, Depends()]


async def _report(visit: Visit, subject: Subject) -> ReportOut:
    """Count the period for every agency in sight, with those below it; the whole is told to who sees the province."""
    seen = view(RIGHTS[subject], visit.caller)
    known = await known_of(visit.session)
    rows = Rows(visit.label, visit.period, known)
    only = QuestionFilter(subject)
    own = await queries.question_figures(visit.session, visit.time, QuestionGroup.AGENCY, only)
    found = _in_sight(seen, own, known)
    total = None
    if seen.reach is Reach.PROVINCE:
        whole = await queries.question_figures(visit.session, visit.time, QuestionGroup.PROVINCE, only)
        total = rows.row("province", sum(whole.values(), QuestionFigures()))
    return ReportOut(
        subject=subject,
        period=visit.label,
        first=visit.period.first,
        last=visit.period.last,
        as_of=visit.now,
        over=visit.now >= visit.period.ends_at,
        rows=[rows.row(key, found[key]) for key in sorted(found)],
        total=total,
        identity=identity_of(await queries.last_check(visit.session)),
    )


def _in_sight(seen: View, own: Mapping[str, QuestionFigures], known: Known) -> dict[str, QuestionFigures]:
    """Return the figures in sight; who sees below an agency sees it with what is below. Source: R-STA-15; R-STA-20"""
    visible = {key: figures for key, figures in own.items() if _sees(seen, key)}
    if seen.reach < Reach.SUB_TREE:
        return visible
    whole = rolled(visible, placed(known.parents, visible))
    return {key: figures for key, figures in whole.items() if _sees(seen, key)}


def _sees(seen: View, holder: str) -> bool:
    return seen.reach is Reach.PROVINCE or (holder != "" and seen.sees(agency=holder))


def _file(told: ReportOut, visit: Visit) -> Response:
    rows = [*told.rows, *([told.total] if told.total else [])]
    return spreadsheet(rows, visit.lang, f"motcua-{told.subject}-report-{told.period}", visit.now)


async def _behind(visit: Visit, wanted: Wanted, subject: Subject) -> Page[BehindOut]:
    """List what a figure counts, as far as the caller sees it."""
    alternatives = view(RIGHTS[subject], visit.caller).alternatives()
    known = await known_of(visit.session)
    only = QuestionFilter(subject, holders_of(wanted.agency, known))
    sight = matching(alternatives, agency=Holding.holder)
    found = await queries.behind(
        visit.session, sight, visit.time, only, figure=wanted.figure, limit=wanted.limit, cursor=wanted.cursor
    )
    rows = [_row(one, known, visit.lang, visit.now) for one in found.rows]
    return Page(items=rows, total=found.total, next=found.next)


def _row(one: Behind, known: Known, lang: Lang, now: datetime) -> BehindOut:
    late = (one.until_at or now) - one.due_at if one.due_at else timedelta()
    return BehindOut(
        number=one.number,
        topic=one.topic,
        agency=one.holder or CENTRE_KEY,
        agency_name=_said(known, one.holder, lang),
        topic_label=_said(known, one.topic, lang),
        since_at=one.since_at,
        due_at=one.due_at,
        until_at=one.until_at,
        ending=one.ending,
        ending_label=Turn(one.ending).said(lang) if one.ending else "",
        days_late=max(0, -(-late // DAY)),
    )


def _said(known: Known, key: str, lang: Lang) -> str:
    name, name_en = known.names.get(key, (key, None))
    return (name_en or name) if lang == "en" else name


@router.get("/questions", dependencies=QUESTIONS)
async def questions_behind(visit: VisitDep, wanted: WantedDep) -> Page[BehindOut]:
    """Return the questions behind a figure of a period, in the caller's scope, the longest due first."""
    return await _behind(visit, wanted, Subject.QUESTION)


@router.get("/feedback", dependencies=FEEDBACK)
async def feedback_behind(visit: VisitDep, wanted: WantedDep) -> Page[BehindOut]:
    """Return the feedback behind a figure of a period, in the caller's scope, the longest due first."""
    return await _behind(visit, wanted, Subject.FEEDBACK)


@router.get("/questions/report", dependencies=QUESTIONS)
async def questions_report(visit: VisitDep) -> ReportOut:
    """Report a period on the deadlines of questions, per agency."""
    return await _report(visit, Subject.QUESTION)


@router.get("/feedback/report", dependencies=FEEDBACK)
async def feedback_report(visit: VisitDep) -> ReportOut:
    """Report a period on the deadlines of feedback, per agency."""
    return await _report(visit, Subject.FEEDBACK)


@router.get("/questions/report.csv", dependencies=QUESTIONS, response_class=Response, responses=CSV)
async def questions_report_csv(visit: VisitDep) -> Response:
    """Return the report of questions as a table for spreadsheet programs."""
    return _file(await _report(visit, Subject.QUESTION), visit)


@router.get("/feedback/report.csv", dependencies=FEEDBACK, response_class=Response, responses=CSV)
async def feedback_report_csv(visit: VisitDep) -> Response:
    """Return the report of feedback as a table for spreadsheet programs."""
    return _file(await _report(visit, Subject.FEEDBACK), visit)
