"""Who stands in for officers who are away."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.notice import StandIn
from notify.models import Absence, Officer


async def stand_ins(session: AsyncSession, officers: Collection[str], day: date) -> Mapping[str, StandIn]:
    """Return by officer who stands in on a local day; who is there, or has no substitute, is missing.

    Source: BD Đ.14.5; NB Đ.23.5; HN Đ.10.7; R-INT-21
    """
    away = (
        select(Absence.officer_id, Officer.name, Absence.to_on, Absence.substitute_id)
        .outerjoin(Officer, Officer.id == Absence.officer_id)
        .where(
            Absence.officer_id.in_(officers),
            Absence.from_on <= day,
            Absence.to_on >= day,
            Absence.ended.is_(False),
            Absence.substitute_id.is_not(None),
        )
        .order_by(Absence.to_on)
    )
    return {
        officer: StandIn(officer, name or officer, until, substitute)
        for officer, name, until, substitute in (await session.execute(away)).tuples()
        if substitute
    }
