"""Names of agencies, procedures and officers by their codes."""

from collections.abc import Collection
from datetime import date

from regulation.text import Lang
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import AgencyUnknownError
from qa.models import Agency, Officer, Procedure


async def agencies(session: AsyncSession, codes: Collection[str]) -> dict[str, Agency]:
    """Return agencies by code; one that is unknown is missing."""
    wanted = [code for code in codes if code]
    if not wanted:
        return {}
    rows = await session.scalars(select(Agency).where(Agency.code.in_(wanted)))
    return {row.code: row for row in rows}


async def agency_names(session: AsyncSession, codes: Collection[str], lang: Lang) -> dict[str, str]:
    """Return the names of agencies; one that has not been told of is shown by its code."""
    known = await agencies(session, codes)
    return {code: known[code].title(lang) if code in known else code for code in codes if code}


async def reachable(session: AsyncSession, code: str, day: date, field: str = "agency") -> Agency:
    """Return an agency that exists on a day. Raises: AgencyUnknownError."""
    agency = await session.get(Agency, code)
    if agency is None or not agency.open_on(day):
        raise AgencyUnknownError(field=field, rule="agency")
    return agency


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Return which agency stands above each."""
    return dict((await session.execute(select(Agency.code, Agency.parent))).tuples().all())


async def procedure_names(session: AsyncSession, codes: Collection[str], lang: Lang) -> dict[str, str]:
    """Return the names of procedures by code."""
    wanted = [code for code in codes if code]
    rows = await session.scalars(select(Procedure).where(Procedure.code.in_(wanted))) if wanted else ()
    return {row.code: row.title(lang) for row in rows}


async def names_of(session: AsyncSession, officers: Collection[str]) -> dict[str, str]:
    """Return the names of officers by account; who has not been told of is missing."""
    known = select(Officer.id, Officer.display_name).where(Officer.id.in_(list(officers)))
    return dict((await session.execute(known)).tuples().all())
