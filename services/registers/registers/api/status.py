"""How the suite stands: in plain words for everybody, with numbers for those who run it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from common.api import NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.roles import Right, who_may
from regulation.zone import local_day

from registers import queries
from registers.api.deps import BuiltDep
from registers.api.notices import NoticeOut, notice_of
from registers.domain import Book
from registers.domain.checking import next_check
from registers.domain.entries import words_of
from registers.domain.standing import CAPABILITIES, PartFacts, Touch, gravest, said_to_work, works
from registers.models import Entry, Observation

router = APIRouter(prefix="/api/registers/status", tags=["status"])
MONTHS: Final = 12
OLD: Final = timedelta(minutes=5)
"""After which what was seen last is no longer said to be how things stand."""


class CapabilityOut(BaseModel):
    """Something people do, and whether it works; `incidents` numbers what is open and touches it.

    None where nobody has looked lately, or where it answers while an incident says otherwise. `because` is the gravest
    of what touches it.
    """

    key: str
    works: bool | None
    incidents: list[str] = []
    because: Touch | None = None


class MonthOut(BaseModel):
    """The availability of a month in percent of its time; `seen_percent` is the share somebody looked at."""

    month: date
    percent: float | None
    seen_percent: float | None


class StatusOut(BaseModel):
    """What everybody may know of how the system stands."""

    as_of: datetime | None
    capabilities: list[CapabilityOut]
    months: list[MonthOut]
    notices: list[NoticeOut]
    past: list[NoticeOut]


class PartOut(BaseModel):
    """How one process stands; `problems` names what a person has to see to, `days_left` is of certificates."""

    name: str
    ready: bool
    late_jobs: list[str]
    failed_jobs: list[str]
    unpublished_seconds: float | None
    waiting: int | None
    dead: int | None
    free_bytes: int | None
    days_left: dict[str, int]
    problems: list[str]


class BackupOut(BaseModel):
    """The last backup and the last drill."""

    last_at: datetime | None
    shipped_at: datetime | None
    drill_at: datetime | None
    drill_passed: bool | None


class InsideOut(StatusOut):
    """The same with what only those who run the suite may know."""

    parts: list[PartOut]
    backup: BackupOut | None
    open_entries: int
    checked_on: date | None = None
    """The day of the last check of security in the book of checks."""
    check_due_on: date | None = None
    """The day by which the next one is due; None where there never was one, which is due at once."""


@router.get("")
async def status(session: SessionDep, built: BuiltDep, now: NowDep) -> StatusOut:
    """Say whether the system works. Source: NB Đ.6.4; NB Đ.8.1; TN Đ.21.3; R-OPS-01; R-OPS-02"""
    return StatusOut(**await _public(session, built, now))


@router.get("/inside", dependencies=[only_for(who_may(Right.READ_OPERATIONS))])
async def inside(session: SessionDep, built: BuiltDep, now: NowDep) -> InsideOut:
    """Say how every process stands. Source: TN Đ.7.7; NB Đ.20.5; R-OPS-08; R-OPS-14; R-OPS-16"""
    parts, backup = await queries.parts(session)
    checked = await queries.last_begun(session, "checks", "kind", "security")
    return InsideOut(
        **await _public(session, built, now, inside=True),
        parts=[part_out(part) for part in parts],
        backup=None if backup is None else BackupOut(**backup),
        open_entries=await queries.open_count(
            session, [key for key, book in built.books.items() if book.notice]
        ),
        checked_on=checked and local_day(checked),
        check_due_on=next_check(local_day(checked), built.check_months) if checked else None,
    )


def part_out(part: PartFacts) -> PartOut:
    """Describe a process."""
    own = ("late_jobs", "failed_jobs", "problems", "days_left")
    told = {name: getattr(part, name) for name in PartOut.model_fields if name not in own}
    return PartOut(
        **told,
        late_jobs=list(part.late_jobs),
        failed_jobs=list(part.failed_jobs),
        days_left=dict(part.days_left),
        problems=list(part.problems()),
    )


async def _public(
    session: SessionDep, built: BuiltDep, now: datetime, *, inside: bool = False
) -> dict[str, Any]:
    last = await queries.last_look(session)
    books = {key: book for key, book in built.books.items() if book.notice}
    month_ago = await queries.told_of(session, books, now - timedelta(days=90))
    current = [told for entry in month_ago if (told := notice_of(books[entry.book], entry, now))]
    shown = {one.number for one in current}
    past = [
        told
        for entry in month_ago
        if entry.is_closed and entry.number not in shown
        if (told := notice_of(books[entry.book], entry, now, past=True))
    ]
    return {
        "as_of": last.at if last else None,
        "capabilities": _capabilities(last, touching(books, month_ago, now, inside=inside), now),
        "months": [_month(first, told) for first, told in await queries.months(session, now, MONTHS)],
        "notices": current,
        "past": past,
    }


def touching(
    books: Mapping[str, Book], entries: Iterable[Entry], now: datetime, *, inside: bool
) -> dict[str, dict[str, Touch]]:
    """Number and weigh the open entries that touch each thing people do; outside, only those everybody is told of."""
    found: dict[str, dict[str, Touch]] = {key: {} for key in CAPABILITIES}
    for entry in entries:
        book = books[entry.book]
        begun = entry.began_at is None or entry.began_at <= now
        if entry.is_closed or not begun or not (inside or words_of(book.notice, entry.values)):
            continue
        for key in book.touched(entry.values):
            found[key][entry.number] = book.touch(entry.values)
    return found


def _capabilities(
    last: Observation | None, incidents: Mapping[str, Mapping[str, Touch]], now: datetime
) -> list[CapabilityOut]:
    fresh = last is not None and now - last.at < OLD
    return [
        CapabilityOut(
            key=key,
            works=said_to_work(works(key, last.down) if last and fresh else None, incidents[key]),
            incidents=list(incidents[key]),
            because=gravest(incidents[key].values()),
        )
        for key in CAPABILITIES
    ]


def _month(first: date, told: Any) -> MonthOut:
    seen = None if told.whole <= 0 else round(100 * told.seen / told.whole, 1)
    return MonthOut(month=first, percent=told.percent, seen_percent=seen)
