"""Tell a desk what arrived: at once, but never more than one word in so many minutes, and in working time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from regulation.calendar import WorkingCalendar
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.arrivals import Arrivals, desk_is_open
from notify.domain.kinds import Kind
from notify.domain.notice import Notice, Waiting, desk_notice
from notify.queries.desks import desks_to_tell, names_of, officers_at, take_arrivals

NAMED: Final = 20
"""Dossiers that a notice names; the rest it counts."""


@dataclass(frozen=True)
class DeskRules:
    """How desks hear of arrivals: what holds for who chose nothing, and how often at most."""

    usual: Arrivals
    every: timedelta


async def gather_arrivals(
    session: AsyncSession, calendar: WorkingCalendar, rules: DeskRules, now: datetime
) -> Sequence[Notice]:
    """Return one notice for each desk where something arrived that was not told; who wants the digest gets none.

    Source: NB Đ.24.1; NB Đ.22.2; TN Đ.24.4; R-NTF-10
    """
    if not desk_is_open(calendar, now):
        return ()
    notices = []
    for agency in await desks_to_tell(session, rules.every, now):
        arrived = await take_arrivals(session, agency, now)
        told = await officers_at(session, agency, only=Arrivals.AT_ONCE, usual=rules.usual)
        if arrived and told:
            what = Waiting(len(arrived), answered=sum(answered for _, answered in arrived))
            codes = [code for code, _ in arrived[:NAMED]]
            place = await names_of(session, agency)
            notices.append(
                desk_notice(
                    Kind.OFFICER_ARRIVALS, uuid.uuid4(), now, told, place=place, waiting=what, codes=codes
                )
            )
    return notices
