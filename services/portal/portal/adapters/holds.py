"""Holds by decision, as the province's office keeps them."""

from dataclasses import dataclass

from answers import identity as told

from portal.adapters.http import Json, Link

PATH = "/api/identity/holds"


@dataclass(frozen=True)
class Holds:
    """What decisions keep, and what waits for a second word."""

    link: Link

    async def all(self) -> tuple[told.HoldOut, ...]:
        """List them, what is looked at again first at the top."""
        return (await self.link.get(told.HoldList, PATH)).items

    async def propose(self, body: Json) -> None:
        """Keep something from now on."""
        await self.link.send("POST", PATH, body)

    async def confirm(self, hold: str) -> None:
        """Confirm what waits."""
        await self.link.send("POST", f"{PATH}/{hold}/confirmation")

    async def refuse(self, hold: str) -> None:
        """Refuse what waits."""
        await self.link.send("POST", f"{PATH}/{hold}/refusal")

    async def release(self, hold: str, body: Json) -> None:
        """Propose to let go."""
        await self.link.send("POST", f"{PATH}/{hold}/release", body)
