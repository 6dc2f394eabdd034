"""The desk's queue, its figures, its export, and what the scanner found."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal, cast

from common.api import Page
from common.api.deps import only_for
from common.counting import CAP
from common.cursors import write_cursor
from common.errors import InvalidInputError
from common.spreadsheets import BOM, Cell, table
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from regulation.clock import Urgency
from regulation.roles import Right, who_may
from regulation.states import State
from regulation.text import Lang
from regulation.zone import local
from sqlalchemy import Row, RowMapping

from intake.api.deps import Visit, VisitDep
from intake.api.dossier_out import remaining
from intake.domain.labels import state_label, state_tone
from intake.domain.life_cycle import CLOSED, LISTS, SETTLED, DeskList
from intake.domain.problems import unknown_state
from intake.domain.rules import near
from intake.queries.catalogue import pinned_procedure
from intake.queries.desk import Wish, counts, late_checks, queue, queue_rows
from intake.queries.desk_search import search_desk
from intake.queries.reports import malware_reports

router = APIRouter(prefix="/api/intake/desk", tags=["desk"])
_HEADINGS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "vi": ("Mã hồ sơ", "Trạng thái", "Mã thủ tục", "Người nộp", "Nộp lúc", "Hạn gần nhất"),
    "en": ("code", "state", "procedure_code", "applicant_name", "submitted_at", "next_due_at"),
}
_AT_ONCE: Final = 1000  # rows of an export read in one go
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=400)]


async def states(
    state: Annotated[
        str | None,
        Query(description="comma-separated states; none means every open one, in a search every one"),
    ] = None,
    of: Annotated[DeskList | None, Query(alias="list", description="one of the desk's lists")] = None,
) -> tuple[str, ...]:
    """Read which states are wanted."""
    named = LISTS[of] if of else tuple(item for item in (state or "").split(",") if item)
    if unknown := [item for item in named if item not in set(State)]:
        raise InvalidInputError([unknown_state(item) for item in unknown])
    return named


async def wish(
    visit: VisitDep,
    states: Annotated[tuple[str, ...], Depends(states)],
    due: Annotated[Literal["overdue", "soon", "today"] | None, Query()] = None,
) -> Wish:
    """Read what of the queue is wanted."""
    return Wish(states, due, near(visit.means.rules, visit.now, visit.means.calendar))


WishDep = Annotated[Wish, Depends(wish)]
Words = Annotated[
    str, Query(max_length=100, description="code, names, phone, e-mail or identity number; any state")
]


class QueueRow(BaseModel):
    """A dossier in the queue; `remaining_minutes` is working time, negative when over."""

    code: str
    version: int
    state: str
    state_label: str
    tone: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    channel: str
    receiving_point: str
    competent_agency: str
    submitted_at: datetime
    check_due_at: datetime
    due_at: datetime | None
    next_due_at: datetime
    remaining_minutes: int | None
    urgency: Urgency
    paused: bool
    overdue: bool
    check_overdue: bool
    supplement_count: int
    unit: str | None
    step_name: str | None


class QueuePageOut(Page[QueueRow]):
    """A page of the queue; `capped` says that `total` stopped counting, in a search that there is more."""

    capped: bool


class LateOfficerOut(BaseModel):
    """How many checks an officer decided late; no officer for those still undecided."""

    officer_id: str | None
    count: int


class DeskCountsOut(BaseModel):
    """The desk at a glance, by state and by list.

    Counting stops at `cap` per state; `capped` names the states, lists and figures of which there may be more.
    """

    states: dict[str, int]
    lists: dict[str, int]
    overdue: int
    due_soon: int
    late_checks: list[LateOfficerOut]
    cap: int
    capped: list[str]


class MalwareReportOut(BaseModel):
    """An infected upload."""

    found_at: datetime
    agency: str
    file_name: str
    signature: str
    sha256: str
    uploaded_by: str
    dossier_code: str | None


@router.get("/dossiers", dependencies=[only_for(who_may(Right.READ_DESK))])
async def dossiers(
    *, visit: VisitDep, wish: WishDep, q: Words = "", limit: Limit = 50, cursor: Cursor = None
) -> QueuePageOut:
    """List the desk's dossiers, the least remaining working time first; with words find them, the newest first."""
    if q.strip():
        page = await search_desk(
            visit.session, visit.caller, visit.sought(q), wish, now=visit.now, limit=limit, cursor=cursor
        )
    else:
        page = await queue(visit.session, visit.caller, wish, now=visit.now, limit=limit, cursor=cursor)
    items = [await _row(visit, row) for row in page.items]
    return QueuePageOut(items=items, total=page.total, next=page.next, capped=page.capped)


async def _row(visit: Visit, row: Row[Any]) -> QueueRow:
    found, now = row._mapping, visit.now
    procedure = await pinned_procedure(visit.session, found["procedure_code"], found["procedure_version"])
    running = found["state"] not in SETTLED
    time = remaining(visit.means, _started(found), found["next_due_at"], now) if running else None
    return QueueRow.model_construct(
        **{name: found[name] for name in QueueRow.model_fields if name in found},
        state_label=state_label(found["state"], visit.lang),
        tone=state_tone(found["state"]),
        paused=found["state"] == State.SUPPLEMENT_REQUESTED,
        procedure_name=procedure.title(visit.lang),
        remaining_minutes=time.left if time else None,
        urgency=time.urgency if time else Urgency.PLENTY,
        overdue=bool(time and time.overdue),
    )


def _started(row: RowMapping) -> datetime:
    """Tell when the clock began that runs in the state of a row: the check's, the answer's, or the unit's."""
    began = {State.SUBMITTED: row["check_started_at"], State.SUPPLEMENT_REQUESTED: row["checked_at"]}
    return cast("datetime", began.get(row["state"], row["accepted_at"]))


@router.get("/counts", dependencies=[only_for(who_may(Right.READ_DESK))])
async def figures(visit: VisitDep) -> DeskCountsOut:
    """Count the desk's open dossiers per state, those soon due and overdue, late checks per officer."""
    means = visit.means
    soon = near(means.rules, visit.now, means.calendar)
    found = await counts(visit.session, visit.caller, visit.now, soon)
    late = [
        LateOfficerOut(officer_id=officer, count=count)
        for officer, count in await late_checks(visit.session, visit.caller, visit.now - timedelta(days=90))
    ]
    full = {name for name, count in found.items() if count >= CAP}
    if sum(officer.count for officer in late) >= CAP:
        full.add("late_checks")
    shown = {name: of for name, of in LISTS.items() if not CLOSED & set(of)}
    full |= {name for name, of in shown.items() if full & set(of)}
    overdue, due_soon = found.pop("overdue"), found.pop("due_soon")
    return DeskCountsOut(
        states=found,
        lists={name: sum(found[s] for s in of) for name, of in shown.items()},
        overdue=overdue,
        due_soon=due_soon,
        late_checks=late,
        cap=CAP,
        capped=sorted(full),
    )


@router.get(
    "/dossiers.csv",
    dependencies=[only_for(who_may(Right.READ_DESK))],
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def export(*, visit: VisitDep, wish: WishDep, q: Words = "") -> Response:
    """Export everything the list shows page by page, under the same data scope and with the same words."""
    headers = {"Content-Disposition": 'attachment; filename="dossiers.csv"'}
    return StreamingResponse(_lines(visit, wish, q), media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(visit: Visit, wish: Wish, q: str) -> AsyncIterator[str]:
    """Write the list page by page, so that no connection is held while the reader is slow."""
    yield BOM + table([_HEADINGS[visit.lang]], visit.lang)
    cursor: str | None = None
    while True:
        found, cursor = await _exported(visit, wish, q, cursor)
        yield table((_cells(row, visit) for row in found), visit.lang)
        if cursor is None:
            return


async def _exported(
    visit: Visit, wish: Wish, q: str, cursor: str | None
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return the next rows of an export and where it goes on, nothing at the end."""
    caller, now = visit.caller, visit.now
    async with visit.database.sessions() as session:
        if q.strip():
            page = await search_desk(
                session, caller, visit.sought(q), wish, now=now, limit=_AT_ONCE, cursor=cursor
            )
            return page.items, page.next
        found = await queue_rows(session, caller, wish, now=now, limit=_AT_ONCE, cursor=cursor)
    full = len(found) == _AT_ONCE
    return found, write_cursor(found[-1].next_due_at, found[-1].code) if full else None


def _cells(row: Row[Any], visit: Visit) -> list[Cell]:
    state, times = state_label(row.state, visit.lang), (local(row.submitted_at), local(row.next_due_at))
    return [row.code, state, row.procedure_code, row.applicant_name, *times]


@router.get("/malware-reports", dependencies=[only_for(who_may(Right.READ_MALWARE))])
async def reports(visit: VisitDep) -> Page[MalwareReportOut]:
    """List infected uploads: the head sees those of the own agency, the operator all."""
    found = await malware_reports(visit.session, visit.caller)
    items = [MalwareReportOut.model_validate(row, from_attributes=True) for row in found]
    return Page(items=items, total=len(items))
