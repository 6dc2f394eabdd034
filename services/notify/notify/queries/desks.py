"""What waits at the desks, who works there, and what arrived that nobody told them of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from regulation.channels import Channel
from regulation.roles import Role
from regulation.states import State
from sqlalchemy import and_, case, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.arrivals import Arrivals
from notify.domain.notice import Waiting, Words
from notify.models import Agency, ArrivalChoice, DeskRound, Dossier, Officer

_AT_DESK = Dossier.state == State.SUBMITTED.value
_FROM_OUTSIDE = or_(Dossier.channel != Channel.COUNTER.value, Dossier.answered.is_(True))
"""What is written down at the desk itself is no news there."""
_NEWS = and_(_AT_DESK, _FROM_OUTSIDE, Dossier.arrived_at.is_not(None), Dossier.desk_told_at.is_(None))


@dataclass(frozen=True)
class Desk:
    """A receiving point, what it is called, and what waits there."""

    code: str
    name: str
    name_en: str
    waiting: Waiting


async def desks(session: AsyncSession, now: datetime) -> Sequence[Desk]:
    """Return the desks where dossiers wait for their check, by code. Source: R-INT-02; R-NTF-10"""
    late = func.count(case((Dossier.check_due_at < now, 1)))
    answered = func.count(case((Dossier.answered.is_(True), 1)))
    found = (
        select(Dossier.receiving_point, Agency.name, Agency.name_en, func.count(), late, answered)
        .outerjoin(Agency, Agency.code == Dossier.receiving_point)
        .where(_AT_DESK)
        .group_by(Dossier.receiving_point, Agency.name, Agency.name_en)
        .order_by(Dossier.receiving_point)
    )
    return [
        Desk(code, name or code, name_en or name or code, Waiting(*counts))
        for code, name, name_en, *counts in (await session.execute(found)).tuples()
    ]


async def names_of(session: AsyncSession, agency: str) -> Words:
    """Return what an agency is called, its code where nobody said."""
    found = await session.get(Agency, agency)
    return {"vi": found.title("vi"), "en": found.title("en")} if found else {"vi": agency, "en": agency}


async def officers_at(
    session: AsyncSession, agency: str, *, only: Arrivals | None, usual: Arrivals
) -> tuple[str, ...]:
    """Return the active officers of a desk, `only` those who hear of arrivals that way; `usual` who chose nothing."""
    found = (
        select(Officer.id)
        .outerjoin(ArrivalChoice, ArrivalChoice.account == Officer.id)
        .where(
            Officer.agency == agency,
            Officer.active.is_(True),
            Officer.roles.contains([Role.DESK_OFFICER.value]),
            func.coalesce(ArrivalChoice.arrivals, usual.value) == only.value if only else true(),
        )
    )
    return tuple((await session.scalars(found.order_by(Officer.id))).all())


async def desks_to_tell(session: AsyncSession, every: timedelta, now: datetime) -> Sequence[str]:
    """Take the desks where something arrived and that were not told within the time; of two who ask one gets each."""
    news = (await session.scalars(select(Dossier.receiving_point).where(_NEWS).distinct())).all()
    if not news:
        return ()
    told = insert(DeskRound).values([{"agency": one, "told_at": now} for one in sorted(news)])
    taken = told.on_conflict_do_update(
        index_elements=["agency"], set_={"told_at": now}, where=DeskRound.told_at <= now - every
    )
    return sorted((await session.scalars(taken.returning(DeskRound.agency))).all())


async def take_arrivals(session: AsyncSession, agency: str, now: datetime) -> Sequence[tuple[str, bool]]:
    """Note that a desk is told of what arrived; return code and whether it answers a request, the oldest first."""
    taken = (
        update(Dossier)
        .where(_NEWS, Dossier.receiving_point == agency)
        .values(desk_told_at=now)
        .returning(Dossier.arrived_at, Dossier.code, Dossier.answered)
    )
    rows = sorted((await session.execute(taken)).tuples())
    return [(code, bool(answered)) for _, code, answered in rows]
