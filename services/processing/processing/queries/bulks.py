"""Orders for many dossiers: what was chosen, what became of it, and what who ordered it may still do."""

import uuid
from collections.abc import Sequence

from common.errors import ForbiddenError, NotFoundError
from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Bulk, BulkItem, Dossier, Officer
from processing.queries import in_scope

SHOWN = 20


async def chosen(session: AsyncSession, caller: Caller, agency: str, codes: Sequence[str]) -> list[Dossier]:
    """Return the dossiers of these codes that the caller may read, as they were chosen.

    Raises:
        NotFoundError: he may read none of them.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    rows = select(Dossier).where(Dossier.code.in_(codes), in_scope(caller, agency))
    found = {one.code: one for one in await session.scalars(rows)}
    if not found:
        raise NotFoundError
    return [found[code] for code in dict.fromkeys(codes) if code in found]


async def orders_of(session: AsyncSession, caller: Caller, agency: str) -> Sequence[Bulk]:
    """Return the caller's last orders, the newest first. Raises: NotFoundError."""
    if caller.agency != agency:
        raise NotFoundError
    mine = select(Bulk).where(Bulk.started_by == caller.subject, Bulk.agency == agency)
    return (await session.scalars(mine.order_by(Bulk.started_at.desc()).limit(SHOWN))).all()


async def order_of(session: AsyncSession, caller: Caller, agency: str, bulk_id: uuid.UUID) -> Bulk:
    """Return an order of the caller's own. Raises: NotFoundError."""
    found = await session.get(Bulk, bulk_id)
    if found is None or (found.started_by, found.agency) != (caller.subject, agency):
        raise NotFoundError
    return found


async def items_of(session: AsyncSession, bulks: Sequence[Bulk]) -> dict[uuid.UUID, list[BulkItem]]:
    """Return the dossiers of orders with what became of each, as they were chosen."""
    kept = select(BulkItem).where(BulkItem.bulk_id.in_([one.id for one in bulks])).order_by(BulkItem.number)
    found: dict[uuid.UUID, list[BulkItem]] = {one.id: [] for one in bulks}
    for item in await session.scalars(kept):
        found[item.bulk_id].append(item)
    return found


async def still_ordered_by(session: AsyncSession, bulk: Bulk) -> Caller:
    """Return who ordered it, with the roles of that moment he still has.

    Raises:
        ForbiddenError: he is no longer an active officer of the agency.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    officer = await session.get(Officer, bulk.started_by)
    if officer is None or not officer.active or officer.agency != bulk.agency:
        raise ForbiddenError
    told = bulk.ordered["who"]
    return Caller(
        subject=bulk.started_by,
        kind="officer",
        roles=frozenset(told["roles"]) & frozenset(officer.roles),
        agency=bulk.agency,
        unit=told["unit"],
        scope=told["scope"],
        token_id="",
    )
