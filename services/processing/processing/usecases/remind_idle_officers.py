"""Remind officers who leave open dossiers unseen, and then tell their head."""

from datetime import datetime, timedelta

from common.database import Database
from common.outbox import record
from regulation.calendar import WorkingCalendar
from regulation.clock.by_profile import Term
from regulation.roles import Role
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.events import OfficerIdle
from processing.models import Officer
from processing.queries import absences

OFFICER, HEAD = "officer", "head"


def idle_since(seen: datetime, idle: Term, times: int, calendar: WorkingCalendar) -> datetime:
    """Return when an officer last seen at `seen` counts as idle for the first or a further time (UTC).

    Source: NB Đ.24.1; NB Đ.22.2; TN Đ.24.4; R-PRC-16
    """
    moment = seen
    for _ in range(times):
        moment = idle.starting(moment, calendar).due_at
    return moment


async def remind_idle_officers(
    database: Database, now: datetime, idle: Term, calendar: WorkingCalendar
) -> int:
    """Announce a reminder to each idle officer, and after the same time again one to the heads; return how many.

    Source: NB Đ.24.1; NB Đ.22.2; TN Đ.24.4; R-PRC-16
    """
    reminded = 0
    async with database.sessions.begin() as session:
        known = select(Officer).where(Officer.active, Officer.last_seen_at < now - timedelta(hours=1))
        for officer in (await session.scalars(known.with_for_update(skip_locked=True))).all():
            reminded += await _remind(session, officer, now, idle, calendar)
    return reminded


async def _seen(session: AsyncSession, officer: Officer, now: datetime) -> datetime | None:
    """Return when he was last seen, or came back since; None while he is away: his substitute has the list."""
    back, seen = await absences.back_since(session, officer, now), officer.last_seen_at
    if back is None or seen is None:
        return seen
    return None if back > now else max(seen, back)


async def _remind(
    session: AsyncSession, officer: Officer, now: datetime, idle: Term, calendar: WorkingCalendar
) -> int:
    seen = await _seen(session, officer, now)
    open_count = (await queries.open_counts(session, officer.agency)).get(officer.id, 0)
    if seen is None or not open_count or officer.idle_told == HEAD:
        return 0
    step, told = (1, OFFICER) if officer.idle_told is None else (2, HEAD)
    if idle_since(seen, idle, step, calendar) >= now:
        return 0
    heads = await queries.officers_of(session, officer.agency, role=Role.AGENCY_HEAD)
    tell = [officer.id] if told == OFFICER else [head.id for head in heads]
    officer.idle_told = told
    fact = OfficerIdle(
        aggregate_id=officer.id,
        aggregate_version=officer.next_fact(),
        agency=officer.agency,
        occurred_at=now,
        officer_id=officer.id,
        officer_name=officer.display_name,
        tell=tell,
        open_count=open_count,
        since=seen,
    )
    await record(session, fact)
    return 1
