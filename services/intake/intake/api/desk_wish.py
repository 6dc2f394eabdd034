"""What of the desk's queue is wanted, as its addresses say it, and what may be chosen there."""

from typing import Annotated

from common.api import NowDep
from common.api.deps import only_for
from common.errors import InvalidInputError
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, StringConstraints
from regulation.channels import FILED
from regulation.codes import dossier
from regulation.days import Day
from regulation.queues import DESK, DeskList, Due, Narrowed, Sort
from regulation.roles import Right, who_may
from regulation.states import State

from intake.api.deps import MeansDep, VisitDep
from intake.api.saved_views import SavedViewOut, view_out
from intake.domain.labels import state_label
from intake.domain.problems import last_before_first, unknown_state
from intake.domain.rules import near
from intake.queries.choices import applicants_of, occurring
from intake.queries.desk import Wish
from intake.queries.saved_views import views_of

router = APIRouter(prefix="/api/intake/desk", tags=["desk"])
Part = Annotated[str, Query(max_length=100)]


async def narrowed(
    *,
    state: Annotated[
        str | None,
        Query(
            max_length=300,
            description="comma-separated states; none means every one of the list, or every open one",
        ),
    ] = None,
    procedure: Part = "",
    channel: Part = "",
    officer: Annotated[str, Query(max_length=100, description="who checked it or handles it")] = "",
    since: Annotated[Day | None, Query(description="submitted on this local day or later")] = None,
    until: Annotated[Day | None, Query(description="submitted on this local day or earlier")] = None,
) -> Narrowed:
    """Read what narrows the list. Raises: InvalidInputError."""
    states = tuple(item for item in (state or "").split(",") if item)
    wrong = [unknown_state(item) for item in states if item not in {*State}]
    if since and until and until < since:
        wrong.append(last_before_first())
    if wrong:
        raise InvalidInputError(wrong)
    return Narrowed(states, procedure, channel, officer, since, until)


NarrowedDep = Annotated[Narrowed, Depends(narrowed)]


async def wish(
    *,
    means: MeansDep,
    now: NowDep,
    narrowed: NarrowedDep,
    of: Annotated[DeskList | None, Query(alias="list", description="one of the desk's lists")] = None,
    due: Due | None = None,
    sort: Sort | None = None,
) -> Wish:
    """Read what of the queue is wanted: a list, or else states; a search without either is for every one."""
    queue = DESK[of] if of else None
    due = due or (queue.due if queue else None)
    return Wish(
        states=queue.states if queue else narrowed.states,
        due=due,
        near=near(means.rules, now, means.calendar) if due is Due.SOON else {},
        narrowed=narrowed,
        sort=sort or (queue.sort if queue else Sort.DUE),
    )


WishDep = Annotated[Wish, Depends(wish)]
Words = Annotated[
    str, Query(max_length=100, description="code, names, phone, e-mail or identity number; any state")
]


class ChoiceOut(BaseModel):
    """Something a list can be narrowed to, by its code, in words."""

    id: str
    name: str


class ChoicesOut(BaseModel):
    """What the desk's lists can be narrowed to, in the caller's language."""

    procedures: list[ChoiceOut]
    officers: list[ChoiceOut]
    channels: list[ChoiceOut]
    states: list[ChoiceOut]
    views: list[SavedViewOut]
    """What the caller saved, the oldest first."""


@router.get("/choices", dependencies=[only_for(who_may(Right.READ_DESK))])
async def choices(visit: VisitDep) -> ChoicesOut:
    """Name the procedures, officers, channels and states that the caller's lists can be narrowed to."""
    lang = visit.lang
    found = await occurring(visit.session, visit.caller, lang)
    return ChoicesOut(
        procedures=[ChoiceOut(id=code, name=name) for code, name in found.procedures],
        officers=[ChoiceOut(id=one, name=name) for one, name in found.officers],
        channels=[ChoiceOut(id=channel, name=words[lang]) for channel, words in FILED.items()],
        states=[ChoiceOut(id=state, name=state_label(state, lang)) for state in State],
        views=[view_out(view) for view in await views_of(visit.session, visit.caller)],
    )


class ApplicantOut(BaseModel):
    """Whose a dossier is."""

    code: str
    applicant_name: str


@router.get("/applicants", dependencies=[only_for(who_may(Right.READ_HANDLING))])
async def applicants(
    visit: VisitDep,
    code: Annotated[
        list[Annotated[str, StringConstraints(max_length=dossier.LONGEST)]],
        Query(max_length=200, description="codes of dossiers"),
    ],
) -> list[ApplicantOut]:
    """Name the applicants of dossiers that the caller may open; of others nothing is said."""
    found = await applicants_of(visit.session, visit.caller, code)
    return [ApplicantOut(code=one, applicant_name=name) for one, name in found]
