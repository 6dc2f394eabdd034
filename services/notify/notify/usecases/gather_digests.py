"""Gather what heads and coordinators are told once each working day: what is overdue."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from regulation.calendar import CalendarGapError, WorkingCalendar
from regulation.zone import local
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.kinds import Kind
from notify.domain.notice import Notice, Overdue, Words, overdue_notice
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


async def gather_digests(session: AsyncSession, calendar: WorkingCalendar, now: datetime) -> Sequence[Notice]:
    """Return the day's notices, to each head of the own agency, to each coordinator of all; none before the morning.

    A day's digest keeps its name, so that who was told it already is not told again.

    Source: NB Đ.22.2; NB Đ.24.1; TN Đ.24.4; BD Đ.13.1; HN Đ.9.6; R-NTF-10
    """
    if not is_time(calendar, now):
        return ()
    today, found = local(now).date(), await overdue_agencies(session)
    notices = [await _of_agency(session, one, today, now) for one in found]
    if found:
        notices.append(await _of_all(session, found, today, now))
    return notices


async def _of_agency(session: AsyncSession, one: OverdueAgency, today: date, now: datetime) -> Notice:
    heads, codes = await who_leads(session, one.code), await overdue_codes(session, one.code)
    what = Overdue({"vi": one.name, "en": one.name_en}, one.count, codes)
    return overdue_notice(Kind.OFFICER_DIGEST, _named(today, one.code), now, heads, what)


async def _of_all(
    session: AsyncSession, found: Sequence[OverdueAgency], today: date, now: datetime
) -> Notice:
    lines = [f"{one.name}: {one.count}" for one in found]
    total, told = sum(one.count for one in found), await coordinators(session)
    return overdue_notice(
        Kind.OFFICER_DIGEST, _named(today, ""), now, told, Overdue(EVERYWHERE, total, lines)
    )


def _named(day: date, agency: str) -> uuid.UUID:
    """Name the digest of a day, so that telling it again tells nobody twice."""
    return uuid.uuid5(_SPACE, f"{day.isoformat()} {agency}")
