"""Dossiers that were overdue on some days, and what was instructed about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.overdue import Days, Overdue
from stats.models import Dossier, Instruction, Wait

_INSTRUCTING: Final = 715_001
"""The lock under which instructions are written down, one after the other."""
MOST = 2000
"""How many dossiers a list holds, the longest overdue first."""


async def overdue(
    session: AsyncSession, seen: ColumnElement[bool], days: Days, now: datetime
) -> list[Overdue]:
    """Return the dossiers in sight that were past their due time on one of the days, the longest overdue first.

    Of more than `MOST` those stay away that are overdue for the shortest time. One that waits for its applicant is
    not overdue, unless it was late before.

    Source: TN Đ.11.4.g; R-PRC-15; R-STA-19
    """
    columns = [getattr(Dossier, name) for name in Overdue._fields]
    listed = select(*columns).where(_late(seen, days, now)).order_by(Dossier.due_at, Dossier.code)
    return [Overdue(*row) for row in await session.execute(listed.limit(MOST))]


async def counted(
    session: AsyncSession, seen: ColumnElement[bool], days: Days, now: datetime
) -> list[tuple[str, int]]:
    """Count all of them by agency, the most first; however many a list names. Source: TN Đ.11.4.g; R-PRC-15"""
    count, agency = func.count(), Dossier.competent_agency
    of_each = select(agency, count).where(_late(seen, days, now)).group_by(agency)
    return [(code, number) for code, number in await session.execute(of_each.order_by(count.desc(), agency))]


def _late(seen: ColumnElement[bool], days: Days, now: datetime) -> ColumnElement[bool]:
    until = min(now, days.ends_at)
    waits = (Wait.code == Dossier.code, Wait.since_at <= Dossier.due_at, Wait.until_at.is_(None))
    waiting = select(literal(1)).where(*waits).exists()
    still_open = and_(Dossier.closed_at.is_(None), ~waiting)
    settled_late = and_(Dossier.closed_at > Dossier.due_at, Dossier.closed_at >= days.starts_at)
    return and_(Dossier.accepted_at.is_not(None), Dossier.due_at < until, or_(still_open, settled_late), seen)


async def instructions(session: AsyncSession, days: Days) -> Sequence[Instruction]:
    """Return what was instructed about any of the days, the newest first."""
    touching = (Instruction.first <= days.last, Instruction.last >= days.first)
    newest = (Instruction.received_on.desc(), Instruction.id.desc())
    return (await session.scalars(select(Instruction).where(*touching).order_by(*newest))).all()


async def same_instruction(session: AsyncSession, said: Mapping[str, Any]) -> Instruction | None:
    """Return the instruction that says just this, by the names of its columns; who says it at the same time waits."""
    await session.execute(select(func.pg_advisory_xact_lock(_INSTRUCTING)))
    found: Instruction | None = await session.scalar(select(Instruction).filter_by(**said).limit(1))
    return found
