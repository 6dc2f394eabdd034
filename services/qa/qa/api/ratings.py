"""Rating a dossier, following low ratings up, and what everybody may read of them."""

import uuid
from datetime import date, datetime
from typing import Annotated

from common.api import CallerDep, Page
from common.api.deps import only_for
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.zone import local_day

from qa import queries
from qa.api.deps import Cursor, Limit, VisitDep
from qa.api.triage import VersionBody, Words
from qa.domain.rating import LEAST, Figure, Marks, Phase, week_of
from qa.domain.rating_tree import told_ratings
from qa.models import RatedDossier, Rating
from qa.queries import ratings as reads
from qa.queries.counter import rated_at_counter
from qa.queries.names import parents
from qa.usecases.follow_up_rating import follow_up_rating
from qa.usecases.rate_dossier import rate_dossier

router = APIRouter(prefix="/api/qa", tags=["ratings"])
RATE = [only_for(who_may(Right.RATE_DOSSIER))]
FOLLOW_UP = [only_for(who_may(Right.FOLLOW_UP_RATING))]
Code = Annotated[str, Path(max_length=60)]
Mark = Annotated[int, Field(strict=True, ge=1, le=5)]


class RateBody(BaseModel):
    """Marks for progress and quality, and a free comment."""

    progress: Mark
    quality: Mark
    comment: str = Field(default="", max_length=2_000)

    @property
    def marks(self) -> Marks:
        """The two marks."""
        return Marks(self.progress, self.quality)


class OwnRateBody(RateBody):
    """The same with the version of the rating that was seen; there is none before the first."""

    version: int = Field(default=0, ge=0)


class PhaseOut(BaseModel):
    """A phase of a dossier with its rating, and until when it may be given or changed.

    `version` is 0 where nothing was given yet.
    `at_counter` says that somebody rated it at the counter; a rating of the account counts instead.
    """

    phase: Phase
    label: str
    open: bool
    until: datetime | None
    progress: int | None
    quality: int | None
    comment: str
    at_counter: bool
    version: int


class RatedOut(BaseModel):
    """What somebody may rate of a dossier."""

    dossier: str
    phases: list[PhaseOut]


class TaskOut(BaseModel):
    """A low rating to follow up; whose it is stays unknown, so that only the first day of its week is told."""

    id: uuid.UUID
    version: int
    agency: str
    agency_name: str
    phase: Phase
    progress: int
    quality: int
    comment: str
    week: date
    state: str
    done: str


class TaskBody(VersionBody):
    """What was done about a low rating."""

    done: Words


class FigureOut(BaseModel):
    """How an agency and those below it were rated, nothing where too few rated with an account.

    `at_counter` says how many rated without one, `parent` which agency stands above it.
    """

    agency: str
    agency_name: str
    count: int | None
    progress: float | None
    quality: float | None
    at_counter: int | None
    parent: str | None


class FiguresOut(BaseModel):
    """Ratings of a quarter in total and up the tree of agencies; of fewer than `least` nothing is told."""

    first: date
    last: date
    total: FigureOut
    agencies: list[FigureOut]
    least: int


def _phase(
    dossier: RatedDossier, phase: Phase, rating: Rating | None, visit: VisitDep, *, at_counter: bool
) -> PhaseOut:
    ended_at, _ = dossier.ended(phase)
    last = visit.rules.rating.until(ended_at) if ended_at else None
    return PhaseOut(
        phase=phase,
        label=phase.said(visit.lang),
        open=last is not None and visit.now <= last,
        until=last,
        progress=rating.progress if rating else None,
        quality=rating.quality if rating else None,
        comment=rating.comment if rating else "",
        at_counter=at_counter,
        version=rating.version if rating else 0,
    )


async def _rated(visit: VisitDep, account: str, code: str) -> RatedOut:
    dossier, side = await reads.dossier_of(visit.session, account, code)
    given = await reads.ratings_of(visit.session, code, side)
    there = await rated_at_counter(visit.session, code)
    phases = [_phase(dossier, p, given.get(p), visit, at_counter=p in there) for p in Phase]
    return RatedOut(dossier=code, phases=phases)


@router.get("/own-ratings/{code}", dependencies=RATE)
async def own(visit: VisitDep, caller: CallerDep, code: Code) -> RatedOut:
    """Show what the account may rate of a dossier, and how it did."""
    return await _rated(visit, caller.subject, code)


@router.put("/own-ratings/{code}/{phase}", dependencies=RATE)
async def rate(visit: VisitDep, caller: CallerDep, code: Code, phase: Phase, body: OwnRateBody) -> RatedOut:
    """Rate a phase of a dossier, or change the rating."""
    await rate_dossier(
        visit.session,
        visit.rules,
        caller.subject,
        code,
        phase=phase,
        marks=body.marks,
        comment=body.comment,
        version=body.version,
        now=visit.now,
    )
    return await _rated(visit, caller.subject, code)


def _task(rating: Rating, names: dict[str, str]) -> TaskOut:
    plain = ("id", "version", "agency", "progress", "quality", "comment")
    return TaskOut(
        **{name: getattr(rating, name) for name in plain},
        agency_name=names.get(rating.agency, rating.agency),
        phase=Phase(rating.phase),
        state=rating.task_state,
        week=week_of(local_day(rating.given_at)),
        done=rating.task_done,
    )


@router.get("/rating-tasks", dependencies=FOLLOW_UP)
async def tasks(
    *,
    visit: VisitDep,
    caller: CallerDep,
    closed: bool = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[TaskOut]:
    """List low ratings to follow up, without whose they are. Source: R-SAT-05"""
    state = "closed" if closed else "open"
    today = local_day(visit.now)
    found = await reads.tasks(visit.session, caller, today, state=state, limit=limit, cursor=cursor)
    names = await queries.agency_names(visit.session, {one.agency for one in found.rows}, visit.lang)
    return Page(items=[_task(one, names) for one in found.rows], total=found.total, next=found.next)


@router.get("/rating-tasks/{task}", dependencies=FOLLOW_UP)
async def one_task(visit: VisitDep, caller: CallerDep, task: uuid.UUID) -> TaskOut:
    """Show a low rating to follow up, without whose it is. Source: R-SAT-05"""
    rating = await reads.task(visit.session, caller, local_day(visit.now), task)
    return _task(rating, await queries.agency_names(visit.session, {rating.agency}, visit.lang))


@router.post("/rating-tasks/{task}/closing", status_code=201, dependencies=FOLLOW_UP)
async def close(visit: VisitDep, caller: CallerDep, task: uuid.UUID, body: TaskBody) -> TaskOut:
    """Close the task of a low rating with what was done."""
    rating = await reads.task(visit.session, caller, local_day(visit.now), task)
    await follow_up_rating(visit.session, caller, rating, version=body.version, done=body.done, now=visit.now)
    names = await queries.agency_names(visit.session, {rating.agency}, visit.lang)
    return _task(rating, names)


@router.get("/ratings")
async def figures(
    *,
    visit: VisitDep,
    phase: Phase = Phase.RESULT,
    day: Day | None = None,
) -> FiguresOut:
    """Tell how dossiers were rated in a quarter, in total and up the tree of agencies; `day` is any day of it.

    Source: TN Đ.6.3; R-SAT-03
    """
    quarter = visit.rules.rating.told_quarter(visit.now, day)
    rows = await reads.sums(visit.session, phase, quarter.starts_at, quarter.ends_at)
    above = await parents(visit.session)
    told = told_ratings(rows, above)
    names = await queries.agency_names(visit.session, {one.agency for one in told.whole}, visit.lang)

    def out(one: Figure) -> FigureOut:
        name = names.get(one.agency, one.agency)
        return FigureOut(**vars(one), agency_name=name, parent=above.get(one.agency))

    return FiguresOut(
        first=quarter.first,
        last=quarter.last,
        total=out(told.total),
        agencies=[out(one) for one in told.whole],
        least=LEAST,
    )
