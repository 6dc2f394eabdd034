"""Who is away on a day, and for whom somebody stands in."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from common.security import Caller
from regulation.roles import Right, view, who_may
from regulation.zone import day_ends, local_day
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Absence, Officer


async def from_day(session: AsyncSession, agency: str, day: date) -> Sequence[Absence]:
    """Return who is away from a day on, the first to go first."""
    coming = select(Absence).where(Absence.agency == agency, Absence.to_on >= day, Absence.ended_at.is_(None))
    return (await session.scalars(coming.order_by(Absence.from_on, Absence.id))).all()


async def of_agencies(session: AsyncSession, codes: Collection[str], day: date) -> Sequence[Absence]:
    """Return the absences of agencies whose last day is not over on a day, also those that were ended early."""
    kept = select(Absence).where(Absence.agency.in_(codes), Absence.to_on >= day)
    return (await session.scalars(kept.order_by(Absence.agency, Absence.id))).all()


async def on_day(session: AsyncSession, agency: str, day: date) -> dict[str, Absence]:
    """Return who is away on a day, by officer."""
    return {one.officer_id: one for one in await from_day(session, agency, day) if one.from_on <= day}


def stood_in_for(away: Collection[Absence], caller: Caller) -> frozenset[str]:
    """Return the officers of the caller's agency for whom he stands in, of those who are away.

    Source: BD Đ.14.5; NB Đ.23.5; HN Đ.10.7; R-INT-21
    """
    mine = (one for one in away if one.substitute_id == caller.subject and one.agency == caller.agency)
    return frozenset(one.officer_id for one in mine)


def missed_by(away: Collection[Absence], caller: Caller) -> frozenset[str]:
    """Return the officers away whose dossiers a caller looks after: a leader all, a substitute those he stands in for.

    Source: BD Đ.14.5; NB Đ.23.5; HN Đ.10.7; R-INT-21
    """
    if caller.roles & who_may(Right.ASSIGN_DOSSIER):
        return frozenset(one.officer_id for one in away)
    return stood_in_for(away, caller)


async def substitutes(session: AsyncSession, agencies: Collection[str], day: date) -> dict[str, str]:
    """Return who stands in on a day, by who is away; a substitute who has left or is away too stands in for nobody."""
    away = [one for agency in agencies for one in (await on_day(session, agency, day)).values()]
    gone = {one.officer_id for one in away}
    named = {one.substitute_id for one in away if one.substitute_id} - gone
    there = select(Officer.id, Officer.agency).where(Officer.id.in_(named), Officer.active.is_(True))
    homes = dict((await session.execute(there)).tuples().all())
    return {
        one.officer_id: one.substitute_id
        for one in away
        if one.substitute_id and homes.get(one.substitute_id) == one.agency
    }


async def endable(session: AsyncSession, kept: Sequence[Absence], caller: Caller) -> frozenset[uuid.UUID]:
    """Return which absences a caller may end: his own, and as a leader those of officers in his reach.

    Source: BD Đ.14.5; R-INT-21; R-ACC-18
    """
    running = [one for one in kept if one.ended_at is None]
    here = select(Officer.id, Officer.unit).where(Officer.id.in_({one.officer_id for one in running}))
    units = dict((await session.execute(here)).tuples().all())
    seen = view(Right.ASSIGN_DOSSIER, caller)
    return frozenset(
        one.id
        for one in running
        if one.officer_id == caller.subject
        or seen.sees(agency=one.agency, unit=units.get(one.officer_id), holder=one.officer_id)
    )


async def clashing(
    session: AsyncSession, people: Collection[str], from_on: date, to_on: date
) -> Sequence[Absence]:
    """Return what is recorded of people, as who is away or stands in, that meets a span of days."""
    meets = (Absence.ended_at.is_(None), Absence.from_on <= to_on, Absence.to_on >= from_on)
    known = select(Absence).where(
        *meets, or_(Absence.officer_id.in_(people), Absence.substitute_id.in_(people))
    )
    return (await session.scalars(known.order_by(Absence.from_on, Absence.id))).all()


async def back_since(session: AsyncSession, officer: Officer, now: datetime) -> datetime | None:
    """Return when an officer came back the last time (UTC); None where he never was away.

    While he is away that is still to come.
    """
    begun = select(Absence).where(Absence.officer_id == officer.id, Absence.from_on <= local_day(now))
    ends = [one.ended_at or day_ends(one.to_on) for one in await session.scalars(begun)]
    return max(ends, default=None)
