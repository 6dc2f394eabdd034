"""What the local copies of the catalogue say about procedures and agencies."""

from datetime import date
from typing import Final

from common.database import Database
from procedures import Procedure, shelf_of
from sqlalchemy import ScalarSelect, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.availability import Availability, obstacles
from intake.domain.errors import AgencyUnknownError, ProcedureNotFoundError
from intake.models import Agency, ProcedureClosure, ProcedureVersion


async def pinned_procedure(session: AsyncSession, code: str, version: int) -> Procedure:
    """Return a published version.

    Raises:
        ProcedureNotFoundError: that version was never published here.
    """
    shelf = shelf_of(session.get_bind().engine)
    if (known := shelf.get((code, version))) is not None:
        return known
    row = await session.get(ProcedureVersion, (code, version))
    if row is None:
        raise ProcedureNotFoundError(procedure=code)
    return shelf.setdefault((code, version), Procedure.model_validate(row.content))


async def procedure_on_shelf(database: Database, code: str, version: int) -> Procedure:
    """Return a published version, without touching the database when this process has read it before.

    Raises:
        ProcedureNotFoundError: that version was never published here.
    """
    known = shelf_of(database.engine.sync_engine).get((code, version))
    if known is not None:
        return known
    async with database.sessions() as session:
        return await pinned_procedure(session, code, version)


async def current_procedure(session: AsyncSession, code: str, today: date) -> Procedure:
    """Return the version in force on a local date.

    Raises:
        ProcedureNotFoundError: none is.
    """
    version = await session.scalar(select(_current(code, today)))
    if version is None:
        raise ProcedureNotFoundError(procedure=code)
    return await pinned_procedure(session, code, version)


def _current(code: str, today: date) -> ScalarSelect[int]:
    return (
        select(func.max(ProcedureVersion.version))
        .where(
            ProcedureVersion.code == code,
            ProcedureVersion.effective_from <= today,
            func.coalesce(ProcedureVersion.effective_to, today) >= today,
        )
        .scalar_subquery()
    )


async def availability_of(
    session: AsyncSession, procedure: Procedure, agency: str, today: date
) -> Availability:
    """Return whether a procedure can be submitted at an agency on a local date."""
    coming = (
        select(ProcedureVersion.version, ProcedureVersion.effective_from)
        .where(ProcedureVersion.code == procedure.code, ProcedureVersion.effective_from > today)
        .order_by(ProcedureVersion.effective_from)
        .limit(1)
        .subquery()
    )
    closed = select(ProcedureClosure.closed_from).where(ProcedureClosure.code == procedure.code)
    found = (
        await session.execute(
            select(_current(procedure.code, today), closed.scalar_subquery(), coming)
            .select_from(select(1).subquery())
            .outerjoin(coming, and_(True))
        )
    ).one()
    here = await session.get(Agency, agency)
    there = here if here is not None and here.open_on(today) else None
    return Availability(
        procedure=procedure.code,
        agency=agency,
        agency_name=there.name if there else None,
        has_desk=bool(there and there.desk),
        offered=procedure.offer(agency) is not None,
        current=found[0],
        closed_from=found[1],
        coming=found[2],
        coming_from=found[3],
    )


async def offered_procedure(session: AsyncSession, code: str, agency: str, today: date) -> Procedure:
    """Return the version in force of a procedure that can be submitted at an agency on a local date.

    Raises:
        ProcedureNotFoundError, ProcedureClosedError, AgencyUnknownError, AgencyWithoutDeskError,
        ProcedureNotOnlineError: nothing could be submitted there.
    """
    procedure = await current_procedure(session, code, today)
    for obstacle in obstacles(
        await availability_of(session, procedure, agency, today), procedure.version, today
    ):
        raise obstacle
    return procedure


async def known_agency(session: AsyncSession, code: str, today: date) -> Agency:
    """Return an agency that exists on a local date.

    Raises:
        AgencyUnknownError: it does not.
    """
    agency = await session.get(Agency, code)
    if agency is None or not agency.open_on(today):
        raise AgencyUnknownError(field="competent_agency", rule="known", agency=code)
    return agency


_NAMED: Final = select(Agency).where(Agency.code.in_(bindparam("codes", expanding=True)))


async def agency_names(session: AsyncSession, codes: set[str]) -> dict[str, Agency]:
    """Return the agencies of these codes."""
    rows = await session.scalars(_NAMED, {"codes": [*codes]})
    return {row.code: row for row in rows}
