"""Publication decisions and change requests of the catalogue."""

from dataclasses import dataclass
from urllib.parse import quote

from answers import catalog as told

from portal.adapters.http import Json, Link

DECISIONS, REQUESTS = "/api/catalog/publication-decisions", "/api/catalog/change-requests"


@dataclass(frozen=True)
class Changes:
    """What is to be changed in the catalogue, as one officer sees it."""

    link: Link

    async def decisions(self, page: int) -> told.DecisionList:
        """List the registered decisions."""
        return await self.link.get(told.DecisionList, DECISIONS, page=page)

    async def register(self, body: Json, key: str) -> None:
        """Register a decision."""
        await self.link.send("POST", DECISIONS, body, key=key)

    async def requests(self, *, ended: bool, page: int) -> told.ChangeRequestList:
        """List what is open, or what has ended."""
        asked = "true" if ended else ""
        return await self.link.get(told.ChangeRequestList, REQUESTS, ended=asked, page=page)

    async def request(self, request: str) -> told.ChangeRequestOut:
        """Read one request."""
        return await self.link.get(told.ChangeRequestOut, f"{REQUESTS}/{quote(request, safe='')}")

    async def file(self, body: Json, key: str) -> None:
        """File a request."""
        await self.link.send("POST", REQUESTS, body, key=key)

    async def go_on(self, request: str, deed: str, body: Json) -> None:
        """Go on with a request."""
        await self.link.send("POST", f"{REQUESTS}/{quote(request, safe='')}/{deed}", body)
