"""The access log of one service, as an inspector searches it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx
from answers.identity import AccessLinePageOut

from portal.adapters.http import Link

NOT_DONE: Final[Mapping[str, str]] = {"outcome": "refused"}
"""Asks for the lines of what was answered by a refusal, or not done for another reason."""


@dataclass(frozen=True)
class AccessLines:
    """What one service wrote down; every service answers in the same shape."""

    service: str
    link: Link

    async def page(self, **asked: object) -> AccessLinePageOut:
        """Search the lines, the newest first; the search is written down with its purpose."""
        return await self.link.get(AccessLinePageOut, f"/api/{self.service}/access-lines", **asked)

    async def csv(self, **asked: object) -> httpx.Response:
        """Fetch what a search finds as CSV; that is written down too."""
        return await self.link.file(f"/api/{self.service}/access-lines.csv", **asked)
