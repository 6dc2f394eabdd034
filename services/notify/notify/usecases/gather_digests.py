"""Gather what desks, heads and coordinators are told once each working day: what waits, and what is overdue."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import reduce
from typing import Final

from regulation.calendar import CalendarGapError, WorkingCalendar
from regulation.zone import local
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.arrivals import Arrivals
from notify.domain.kinds import Kind
from notify.domain.notice import Notice, Overdue, Waiting, Words, desk_notice, overdue_notice
from notify.queries.desks import Desk, desks, officers_at
from notify.queries.overdue import OverdueAgency, coordinators, overdue_agencies, overdue_codes, who_leads

FROM: Final = time(7, 30)
"""Local time of the morning from which on digests leave."""
_SPACE: Final = uuid.UUID("6f0e4f0a-2a55-4a3c-9b55-0d8f3a2b7c11")
EVERYWHERE: Final[Words] = {"vi": "toàn tỉnh", "en": "the whole province"}


def is_time(calendar: WorkingCalendar, now: datetime) -> bool:
    """Tell whether digests leave now: in the morning of a working day, and later that day for who missed it."""
    at = local(now)
    try:
        works = bool(calendar.periods_on(at.date()))
    except CalendarGapError:
        works = at.weekday() < 5
    return works and at.time() >= FROM


async def gather_digests(
    session: AsyncSession, calendar: WorkingCalendar, usual: Arrivals, now: datetime
) -> Sequence[Notice]:
    """Return the day's notices, none before the morning: to desks, to heads of the own agency, to coordinators of all.

    A desk hears of every check that waits; heads and coordinators where something is overdue, a check or a dossier.
    A day's digest keeps its name, so that who was told it already is not told again.

    Source: NB Đ.22.2; NB Đ.24.1; TN Đ.24.4; BD Đ.13.1; HN Đ.9.6; R-NTF-10
    """
    if not is_time(calendar, now):
        return ()
    today, waiting = local(now).date(), {one.code: one for one in await desks(session, now)}
    overdue = {one.code: one for one in await overdue_agencies(session)}
    late = [code for code, one in waiting.items() if one.waiting.late and code not in overdue]
    notices = [await _of_desk(session, one, usual, today, now) for one in waiting.values()]
    for code in (*overdue, *late):
        notices.append(await _of_agency(session, overdue.get(code), waiting.get(code), today, now))
    if overdue or late:
        notices.append(await _of_all(session, [*overdue.values()], [*waiting.values()], today, now))
    return notices


async def _of_desk(session: AsyncSession, one: Desk, usual: Arrivals, today: date, now: datetime) -> Notice:
    told = await officers_at(session, one.code, only=None, usual=usual)
    place: Words = {"vi": one.name, "en": one.name_en}
    name = _named(today, f"desk {one.code}")
    return desk_notice(Kind.OFFICER_DESK_DIGEST, name, now, told, place=place, waiting=one.waiting)


async def _of_agency(
    session: AsyncSession, one: OverdueAgency | None, desk: Desk | None, today: date, now: datetime
) -> Notice:
    here = one or desk
    assert here, "an agency is told of because something is overdue there"
    heads = await who_leads(session, here.code)
    codes = await overdue_codes(session, here.code) if one else ()
    what = Overdue(
        {"vi": here.name, "en": here.name_en},
        one.count if one else 0,
        codes,
        desk.waiting if desk else Waiting(),
    )
    return overdue_notice(Kind.OFFICER_DIGEST, _named(today, here.code), now, heads, what)


async def _of_all(
    session: AsyncSession, found: Sequence[OverdueAgency], waits: Sequence[Desk], today: date, now: datetime
) -> Notice:
    lines = [f"{one.name}: {one.count}" for one in found]
    total, told = sum(one.count for one in found), await coordinators(session)
    waiting = reduce(Waiting.with_, (one.waiting for one in waits), Waiting())
    late = [f"{one.name}: {one.waiting.late}/{one.waiting.count}" for one in waits if one.waiting.late]
    what = Overdue(EVERYWHERE, total, lines, waiting, late)
    return overdue_notice(Kind.OFFICER_DIGEST, _named(today, ""), now, told, what)


def _named(day: date, agency: str) -> uuid.UUID:
    """Name the digest of a day, so that telling it again tells nobody twice."""
    return uuid.uuid5(_SPACE, f"{day.isoformat()} {agency}")
