"""The specialist unit's and the leader's cases."""

from dataclasses import dataclass
from typing import Any

import httpx

from portal.adapters.catalog import rows
from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Processing:
    """The processing service of one agency as one officer sees it."""

    link: Link
    agency: str

    @property
    def root(self) -> str:
        """Give the path of the agency's cases."""
        return f"/api/processing/agencies/{self.agency}"

    async def cases(self, **filters: object) -> Json:
        """List the cases in scope, least remaining time first."""
        answer: Json = await self.link.get(f"{self.root}/cases", **filters)
        return answer

    async def counts(self) -> dict[str, Any]:
        """Count the cases in scope by filter."""
        answer: dict[str, Any] = await self.link.get(f"{self.root}/cases/counts")
        return answer

    async def one(self, code: str) -> Json:
        """Read one case."""
        answer: Json = await self.link.get(f"{self.root}/cases/{code}")
        return answer

    async def act(self, code: str, action: str, body: Json, key: str) -> Json:
        """Carry out an action on a case; ``action`` is its sub-resource, as ``signature``."""
        answer: Json = await self.link.send("POST", f"{self.root}/cases/{code}/{action}", body, key=key)
        return answer

    async def draft_document(self, code: str) -> httpx.Response:
        """Fetch exactly what would be signed."""
        return await self.link.file(f"{self.root}/cases/{code}/draft-document")

    async def officers(self) -> list[Json]:
        """List the officers a case can be given to."""
        return rows(await self.link.get(f"{self.root}/officers"))
