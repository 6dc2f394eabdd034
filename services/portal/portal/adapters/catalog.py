"""Reads the published catalogue: procedures, agencies, fields and forms."""

from dataclasses import dataclass

import httpx

from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Catalog:
    """The catalogue service as one visitor sees it."""

    link: Link

    async def search(self, **filters: object) -> Json:
        """Search procedures by words, code, field, agency and level."""
        answer: Json = await self.link.get("/api/catalog/procedures", **filters)
        return answer

    async def procedure(self, code: str, version: int | None = None) -> Json:
        """Read one procedure as published, or one of its versions."""
        answer: Json = await self.link.get(f"/api/catalog/procedures/{code}", version=version)
        return {**answer["content"], **answer}

    async def agencies(self, **filters: object) -> list[Json]:
        """List agencies, by level, by words or by the procedure they offer."""
        answer: Json = await self.link.get("/api/catalog/agencies", **filters)
        return list(answer["items"])

    async def agency(self, code: str) -> Json:
        """Read one agency with its desk."""
        answer: Json = await self.link.get(f"/api/catalog/agencies/{code}")
        return answer

    async def fields(self) -> list[Json]:
        """List the fields with their number of procedures."""
        answer: Json = await self.link.get("/api/catalog/fields")
        return list(answer["items"])

    async def units(self, province: str) -> list[Json]:
        """List the provinces, or the communes of one province, in Vietnamese order."""
        answer: Json = await self.link.get("/api/catalog/address-units", province=province)
        return list(answer["items"])

    async def form_file(self, form: str) -> httpx.Response:
        """Fetch a blank form."""
        return await self.link.file(f"/api/catalog/forms/{form}/file")
