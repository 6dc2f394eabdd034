"""The work lists of an agency: a page of each, how many stand in it, and what it can be narrowed to."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Annotated, Final, NamedTuple

from common.api import DatabaseDep, LangDep, NowDep, Page, SessionDep
from common.api.deps import only_for
from common.counting import CAP
from common.database import Database
from common.errors import FieldProblem, InvalidInputError
from common.security import Caller
from common.spreadsheets import BOM, Cell, table
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from regulation.channels import FILED, Channel
from regulation.days import Day
from regulation.queues import HANDLING, Narrowed, Sort, WorkFilter
from regulation.roles import Right, who_may
from regulation.states import WORDS, State
from regulation.text import Lang
from regulation.zone import local

from processing import queries
from processing.api.deps import AgencyPath, BuiltDep, OfficerDep
from processing.api.officers import OfficerOut
from processing.api.shapes import DossierRowOut, dossier_row
from processing.models import Dossier
from processing.queries.work_lists import Wish, occurring, work_counts, work_list
from processing.usecases.note_presence import note_presence

router = APIRouter(
    prefix="/api/processing/agencies/{agency}/dossiers",
    tags=["dossiers"],
    dependencies=[only_for(who_may(Right.READ_HANDLING))],
)


class WorkPageOut(Page[DossierRowOut]):
    """A page of a work list; `capped` says that `total` stopped counting, in a search that there is more."""

    capped: bool


class WorkCountsOut(BaseModel):
    """How many dossiers stand in each work list; counting stops at `cap`, `capped` names where there may be more."""

    lists: dict[str, int]
    cap: int
    capped: list[str]


class ChoiceOut(BaseModel):
    """Something a list can be narrowed to, by its code, in words."""

    id: str
    name: str


class WorkChoicesOut(BaseModel):
    """What the work lists can be narrowed to, in the caller's language."""

    procedures: list[ChoiceOut]
    officers: list[OfficerOut]
    channels: list[ChoiceOut]
    states: list[ChoiceOut]


async def narrowed(
    *,
    state: State | None = None,
    procedure: Annotated[str, Query(max_length=100)] = "",
    channel: Channel | None = None,
    officer: Annotated[str, Query(max_length=100, description="who handles it")] = "",
    since: Annotated[Day | None, Query(description="accepted on this local day or later")] = None,
    until: Annotated[Day | None, Query(description="accepted on this local day or earlier")] = None,
) -> Narrowed:
    """Read what narrows the lists. Raises: InvalidInputError."""
    if since and until and until < since:
        problem = FieldProblem(
            "until",
            "after-since",
            "Ngày cuối phải từ ngày đầu trở đi.",
            "The last day must not be before the first.",
        )
        raise InvalidInputError([problem])
    return Narrowed((state,) if state else (), procedure, channel or "", officer, since, until)


async def wish(
    *,
    narrowed: Annotated[Narrowed, Depends(narrowed)],
    which: Annotated[WorkFilter, Query(alias="filter")] = WorkFilter.ALL,
    q: Annotated[str | None, Query(max_length=200)] = None,
    sort: Sort | None = None,
) -> Wish:
    """Read what of the work lists is wanted."""
    return Wish(which, q or "", narrowed, sort or HANDLING[which].sort)


WishDep = Annotated[Wish, Depends(wish)]
_AT_ONCE: Final = 500  # rows of an export read in one go
_HEADINGS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "vi": (
        "Mã hồ sơ",
        "Mã thủ tục",
        "Thủ tục",
        "Trạng thái",
        "Bước hiện tại",
        "Người giải quyết",
        "Tiếp nhận lúc",
        "Hẹn trả",
    ),
    "en": ("code", "procedure_code", "procedure", "state", "step", "officer", "accepted_at", "due_at"),
}


class Asked(NamedTuple):
    """Whose list of which agency an export holds, when it was asked for, and in which language."""

    caller: Caller
    agency: str
    wish: Wish
    now: datetime
    lang: Lang


@router.get("")
async def list_dossiers(
    *,
    agency: AgencyPath,
    caller: OfficerDep,
    session: SessionDep,
    built: BuiltDep,
    now: NowDep,
    wish: WishDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> WorkPageOut:
    """List dossiers in the caller's scope, the soonest due first; what is found by its code the newest first."""
    await note_presence(session, caller, now)
    page = await work_list(session, caller, agency, wish, now=now, limit=limit, cursor=cursor)
    names = await queries.officer_names(session, [dossier.officer_id for dossier in page.items])
    rows = [dossier_row(dossier, names, built.rules, now) for dossier in page.items]
    return WorkPageOut(items=rows, total=page.total, next=page.next, capped=page.capped)


@router.get("/counts")
async def count_dossiers(
    *, agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep, wish: WishDep
) -> WorkCountsOut:
    """Count the dossiers of each work list in the caller's scope, narrowed as the lists are, each up to a cap."""
    await note_presence(session, caller, now)
    lists = await work_counts(session, caller, agency, wish, now)
    return WorkCountsOut(lists=lists, cap=CAP, capped=[name for name, count in lists.items() if count >= CAP])


@router.get("/choices")
async def choices(
    *, agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep, lang: LangDep
) -> WorkChoicesOut:
    """Name the procedures, officers and states that occur among the open dossiers in the caller's scope."""
    found = await occurring(session, caller, agency, now)
    names = await queries.officer_names(session, found.officers)
    people = [OfficerOut(id=one, name=names.get(one, one)) for one in found.officers]
    return WorkChoicesOut(
        procedures=[ChoiceOut(id=code, name=name) for code, name in found.procedures],
        officers=sorted(people, key=lambda one: one.name),
        channels=[ChoiceOut(id=channel, name=words[lang]) for channel, words in FILED.items()],
        states=[ChoiceOut(id=one, name=WORDS[State(one)][lang]) for one in found.states],
    )


files = APIRouter(
    prefix="/api/processing/agencies/{agency}",
    tags=["dossiers"],
    dependencies=[only_for(who_may(Right.READ_HANDLING))],
)


@files.get("/dossiers.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(
    *,
    agency: AgencyPath,
    caller: OfficerDep,
    database: DatabaseDep,
    now: NowDep,
    lang: LangDep,
    wish: WishDep,
) -> Response:
    """Export everything a work list shows page by page, under the same scope and narrowed alike."""
    asked = Asked(caller, agency, wish, now, lang)
    lines = _lines(database, asked, await _read(database, asked, None))  # refused before the answer begins
    headers = {"Content-Disposition": 'attachment; filename="dossiers.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(database: Database, asked: Asked, first: tuple[str, str | None]) -> AsyncIterator[str]:
    """Write the list page by page, so that no connection is held while the reader is slow."""
    (rows, cursor), lang = first, asked.lang
    yield BOM + table([_HEADINGS[lang]], lang) + rows
    while cursor is not None:
        rows, cursor = await _read(database, asked, cursor)
        yield rows


async def _read(database: Database, asked: Asked, cursor: str | None) -> tuple[str, str | None]:
    """Return the next rows as text, and where they go on."""
    caller, agency, wish, now, lang = asked
    async with database.sessions() as session:
        page = await work_list(session, caller, agency, wish, now=now, limit=_AT_ONCE, cursor=cursor)
        names = await queries.officer_names(session, [one.officer_id for one in page.items])
    return table((_cells(one, names, lang) for one in page.items), lang), page.next


def _cells(dossier: Dossier, names: Mapping[str, str], lang: Lang) -> list[Cell]:
    officer = names.get(dossier.officer_id or "", dossier.officer_id)
    return [
        dossier.code,
        dossier.procedure_code,
        dossier.procedure_name,
        WORDS[State(dossier.state)][lang],
        dossier.step_name,
        officer,
        local(dossier.accepted_at),
        local(dossier.due_at),
    ]
