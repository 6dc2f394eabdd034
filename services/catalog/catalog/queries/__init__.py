"""Named reads of the catalogue; everything here is public, so no read depends on who asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from procedures import Offer
from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.agencies import Level
from catalog.domain.completeness import Surroundings
from catalog.domain.content import Content
from catalog.domain.errors import UnknownAgencyError, UnknownFormError, UnknownProcedureError
from catalog.domain.service_levels import SchemeRules
from catalog.domain.versions import VISIBLE, State
from catalog.models import Agency, AgencyLevel, AgencyUnit, EditEntry, Field, Form, OnlineService, Procedure
from catalog.models import ProcedureVersion as Version


async def levels(session: AsyncSession) -> dict[str, Level]:
    """Return all administrative levels by id."""
    rows = await session.scalars(select(AgencyLevel).order_by(AgencyLevel.rank))
    return {row.id: row.as_level() for row in rows}


async def agency_codes(session: AsyncSession) -> set[str]:
    """Return the codes of all agencies ever entered."""
    return set(await session.scalars(select(Agency.code)))


async def agency(session: AsyncSession, code: str) -> Agency:
    """Return one agency. Raises: UnknownAgencyError."""
    found = await session.get(Agency, code)
    if found is None:
        raise UnknownAgencyError(field="agency", agency=code)
    return found


async def agencies_by_code(session: AsyncSession, codes: Sequence[str]) -> dict[str, Agency]:
    """Return the agencies with these codes."""
    rows = await session.scalars(select(Agency).where(Agency.code.in_(codes)))
    return {row.code: row for row in rows}


async def directory(
    session: AsyncSession, day: date, level: str | None, parent: str | None, offers: str | None
) -> list[Agency]:
    """Return the agencies valid on a day, by rank of level and code. Source: NB Đ.9.1.a; R-CAT-01."""
    query = select(Agency).join(AgencyLevel, AgencyLevel.id == Agency.level).where(Agency.valid_from <= day)
    query = query.where(or_(Agency.valid_to.is_(None), Agency.valid_to > day))
    if level:
        query = query.where(Agency.level == level)
    if parent:
        query = query.where(Agency.parent == parent)
    if offers:
        open_ones = select(OnlineService.agency).where(
            OnlineService.procedure == offers, OnlineService.closed_on.is_(None)
        )
        query = query.where(Agency.code.in_(open_ones))
    return list(await session.scalars(query.order_by(AgencyLevel.rank, Agency.code)))


async def units(session: AsyncSession, *codes: str) -> list[AgencyUnit]:
    """Return the units of agencies."""
    asked = select(AgencyUnit).where(AgencyUnit.agency.in_(codes))
    return list(await session.scalars(asked.order_by(AgencyUnit.agency, AgencyUnit.id)))


async def procedure(session: AsyncSession, code: str, *, lock: bool = False) -> Procedure:
    """Return one procedure, locked for a change when asked. Raises: UnknownProcedureError."""
    found = await session.get(Procedure, code, with_for_update=lock or None)
    if found is None:
        raise UnknownProcedureError(field="procedure", procedure=code)
    return found


async def version(session: AsyncSession, code: str, number: int) -> Version:
    """Return one version of a procedure. Raises: UnknownProcedureError."""
    found = await session.get(Version, (code, number))
    if found is None:
        raise UnknownProcedureError(field="version", procedure=f"{code}/{number}")
    return found


async def current_version(session: AsyncSession, found: Procedure) -> Version | None:
    """Return the version in force or listed, otherwise the newest one ever shown."""
    if found.current_number is not None:
        return await version(session, found.code, found.current_number)
    shown = (*VISIBLE, State.SUPERSEDED, State.REPEALED)
    query = select(Version).where(Version.procedure == found.code, Version.state.in_(shown))
    return (await session.scalars(query.order_by(Version.number.desc()).limit(1))).first()


async def running_offers(session: AsyncSession, found: Procedure) -> tuple[Offer, ...]:
    """Return who takes a procedure online under the version in force."""
    present = await current_version(session, found)
    return present.read().offers if present is not None and present.state == State.IN_FORCE else ()


async def versions(session: AsyncSession, code: str) -> list[Version]:
    """Return all versions of a procedure, newest first."""
    query = select(Version).where(Version.procedure == code).order_by(Version.number.desc())
    return list(await session.scalars(query))


async def open_services(session: AsyncSession) -> list[OnlineService]:
    """Return every open online service."""
    query = select(OnlineService).where(OnlineService.closed_on.is_(None))
    return list(await session.scalars(query.order_by(OnlineService.procedure, OnlineService.agency)))


async def fields(session: AsyncSession) -> list[tuple[Field, int]]:
    """Return the fields with how many visible procedures each has."""
    count = func.count(Procedure.code)
    query = (
        select(Field, count).join(Procedure, Procedure.field == Field.code, isouter=True).group_by(Field.code)
    )
    return [(field, number) for field, number in await session.execute(query.order_by(Field.code))]


async def field_name(session: AsyncSession, code: str) -> str:
    """Return the name of a field, the code itself when it is not known."""
    found = await session.get(Field, code)
    return found.name if found else code


async def form(session: AsyncSession, id_: str, day: date | None, number: int | None = None) -> Form:
    """Return the form's version of that number, or the one in force on a day. Raises: UnknownFormError."""
    query = select(Form).where(Form.id == id_).order_by(Form.number.desc())
    for row in await session.scalars(query):
        if (number is not None and row.number == number) or (number is None and day and row.in_force(day)):
            return row
    raise UnknownFormError(field="form", form=id_)


async def surroundings(session: AsyncSession, content: Content, rules: SchemeRules) -> Surroundings:
    """Return what the completeness check must know beside the version."""
    agencies = await agencies_by_code(session, [offer.agency for offer in content.offers])
    ids = [use.id for use in content.forms or ()]
    rows = await session.execute(
        select(Form.id, Form.number).where(Form.id.in_(ids), Form.sha256.is_not(None))
    )
    contacts = {code: row.contact for code, row in agencies.items()}
    return Surroundings(contacts, {(id_, number) for id_, number in rows}, rules)


async def history(session: AsyncSession, code: str, limit: int = 200) -> list[EditEntry]:
    """Return the edits of a procedure, newest first. Source: TN Đ.7.1; R-CAT-17."""
    query = select(EditEntry).where(EditEntry.procedure == code).order_by(EditEntry.id.desc()).limit(limit)
    return list(await session.scalars(query))


# How often the visible catalogue has changed; asked before every search, so without a session.
REVISION = "SELECT number FROM catalogue_revision WHERE id = 1"

VISIBLE_ROWS = text("""
    SELECT p.code, p.name, p.name_en, p.field, f.name AS field_name, p.levels, p.route, p.common,
        v.state, v.number, v.content->>'ministry' AS ministry, v.content->'channels' AS channels,
        v.content->'cases' AS cases, v.content->'fees' AS fees, v.content->'limits' AS limits,
        jsonb_path_query_array(v.content, '$.results[*].code ? (@ != null)') AS results,
        coalesce(array_agg(s.agency ORDER BY s.agency) FILTER (WHERE s.agency IS NOT NULL), '{}') AS agencies,
        coalesce(array_agg(s.level ORDER BY s.agency) FILTER (WHERE s.agency IS NOT NULL), '{}') AS service_levels
    FROM procedure p
    JOIN procedure_version v ON v.procedure = p.code AND v.number = p.current_number
    JOIN field f ON f.code = p.field
    LEFT JOIN online_service s ON s.procedure = p.code AND s.closed_on IS NULL
    GROUP BY p.code, f.name, v.procedure, v.number""")


async def visible_rows(session: AsyncSession) -> list[dict[str, Any]]:
    """Return what search and lists show of every visible procedure, one row each."""
    return [dict(row) for row in (await session.execute(VISIBLE_ROWS)).mappings()]


async def agency_names(session: AsyncSession) -> dict[str, str]:
    """Return the names of all agencies by code."""
    rows = await session.execute(select(Agency.code, Agency.name))
    return dict(rows.tuples().all())
