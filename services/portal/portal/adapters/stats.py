"""The public figures."""

from dataclasses import dataclass

import httpx

from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Stats:
    """The statistics service, read without sign-in."""

    link: Link

    async def public(self, **filters: object) -> Json:
        """Read the public figures by period, agency, field and channel."""
        answer: Json = await self.link.get("/api/stats/public", **filters)
        return answer

    async def csv(self, **filters: object) -> httpx.Response:
        """Fetch the same figures as CSV."""
        return await self.link.file("/api/stats/public.csv", **filters)
