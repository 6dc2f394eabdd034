"""The directory of agencies, fields and addresses."""

from datetime import date
from typing import Annotated, Any, Self

from common.api import IdempotencyDep, NowDep, SessionDep
from common.api.deps import only_for
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from procedures import DeskContact
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.text import fold
from regulation.typed import Typed
from regulation.units import communes, provinces
from regulation.zone import local_day

from catalog import queries
from catalog.api.deps import DirectoryEditorDep, VerticalDep
from catalog.domain.agencies import AgencyEntry
from catalog.models import Agency, AgencyUnit
from catalog.usecases.edit_agency import AgencyFacts, edit_agency

router = APIRouter(prefix="/api/catalog", tags=["agencies"])
Name = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class UnitOut(BaseModel):
    """A unit inside an agency."""

    id: str
    name: str
    name_en: str


class FieldOut(BaseModel):
    """A field with the number of its procedures."""

    code: str
    name: str
    name_en: str
    sector: str | None
    procedures: int


class FieldList(BaseModel):
    """All fields."""

    items: list[FieldOut]
    total: int


class AddressUnitOut(BaseModel):
    """A province or a commune."""

    code: str
    name: str


class AddressUnitList(BaseModel):
    """The provinces, or the communes of one of them."""

    items: list[AddressUnitOut]


class AgencyOut(BaseModel):
    """An agency of the directory."""

    code: str
    name: str
    name_en: str
    level: str
    level_name: str
    kind: str
    parent: str | None
    address: str
    phone: str
    email: str
    desk: DeskContact | None
    valid_from: date
    valid_to: date | None
    version: int
    units: list[UnitOut] = []

    @classmethod
    def of(cls, agency: Agency, level_name: str, units: list[UnitOut] | None = None) -> Self:
        """Show a row."""
        names = set(cls.model_fields) - {"level_name", "units"}
        return cls(
            **{name: getattr(agency, name) for name in names}, level_name=level_name, units=units or []
        )


class AgencyList(BaseModel):
    """Agencies grouped by rank of level, with how many there are at each level."""

    items: list[AgencyOut]
    total: int
    counts: dict[str, int]


class AgencyBody(BaseModel):
    """All that the directory says of an agency."""

    code: str = Field(max_length=40)
    name: Name
    name_en: Line = ""
    level: str
    kind: Line = "committee"
    parent: str | None = None
    address: Line = ""
    phone: Line = ""
    email: Annotated[str, Field(max_length=EMAIL_LONGEST)] = ""
    valid_from: Day
    valid_to: Day | None = None

    def facts(self) -> AgencyFacts:
        """Return what is proposed for the directory."""
        entry = AgencyEntry(self.code, self.name, self.level, self.parent, self.valid_from, self.valid_to)
        return AgencyFacts(entry, self.name_en, self.kind, self.address, self.phone, self.email)


class ChangeAgencyBody(AgencyBody):
    """A change of an agency, with the row version the editor saw."""

    version: int


def unit_out(unit: AgencyUnit) -> UnitOut:
    """Describe a unit."""
    return UnitOut(id=unit.id, name=unit.name, name_en=unit.name_en)


@router.get("/agencies")
async def list_agencies(
    *,
    session: SessionDep,
    now: NowDep,
    level: str | None = None,
    q: Annotated[str, Query(max_length=100)] = "",
    parent: str | None = None,
    offers: str | None = None,
    on: Day | None = None,
    units: bool = False,
) -> AgencyList:
    """List the agencies that perform procedures, by level; `offers` is a procedure code, `units` lists theirs too."""
    levels = await queries.levels(session)
    rows = await queries.directory(session, on or local_day(now), level, parent, offers)
    asked = fold(q)
    within: dict[str, list[UnitOut]] = {}
    for unit in await queries.units(session, *(row.code for row in rows)) if units else ():
        within.setdefault(unit.agency, []).append(unit_out(unit))
    items = [
        AgencyOut.of(row, levels[row.level].name, within.get(row.code))
        for row in rows
        if asked in fold(row.name) or q == row.code
    ]
    counts = {name: sum(item.level == name for item in items) for name in levels}
    return AgencyList(items=items, total=len(items), counts=counts)


@router.get("/agencies/{code}")
async def show_agency(session: SessionDep, code: str) -> AgencyOut:
    """Show one agency with its units, also one that has been dissolved."""
    agency = await queries.agency(session, code)
    levels = await queries.levels(session)
    units = [unit_out(row) for row in await queries.units(session, code)]
    return AgencyOut.of(agency, levels[agency.level].name, units)


@router.post(
    "/agencies",
    dependencies=[only_for(who_may(Right.EDIT_DIRECTORY))],
    status_code=201,
    response_model=AgencyOut,
)
async def enter(
    *,
    session: SessionDep,
    idem: IdempotencyDep,
    by: DirectoryEditorDep,
    vertical: VerticalDep,
    now: NowDep,
    body: AgencyBody,
) -> AgencyOut | JSONResponse:
    """Enter an agency in the directory."""
    if hit := await idem.replay(session):
        return hit
    agency = await edit_agency(session, body.facts(), None, by=by, now=now, vertical=vertical)
    out = AgencyOut.of(agency, (await queries.levels(session))[agency.level].name)
    await idem.remember(session, 201, out)
    return out


@router.put("/agencies/{code}", dependencies=[only_for(who_may(Right.EDIT_DIRECTORY))])
async def change(
    *,
    session: SessionDep,
    by: DirectoryEditorDep,
    vertical: VerticalDep,
    now: NowDep,
    code: str,
    body: ChangeAgencyBody,
) -> AgencyOut:
    """Change what the directory says of an agency."""
    facts = body.model_copy(update={"code": code}).facts()
    agency = await edit_agency(session, facts, body.version, by=by, now=now, vertical=vertical)
    return AgencyOut.of(agency, (await queries.levels(session))[agency.level].name)


@router.get("/levels")
async def list_levels(session: SessionDep) -> dict[str, Any]:
    """List the administrative levels with their validity dates."""
    return {"items": list((await queries.levels(session)).values())}


@router.get("/fields")
async def list_fields(session: SessionDep) -> FieldList:
    """List the fields with how many procedures each has."""
    items = [
        FieldOut(
            code=field.code,
            name=field.name,
            name_en=field.name_en,
            sector=field.sector,
            procedures=count,
        )
        for field, count in await queries.fields(session)
    ]
    return FieldList(items=items, total=len(items))


@router.get("/address-units")
async def list_address_units(province: str | None = None) -> AddressUnitList:
    """List the provinces, or the communes of one province, by national code."""
    found = provinces() if province is None else communes(province)
    return AddressUnitList(items=[AddressUnitOut(code=one.code, name=one.name) for one in found])
