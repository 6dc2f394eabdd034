"""Versions of procedures before they are in force, and what the portal lacks of what is decided."""

from dataclasses import dataclass
from urllib.parse import quote

from answers import catalog as told

from portal.adapters.http import Json, Link, read

PROCEDURES = "/api/catalog/procedures"


def _version(code: str, number: str) -> str:
    return f"{PROCEDURES}/{quote(code, safe='')}/versions/{quote(number, safe='')}"


@dataclass(frozen=True)
class Workshop:
    """The procedure workshop as one officer sees it."""

    link: Link

    async def drafts(self) -> told.DraftList:
        """List the versions that nobody outside sees yet."""
        return await self.link.get(told.DraftList, "/api/catalog/drafts")

    async def draft(self, code: str, number: str) -> told.DraftOut:
        """Read what a version changes, lacks, and may become."""
        return await self.link.get(told.DraftOut, f"{_version(code, number)}/comparison")

    async def begin(self, code: str, body: Json, key: str) -> told.ProcedureOut:
        """Begin a version from the present or an earlier one."""
        path = f"{PROCEDURES}/{quote(code, safe='')}/versions"
        return read(told.ProcedureOut, await self.link.send("POST", path, body, key=key))

    async def go_on(self, code: str, number: str, deed: str, body: Json) -> None:
        """Go on with a version."""
        await self.link.send("POST", f"{_version(code, number)}/{deed}", body)

    async def coverage(self) -> told.CoverageList:
        """Tell how much of what is decided the portal shows."""
        return await self.link.get(told.CoverageList, "/api/catalog/coverage")
