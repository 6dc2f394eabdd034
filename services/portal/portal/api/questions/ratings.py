"""How dossiers were rated: figures of a quarter for everybody, and the low ones to follow up for who leads."""

from datetime import date, timedelta

from answers.qa import FiguresOut, TaskOut
from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.adapters.feedback import Feedback
from portal.api.form_page import Filled, FormFlow, back_to, form_page, needed
from portal.api.forms import Posted
from portal.api.paging import cursor_of
from portal.api.visit import OfficerDep, Visit, VisitDep, officer
from portal.domain.addresses import Page
from portal.domain.agency_tree import Step, step
from portal.domain.feedback_forms import PHASES
from portal.domain.fields import as_typed
from portal.domain.question_forms import reason

router, desk = APIRouter(), APIRouter()
FORBIDDEN = frozenset((403,))
DONE = {"done": "Ghi việc đã làm"}


@router.get(Page.RATINGS)
async def figures(visit: VisitDep) -> Response:
    """Show the ratings of a quarter, of each phase in total and by agency; only quarters that are told."""
    told = [await _phase(visit, phase) for phase in PHASES]
    if told[0] is None:
        return visit.page("questions/ratings.html", told=[], before=None, after=None)
    after = told[0].last + timedelta(days=1)
    follows = await visit.found(Feedback(visit.link("qa")).figures(day=after.isoformat()))
    return visit.page(
        "questions/ratings.html",
        told=[
            (words, found, _steps(visit, found)) for words, found in zip(PHASES.values(), told, strict=True)
        ],
        chosen=_agency(visit),
        before=told[0].first - timedelta(days=1),
        after=after if follows else None,
    )


async def _phase(visit: Visit, phase: str) -> FiguresOut | None:
    return await visit.found(Feedback(visit.link("qa")).figures(phase=phase, day=_day(visit)))


def _agency(visit: Visit) -> str:
    return visit.request.query_params.get("co-quan", "")[:80]


def _steps(visit: Visit, found: FiguresOut | None) -> list[Step]:
    """Return the rows of the agency that is chosen and of those right below it."""
    return step(found.agencies, _agency(visit), lambda one: one.agency) if found else []


def _day(visit: Visit) -> str:
    """Read the day of a quarter out of the address; none where it is no day."""
    try:
        return date.fromisoformat(visit.request.query_params.get("ngay", "")).isoformat()
    except ValueError:
        return ""


@desk.get(Page.RATING_TASKS)
async def tasks(visit: OfficerDep) -> Response:
    """List the low ratings to follow up; whose they are nobody is told."""
    closed = visit.request.query_params.get("xong") == "1"
    found = await Feedback(visit.link("qa")).tasks(closed=closed, cursor=cursor_of(visit))
    return visit.page("questions/rating_tasks.html", found=found, closed=closed, phases=PHASES)


async def _task(visit: Visit) -> TaskOut:
    """Give the task of the address. Raises: HTTPException where there is none such."""
    found = await visit.found(Feedback(visit.link("qa")).task(visit.part("task")))
    if found is None:
        raise HTTPException(404)
    return found


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask what was done about a low rating; what was settled already leads back to the list."""
    task = await _task(visit)
    if task.done and not filled.errors:
        return visit.go(Page.RATING_TASKS, flash="Việc này không còn chờ bạn.")
    asked = [reason(visit.say, "Đã làm gì để khắc phục?", name="done")]
    fields = as_typed(asked, filled.typed, filled.wrong)
    return filled.page(visit, "questions/rating_task.html", task=task, phases=PHASES, fields=fields)


async def close(visit: Visit, form: Posted) -> Response:
    """Close the task with what was done."""
    body = {"done": form.text("done"), "version": form.version}
    needed(visit, body | {"version": True}, DONE)
    await Feedback(visit.link("qa")).close_task(visit.part("task"), body, form.key)
    return visit.go(Page.RATING_TASKS, flash="Đã ghi việc khắc phục.")


form_page(
    desk, Page.RATING_TASK, FormFlow(show, close, also=FORBIDDEN, back=back_to(Page.RATING_TASKS)), officer
)
