"""The public figures."""

from dataclasses import dataclass

import httpx
from answers.stats import FiguresOut

from portal.adapters.http import Link


@dataclass(frozen=True)
class Stats:
    """The statistics service, read without sign-in."""

    link: Link

    async def public(self, **filters: object) -> FiguresOut:
        """Read the public figures by period, agency, field and channel."""
        return await self.link.get(FiguresOut, "/api/stats/public", **filters)

    async def csv(self, **filters: object) -> httpx.Response:
        """Fetch the same figures as CSV."""
        return await self.link.file("/api/stats/public.csv", **filters)
