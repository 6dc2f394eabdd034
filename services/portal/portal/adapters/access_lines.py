"""The access log of one service, as an inspector searches it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import httpx
from answers.identity import AccessLinePageOut
from regulation.codes import way_of

from portal.adapters.http import Link
from portal.adapters.ways import Ways

NOT_DONE: Final[Mapping[str, str]] = {"outcome": "refused"}
"""Asks for the lines of what was answered by a refusal, or not done for another reason."""


@dataclass(frozen=True)
class AccessLines:
    """What one service wrote down, or an agency's own instance of it; all answer in the same shape."""

    link: Link
    root: str

    @classmethod
    def of(cls, usual: Link, ways: Ways, service: str, agency: str) -> "AccessLines":
        """Give the log of a service; with an agency, that of its own instance."""
        if not agency:
            return cls(usual, f"/api/{service}")
        root = way_of(service, agency)
        return cls(replace(usual, base=ways(service, root)), root)

    async def page(self, **asked: object) -> AccessLinePageOut:
        """Search the lines, the newest first; the search is written down with its purpose."""
        return await self.link.get(AccessLinePageOut, f"{self.root}/access-lines", **asked)

    async def csv(self, **asked: object) -> httpx.Response:
        """Fetch what a search finds as CSV; that is written down too."""
        return await self.link.file(f"{self.root}/access-lines.csv", **asked)
