"""The specialist unit's and the leader's dossiers."""

from dataclasses import dataclass
from typing import Any

import httpx

from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Processing:
    """The processing service of one agency as one officer sees it."""

    link: Link
    agency: str

    @property
    def root(self) -> str:
        """Give the path of the agency's dossiers."""
        return f"/api/processing/agencies/{self.agency}"

    async def dossiers(self, **filters: object) -> Json:
        """List the dossiers in scope, least remaining time first."""
        answer: Json = await self.link.get(f"{self.root}/dossiers", **filters)
        return answer

    async def counts(self) -> dict[str, Any]:
        """Count the dossiers in scope by filter."""
        answer: dict[str, Any] = await self.link.get(f"{self.root}/dossiers/counts")
        return answer

    async def one(self, code: str) -> Json:
        """Read one dossier."""
        answer: Json = await self.link.get(f"{self.root}/dossiers/{code}")
        return answer

    async def act(self, code: str, action: str, body: Json, key: str) -> Json:
        """Carry out an action on a dossier; ``action`` is its sub-resource, as ``signature``."""
        answer: Json = await self.link.send("POST", f"{self.root}/dossiers/{code}/{action}", body, key=key)
        return answer

    async def draft_document(self, code: str) -> httpx.Response:
        """Fetch exactly what would be signed."""
        return await self.link.file(f"{self.root}/dossiers/{code}/draft-document")

    async def officers(self) -> list[Json]:
        """List the officers a dossier can be given to."""
        answer: list[Json] = await self.link.get(f"{self.root}/officers")
        return answer
