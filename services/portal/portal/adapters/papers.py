"""What agencies wrote about officers, and the periodic review, as identity tells them."""

from collections.abc import Mapping
from dataclasses import dataclass

from answers import identity as told

from portal.adapters.http import FilePart, Json, Link, read

OFFICERS, REQUESTS = "/api/identity/officers", "/api/identity/rights-requests"
BASE = "/api/identity"
REVIEWS, MINE = "/api/identity/usage-reviews", "/api/identity/me"


@dataclass(frozen=True)
class Papers:
    """The papers of one administrator's officers, and the visitor's own commitment."""

    link: Link

    async def requests(self) -> told.RightsRequestList:
        """List the requests for rights, the newest first."""
        return await self.link.get(told.RightsRequestList, REQUESTS)

    async def request(self, body: Json, key: str) -> None:
        """Enter a request."""
        await self.link.send("POST", REQUESTS, body, key=key)

    async def of(self, officer: str) -> told.PapersOut:
        """Read an officer's papers."""
        return await self.link.get(told.PapersOut, f"{OFFICERS}/{officer}/papers")

    async def enter(self, officer: str, kind: str, body: Json, key: str) -> None:
        """Enter a paper about an officer: ``notices`` or ``commitments``."""
        await self.link.send("POST", f"{OFFICERS}/{officer}/{kind}", body, key=key)

    async def bring(self, table: FilePart, body: Mapping[str, str], key: str) -> told.ImportOut:
        """Look at a table of officers, or import the one that was looked at."""
        answer = await self.link.upload(f"{BASE}/officer-imports", body, table, key=key)
        return read(told.ImportOut, answer)

    async def holders(self) -> told.HolderList:
        """List who holds the province's posts."""
        return await self.link.get(told.HolderList, f"{BASE}/role-holders")

    async def name_holder(self, body: Json, key: str) -> None:
        """Name who holds a post."""
        await self.link.send("POST", f"{BASE}/role-holders", body, key=key)

    async def review(self) -> told.ReviewListOut:
        """Read the periodic review as it stands."""
        return await self.link.get(told.ReviewListOut, REVIEWS)

    async def confirm(self, body: Json, key: str) -> None:
        """Confirm the review."""
        await self.link.send("POST", REVIEWS, body, key=key)

    async def population(self) -> told.PopulationOut:
        """Tell how the visitor's right to use the population database stands."""
        return read(told.PopulationOut, await self.link.send("POST", f"{MINE}/population-statements", {}))

    async def commit(self) -> None:
        """Accept the commitment in the system."""
        await self.link.send("POST", f"{MINE}/commitments", {})
