"""Enter an agency in the directory, or change what it says."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.errors import InvalidInputError
from common.outbox import record
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.agencies import VOLUNTARY, AgencyEntry, agency_problems, desk_email
from catalog.domain.editors import Editor
from catalog.domain.errors import DuplicateCodeError, VerticalNotTakenError
from catalog.models import Agency, AgencyUnit, EditEntry, agency_changed, catalogue_changed


@dataclass(frozen=True)
class AgencyFacts:
    """All that the directory says of an agency; units as id → (name, English name)."""

    entry: AgencyEntry
    name_en: str = ""
    kind: str = "committee"
    address: str = ""
    phone: str = ""
    email: str = ""
    units: dict[str, tuple[str, str]] = field(default_factory=dict)


async def edit_agency(
    session: AsyncSession,
    facts: AgencyFacts,
    version: int | None,
    *,
    by: Editor,
    now: datetime,
    vertical: bool = False,
) -> Agency:
    """Change an agency of the version the editor saw; without a version enter a new one.

    Raises:
        DuplicateCodeError: the code of a new agency is taken.
        UnknownAgencyError: there is nothing to change.
        StaleVersionError: somebody else changed it meanwhile.
        InvalidInputError: the entry is not right.
        VerticalNotTakenError: it is of a kind that only some provinces take, which `vertical` tells.

    Source: NB Đ.9.1.a; NB Đ.1.2.đ; R-CAT-01; R-CAT-02; R-CAT-17
    """
    if facts.kind in VOLUNTARY and not vertical:
        raise VerticalNotTakenError(field="kind", rule="vertical-not-taken")
    agency = await _entered(session, facts) if version is None else await _at(session, facts, version)
    await _check(session, facts)
    old = None if version is None else _shown(agency)
    for name, value in _values(facts).items():
        setattr(agency, name, value)
    session.add(agency)
    return await _kept(session, agency, facts, old=old, by=by, now=now)


async def _entered(session: AsyncSession, facts: AgencyFacts) -> Agency:
    code = facts.entry.code
    if await session.get(Agency, code) is not None:
        raise DuplicateCodeError(field="code", rule="duplicate-code", value=code)
    return Agency(code=code)


async def _at(session: AsyncSession, facts: AgencyFacts, version: int) -> Agency:
    agency = await queries.agency(session, facts.entry.code)
    agency.expect(version)
    return agency


async def _check(session: AsyncSession, facts: AgencyFacts) -> None:
    levels, known = await queries.levels(session), await queries.agency_codes(session)
    if problems := agency_problems(facts.entry, levels, known):
        raise InvalidInputError(problems)


def _values(facts: AgencyFacts) -> dict[str, Any]:
    entry = facts.entry
    return {
        "name": nfc(entry.name),
        "name_en": facts.name_en,
        "level": entry.level,
        "kind": facts.kind,
        "parent": entry.parent,
        "address": nfc(facts.address),
        "phone": facts.phone,
        "email": desk_email(facts.email),
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
    }


def _shown(agency: Agency) -> dict[str, Any]:
    names = (
        "name",
        "name_en",
        "level",
        "kind",
        "parent",
        "address",
        "phone",
        "email",
        "valid_from",
        "valid_to",
    )
    return {name: _plain(getattr(agency, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


async def _kept(
    session: AsyncSession,
    agency: Agency,
    facts: AgencyFacts,
    *,
    old: dict[str, Any] | None,
    by: Editor,
    now: datetime,
) -> Agency:
    await session.flush()
    for id_, (name, name_en) in facts.units.items():
        await session.merge(AgencyUnit(agency=agency.code, id=id_, name=nfc(name), name_en=name_en))
    await session.flush()
    units = [unit.id for unit in await queries.units(session, agency.code)]
    action = "created" if old is None else "changed"
    session.add(EditEntry.of(action, "agency", agency.code, by, now, old=old, new=_shown(agency)))
    await catalogue_changed(session)
    await record(session, agency_changed(agency, units, now))
    return agency
