"""Tell again what the catalogue holds, for a service that begins later than it did."""

from collections.abc import Sequence
from functools import partial

from common.announcing import Stock, Told
from common.clock import utc_now
from common.events import Event
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.service_levels import SchemeRules
from catalog.models import (
    Agency,
    AgencyUnit,
    Procedure,
    ProcedureVersion,
    agency_changed,
    procedure_closed,
    version_published,
)


def stocks(rules: SchemeRules) -> tuple[Stock, ...]:
    """Return what the catalogue can tell again, in the order in which one rests on the other."""
    return Stock("agencies", announce_agencies), Stock("procedures", partial(announce_procedures, rules))


async def announce_agencies(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next agencies after a code, as the directory describes them now."""
    agencies = select(Agency).where(Agency.code > after).order_by(Agency.code).limit(limit)
    rows = (await session.scalars(agencies)).all()
    units: dict[str, list[str]] = {row.code: [] for row in rows}
    for unit in await session.scalars(select(AgencyUnit).where(AgencyUnit.agency.in_(units))):
        units[unit.agency].append(unit.id)
    now = utc_now()
    return [Told(row.code, [agency_changed(row, units[row.code], now)]) for row in rows]


async def announce_procedures(
    rules: SchemeRules, session: AsyncSession, after: str, limit: int
) -> Sequence[Told]:
    """Return the next procedures after a code: every version that was ever in force, and the repeal.

    Dossiers are settled under the version they were submitted with, so the superseded ones are told too.
    """
    procedures = select(Procedure).where(Procedure.code > after).order_by(Procedure.code).limit(limit)
    rows = (await session.scalars(procedures)).all()
    facts: dict[str, list[Event]] = {row.code: [] for row in rows}
    published = select(ProcedureVersion).where(
        ProcedureVersion.procedure.in_(facts),
        ProcedureVersion.published_at.is_not(None),
        ProcedureVersion.effective_from.is_not(None),  # what is only listed was never in force
    )
    by_code = {row.code: row for row in rows}
    for version in await session.scalars(published.order_by(ProcedureVersion.number)):
        fact = await version_published(session, by_code[version.procedure], version, rules)
        facts[version.procedure].append(fact)
    for row in rows:
        if row.closed_announced:
            facts[row.code].append(procedure_closed(row, row.last_number, utc_now()))
    return [Told(code, told) for code, told in facts.items()]
