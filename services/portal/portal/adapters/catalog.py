"""Reads the published catalogue: procedures, agencies, fields and forms."""

from dataclasses import dataclass

import httpx
from answers import catalog as told

from portal.adapters.http import Link


@dataclass(frozen=True)
class Catalog:
    """The catalogue service as one visitor sees it."""

    link: Link

    async def search(self, **filters: object) -> told.ProcedureList:
        """Search procedures by words, code, field, agency and level."""
        return await self.link.get(told.ProcedureList, "/api/catalog/procedures", **filters)

    async def procedure(self, code: str) -> told.ProcedureOut:
        """Read one procedure as published."""
        return await self.link.get(told.ProcedureOut, f"/api/catalog/procedures/{code}")

    async def agencies(self, **filters: object) -> tuple[told.AgencyOut, ...]:
        """List agencies, by level, by words or by the procedure they offer."""
        return (await self.link.get(told.AgencyList, "/api/catalog/agencies", **filters)).items

    async def agency(self, code: str) -> told.AgencyOut:
        """Read one agency with its desk."""
        return await self.link.get(told.AgencyOut, f"/api/catalog/agencies/{code}")

    async def fields(self) -> tuple[told.FieldOut, ...]:
        """List the fields with their number of procedures."""
        return (await self.link.get(told.FieldList, "/api/catalog/fields")).items

    async def units(self, province: str) -> tuple[told.AddressUnitOut, ...]:
        """List the provinces, or the communes of one province, in Vietnamese order."""
        return (
            await self.link.get(told.AddressUnitList, "/api/catalog/address-units", province=province)
        ).items

    async def form_file(self, form: str) -> httpx.Response:
        """Fetch a blank form."""
        return await self.link.file(f"/api/catalog/forms/{form}/file")
