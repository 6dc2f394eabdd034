"""The coordinator reminds an agency of its overdue dossiers, in one action."""

from datetime import datetime, timedelta
from typing import Final

from common.ids import uuid7
from common.security import Caller
from regulation.roles import Right, who_may
from regulation.text import short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.errors import JustUrgedError, NothingToUrgeError
from notify.domain.kinds import Kind
from notify.domain.notice import Notice, Overdue, overdue_notice
from notify.models import Reminder
from notify.queries.overdue import hold_agency, overdue_agencies, overdue_codes, who_leads

AGAIN: Final = timedelta(hours=1)
"""After which the same people are urged anew; sooner it would only be a second mail."""


async def remind_agency(
    session: AsyncSession, caller: Caller, agency: str, now: datetime
) -> tuple[Reminder, Notice]:
    """Write down that an agency is reminded; return it with the notice that tells its heads what is overdue.

    Raises:
        ForbiddenError: not by this caller.
        NothingToUrgeError: nothing is overdue there.
        JustUrgedError: it was reminded within the hour.

    Source: NB Đ.22.2; TN Đ.24.4; QT Đ.24.3; BD Đ.13.1; HN Đ.9.6; R-NTF-10
    """
    caller.require(*who_may(Right.URGE_AGENCY))
    await hold_agency(session, agency)
    found = await overdue_agencies(session, agency)
    if not found:
        raise NothingToUrgeError(agency=agency)
    [overdue] = found
    if overdue.reminded_at is not None and now - overdue.reminded_at < AGAIN:
        raise JustUrgedError(at=short_instant(overdue.reminded_at, "vi"))
    heads, codes = await who_leads(session, agency), await overdue_codes(session, agency)
    row = Reminder(
        id=uuid7(),
        agency=agency,
        reminded_at=now,
        reminded_by=caller.subject,
        overdue_count=overdue.count,
        told_count=len(heads),
    )
    session.add(row)
    await session.flush()
    what = Overdue({"vi": overdue.name, "en": overdue.name_en}, overdue.count, codes)
    return row, overdue_notice(Kind.OFFICER_AGENCY_URGED, row.id, now, heads, what)
