"""The report of a month on deadlines of questions and feedback, and what stands behind each number, for who watches."""

from answers.stats import Figure
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.api.paging import cursor_of
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.fields import Field, offered
from portal.domain.reports import (
    COLUMNS,
    FEEDBACK,
    QUESTIONS,
    Reported,
    ReportPeriod,
    offered_periods,
    report_period,
)

router = APIRouter()


def _period(visit: Visit) -> ReportPeriod:
    return report_period(visit.request.query_params.get("ky", ""), visit.now)


async def _report(visit: Visit, about: Reported) -> Response:
    """Show how each agency in reach kept its deadlines in a period."""
    period = _period(visit)
    found = await visit.stats.report(about.what, **period.asked)
    choices = tuple(offered_periods(period, visit.now))
    synthesis = about is FEEDBACK and Right.READ_IMPROVEMENTS in visit.rights
    return visit.page(
        "questions/report.html",
        about=about,
        found=found,
        period=period.written,
        columns=COLUMNS,
        synthesis=await visit.stats.themes(**period.asked) if synthesis else None,
        chosen=Field("ky", visit.say("Kỳ báo cáo"), "select", period.written, choices=choices),
    )


async def _csv(visit: Visit, about: Reported) -> Response:
    """Hand the report out for spreadsheet programs."""
    return relay_file(visit, await visit.stats.report_csv(about.what, **_period(visit).asked))


async def _behind(visit: Visit, about: Reported) -> Response:
    """List what a number of the report counts."""
    asked, period = visit.request.query_params, _period(visit)
    figure = asked.get("so", "")
    figure = Figure(figure) if figure in COLUMNS else Figure.LATE_OPEN
    agency = asked.get("co-quan", "")[:80]
    found = await visit.stats.behind(
        about.what, figure=figure, agency=agency, cursor=cursor_of(visit), **period.asked
    )
    return visit.page(
        "questions/behind.html",
        about=about,
        found=found,
        figure=figure,
        agency=agency,
        period=period.written,
        heading=COLUMNS[figure],
        agency_name=await _name(visit, agency, {row.agency: row.agency_name for row in found.items}),
    )


async def _name(visit: Visit, agency: str, known: dict[str, str]) -> str:
    """Return what the agency of a number is called, whose list may be of those below it."""
    if agency and agency not in known:
        known = {one.value: one.label for one in offered(await visit.catalog.agencies(), visit.lang)}
    return known.get(agency, "")


@router.get(Page.ASKED_REPORT)
async def of_questions(visit: OfficerDep) -> Response:
    """Show the report of questions."""
    return await _report(visit, QUESTIONS)


@router.get(Page.FEEDBACK_REPORT)
async def of_feedback(visit: OfficerDep) -> Response:
    """Show the report of feedback."""
    return await _report(visit, FEEDBACK)


@router.get(Page.ASKED_REPORT_CSV)
async def questions_csv(visit: OfficerDep) -> Response:
    """Hand out the report of questions."""
    return await _csv(visit, QUESTIONS)


@router.get(Page.FEEDBACK_REPORT_CSV)
async def feedback_csv(visit: OfficerDep) -> Response:
    """Hand out the report of feedback."""
    return await _csv(visit, FEEDBACK)


@router.get(Page.ASKED_BEHIND)
async def questions_behind(visit: OfficerDep) -> Response:
    """List the questions behind a number."""
    return await _behind(visit, QUESTIONS)


@router.get(Page.FEEDBACK_BEHIND)
async def feedback_behind(visit: OfficerDep) -> Response:
    """List the feedback behind a number."""
    return await _behind(visit, FEEDBACK)
