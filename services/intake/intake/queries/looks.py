"""Who looked at the dossiers of one applicant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from sqlalchemy import Row, func, literal, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Agency, Dossier, Look, Officer
from intake.queries.dossiers import own


@dataclass(frozen=True)
class LookPage:
    """One page of (look, officer's name, agency), the newest first."""

    items: Sequence[Row[Any]]
    total: int
    next: str | None


async def own_looks(session: AsyncSession, caller: Caller, *, limit: int, cursor: str | None) -> LookPage:
    """Return a page of the looks at dossiers filed by or for the calling applicant.

    Source: QT Đ.29.7; R-ACC-24
    """
    mine = select(Dossier.code).where(own(caller))
    wanted = Look.dossier_code.in_(mine)
    order = (Look.first_at, Look.dossier_code, Look.officer_id, Look.part)
    kinds = (instant, str, str, str)
    before = tuple_(*order) < tuple_(*map(literal, read_cursor(cursor, *kinds))) if cursor else true()
    statement = (
        select(Look, Officer.display_name, Agency)
        .outerjoin(Officer, Officer.id == Look.officer_id)
        .outerjoin(Agency, Agency.code == Look.agency)
        .where(wanted, before)
        .order_by(*(column.desc() for column in order))
        .limit(limit + 1)
    )
    found = (await session.execute(statement)).all()
    total = await session.scalar(select(func.count()).select_from(Look).where(wanted)) or 0
    last = found[limit - 1].Look if len(found) > limit else None
    more = write_cursor(last.first_at, last.dossier_code, last.officer_id, last.part) if last else None
    return LookPage(found[:limit], total, more)
