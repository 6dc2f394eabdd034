"""The desk's queue, its figures, its export, and what the scanner found."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, cast

from common.api import Page
from common.api.deps import only_for
from common.counting import CAP
from common.spreadsheets import BOM, Cell, table
from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from regulation.clock import Urgency
from regulation.queues import DESK
from regulation.roles import Right, who_may
from regulation.states import State
from regulation.text import Lang
from regulation.zone import local
from sqlalchemy import Row

from intake.api.deps import Visit, VisitDep
from intake.api.desk_wish import NarrowedDep, WishDep, Words
from intake.api.dossier_out import remaining
from intake.domain.labels import state_label, state_tone
from intake.domain.life_cycle import CLOSED, SETTLED
from intake.domain.rules import near
from intake.models import Dossier
from intake.queries.catalogue import pinned_procedure
from intake.queries.choices import officer_names
from intake.queries.desk import COLUMNS, Wish, place, queue, queue_rows
from intake.queries.desk_figures import counts, late_checks
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
    officer: str | None
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
    """List the desk's dossiers, the least remaining working time first; with words find them, the newest first.

    What narrows the list narrows a search too; a search has an order of its own.
    """
    if q.strip():
        page = await search_desk(
            visit.session, visit.caller, visit.sought(q), wish, now=visit.now, limit=limit, cursor=cursor
        )
    else:
        page = await queue(visit.session, visit.caller, wish, now=visit.now, limit=limit, cursor=cursor)
    names = await officer_names(visit.session, {row.officer_id for row in page.items if row.officer_id})
    pinned = {(row.procedure_code, row.procedure_version) for row in page.items}
    titles = {one: (await pinned_procedure(visit.session, *one)).title(visit.lang) for one in pinned}
    items = [_row(visit, row, titles, names) for row in page.items]
    return QueuePageOut(items=items, total=page.total, next=page.next, capped=page.capped)


_NAMES: Final = tuple(one.key for one in COLUMNS)
_AS_READ: Final = tuple(name for name in QueueRow.model_fields if hasattr(Dossier, name))


def _row(
    visit: Visit, row: Row[Any], titles: Mapping[tuple[str, int], str], names: Mapping[str, str]
) -> QueueRow:
    found, now = dict(zip(_NAMES, row, strict=True)), visit.now
    running = found["state"] not in SETTLED
    time = remaining(visit.means, _started(found), found["next_due_at"], now) if running else None
    return QueueRow(
        **{name: found[name] for name in _AS_READ},
        officer=names.get(found["officer_id"], found["officer_id"]),
        state_label=state_label(found["state"], visit.lang),
        tone=state_tone(found["state"]),
        paused=found["state"] == State.SUPPLEMENT_REQUESTED,
        procedure_name=titles[found["procedure_code"], found["procedure_version"]],
        remaining_minutes=time.left if time else None,
        urgency=time.urgency if time else Urgency.PLENTY,
        overdue=bool(time and time.overdue),
    )


def _started(row: Mapping[str, Any]) -> datetime:
    """Tell when the clock began that runs in the state of a row: the check's, the answer's, or the unit's."""
    began = {State.SUBMITTED: row["check_started_at"], State.SUPPLEMENT_REQUESTED: row["checked_at"]}
    return cast("datetime", began.get(row["state"], row["accepted_at"]))


@router.get("/counts", dependencies=[only_for(who_may(Right.READ_DESK))])
async def figures(visit: VisitDep, narrowed: NarrowedDep) -> DeskCountsOut:
    """Count the desk's open dossiers per state and list, those soon due and overdue, late checks per officer.

    What narrows the lists narrows their figures as well; late checks stay those of the whole desk.
    """
    means = visit.means
    soon = near(means.rules, visit.now, means.calendar)
    found = await counts(visit.session, visit.caller, visit.now, soon, narrowed)
    late = [
        LateOfficerOut(officer_id=officer, count=count)
        for officer, count in await late_checks(visit.session, visit.caller, visit.now - timedelta(days=90))
    ]
    full = {name for name, count in found.items() if count >= CAP}
    if sum(officer.count for officer in late) >= CAP:
        full.add("late_checks")
    shown = {name.value: queue.states for name, queue in DESK.items() if not CLOSED & set(queue.states)}
    lists = {name: sum(found[s] for s in of) if of else found[name] for name, of in shown.items()}
    full |= {name for name, of in shown.items() if full & set(of)}
    return DeskCountsOut(
        states={name: count for name, count in found.items() if name not in shown},
        lists=lists,
        overdue=found["overdue"],
        due_soon=found["due_soon"],
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
    lines = _lines(visit, wish, q, await _exported(visit, wish, q, None))  # refused before the answer begins
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(
    visit: Visit, wish: Wish, q: str, first: tuple[Sequence[Row[Any]], str | None]
) -> AsyncIterator[str]:
    """Write the list page by page, so that no connection is held while the reader is slow."""
    (found, cursor), lang = first, visit.lang
    yield BOM + table([_HEADINGS[lang]], lang) + table((_cells(row, visit) for row in found), lang)
    while cursor is not None:
        found, cursor = await _exported(visit, wish, q, cursor)
        yield table((_cells(row, visit) for row in found), lang)


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
    return found, place(found[-1], wish.sort) if len(found) == _AT_ONCE else None


def _cells(row: Row[Any], visit: Visit) -> list[Cell]:
    state, times = state_label(row.state, visit.lang), (local(row.submitted_at), local(row.next_due_at))
    return [row.code, state, row.procedure_code, row.applicant_name, *times]


@router.get("/malware-reports", dependencies=[only_for(who_may(Right.READ_MALWARE))])
async def reports(visit: VisitDep) -> Page[MalwareReportOut]:
    """List infected uploads: the head sees those of the own agency, the operator all."""
    found = await malware_reports(visit.session, visit.caller)
    items = [MalwareReportOut.model_validate(row, from_attributes=True) for row in found]
    return Page(items=items, total=len(items))
