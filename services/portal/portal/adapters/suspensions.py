"""Suspensions of accounts, as the province's office keeps them."""

from dataclasses import dataclass

from answers import identity as told

from portal.adapters.http import Json, Link

PATH = "/api/identity/suspensions"


@dataclass(frozen=True)
class Suspensions:
    """What waits for a second word and what is in force."""

    link: Link

    async def all(self) -> tuple[told.SuspensionOut, ...]:
        """List them, the newest first."""
        return (await self.link.get(told.SuspensionList, PATH)).items

    async def propose(self, body: Json) -> None:
        """Propose one."""
        await self.link.send("POST", PATH, body)

    async def confirm(self, suspension: str) -> None:
        """Let one count."""
        await self.link.send("POST", f"{PATH}/{suspension}/confirmation")

    async def end(self, suspension: str, reason: str) -> None:
        """Refuse or lift one."""
        await self.link.send("POST", f"{PATH}/{suspension}/ending", {"reason": reason})
