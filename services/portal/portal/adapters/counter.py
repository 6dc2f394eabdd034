"""Rating at the counter."""

from dataclasses import dataclass

from answers import qa as told

from portal.adapters.http import Json, Link, read

ROOT = "/api/qa"


@dataclass(frozen=True)
class Counter:
    """Ratings at the counter as the desk and the tablet see them."""

    link: Link

    async def offered(self, code: str) -> told.OfferedOut:
        """Read what of a dossier the desk may offer to rate."""
        return await self.link.get(told.OfferedOut, f"{ROOT}/rated-dossiers/{code}")

    async def offer(self, code: str, phase: str) -> told.CounterCodeOut:
        """Take a code for the tablet."""
        path = f"{ROOT}/rated-dossiers/{code}/{phase}/counter-code"
        return read(told.CounterCodeOut, await self.link.send("PUT", path, {}))

    async def opened(self, code: str) -> told.CounterOut:
        """Read what a code is for."""
        return read(
            told.CounterOut, await self.link.send("POST", f"{ROOT}/counter-ratings/openings", {"code": code})
        )

    async def rate(self, body: Json, key: str) -> None:
        """Rate by a code."""
        await self.link.send("POST", f"{ROOT}/counter-ratings", body, key=key)
