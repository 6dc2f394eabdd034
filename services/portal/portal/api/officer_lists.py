"""What an officer finds at work: the start page with counts, the desk's queue, the specialist's list."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError, ServiceUnreachableError
from portal.api.forms import PostedDep
from portal.api.visit import OfficerDep, Visit
from portal.domain.deadlines import Deadline, deadline
from portal.domain.queues import WORK_TABS, desk_states, desk_tabs, work_tabs

router = APIRouter(prefix="/can-bo")
PAGE_SIZE = 25
REMEMBERED = 50
DESK_ROLES = frozenset({"desk_officer", "signer", "agency_head"})
WORK_ROLES = frozenset({"specialist", "signer", "agency_head"})
PAUSED = frozenset({"supplement_requested"})


@router.get("")
async def start(visit: OfficerDep) -> Response:
    """Show what waits: new, due soon, overdue, returned, to sign."""
    roles = visit.roles
    desk = await _counts(visit, desk=True) if roles & DESK_ROLES else None
    work = (
        await _counts(visit, desk=False)
        if roles & WORK_ROLES and visit.session.account.get("agency")
        else None
    )
    return visit.page("officer/start.html", desk=desk, work=work)


async def _counts(visit: Visit, *, desk: bool) -> Json | None:
    try:
        return await (visit.desk.counts() if desk else visit.processing.counts())
    except (ServiceAnswerError, ServiceUnreachableError) as error:
        if isinstance(error, ServiceAnswerError) and error.status == 401:
            raise
        return None


@router.get("/tiep-nhan")
async def queue(visit: OfficerDep) -> Response:
    """List the desk's dossiers, the least remaining time first."""
    asked = visit.request.query_params
    tab, due = asked.get("muc", "moi"), asked.get("han", "")
    words = visit.session.notes.get("desk_q", "")
    found = await visit.desk.queue(
        state=desk_states(tab) if not due else "",
        q=words,
        due=due,
        limit=PAGE_SIZE,
        cursor=asked.get("cursor", ""),
    )
    _remember(visit, "desk", found["items"])
    counts = await visit.desk.counts()
    rows = [(row, _clock(visit, row)) for row in found["items"]]
    return visit.page(
        "officer/queue.html",
        found=found,
        rows=rows,
        tabs=desk_tabs(tab if not due else "", counts["states"]),
        counts=counts,
        tab=tab,
        due=due,
        words=words,
    )


def _clock(visit: Visit, row: Json) -> Deadline:
    return deadline(row["remaining_minutes"], visit.say, paused=row["state"] in PAUSED)


def _remember(visit: Visit, name: str, rows: list[Json]) -> None:
    codes = ",".join(str(row["code"]) for row in rows[:REMEMBERED])
    if visit.session.notes.get(f"{name}_codes") != codes:
        visit.session.notes[f"{name}_codes"] = codes
        visit.session.changed = True


@router.post("/tiep-nhan/tim")
async def search_queue(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address: they may be somebody's name."""
    return _keep_words(
        visit, "desk_q", form.text("q"), "/can-bo/tiep-nhan?muc=" + (form.text("muc") or "moi")
    )


@router.post("/giai-quyet/tim")
async def search_work(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address."""
    return _keep_words(
        visit, "work_q", form.text("q"), "/can-bo/giai-quyet?loc=" + (form.text("muc") or "all")
    )


def _keep_words(visit: Visit, name: str, words: str, target: str) -> Response:
    visit.session.notes[name] = words[:100]
    visit.session.changed = True
    return visit.go(target)


@router.get("/giai-quyet")
async def work_list(visit: OfficerDep) -> Response:
    """List the specialist's dossiers, the soonest due first."""
    return await _work_page(visit, visit.request.query_params.get("loc", "mine"))


@router.get("/ky")
async def to_sign(visit: OfficerDep) -> Response:
    """List what waits for the leader's signature."""
    return await _work_page(visit, "to_sign")


async def _work_page(visit: Visit, asked: str) -> Response:
    chosen = asked if asked in dict(WORK_TABS) else "all"
    words = visit.session.notes.get("work_q", "")
    found = await visit.processing.cases(
        filter=chosen, q=words, limit=PAGE_SIZE, cursor=visit.request.query_params.get("cursor", "")
    )
    _remember(visit, "work", found["items"])
    counts = await visit.processing.counts()
    rows = [
        (row, deadline(_left(row), visit.say, urgency=str(row.get("urgency", "")))) for row in found["items"]
    ]
    return visit.page(
        "officer/work.html", found=found, rows=rows, tabs=work_tabs(chosen, counts), tab=chosen, words=words
    )


def _left(row: Json) -> int | None:
    return None if row["state"] in ("result_ready", "rejected") else row["remaining_minutes"]
