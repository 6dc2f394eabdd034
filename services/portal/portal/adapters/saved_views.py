"""The ways of looking at the desk's queues that an officer keeps, as the intake service holds them."""

from dataclasses import dataclass

from answers import intake as told

from portal.adapters.http import Json, Link

ROOT = "/api/intake/desk"


@dataclass(frozen=True)
class SavedViews:
    """The visitor's own views."""

    link: Link

    async def all(self) -> tuple[told.SavedViewOut, ...]:
        """List them, the oldest first."""
        return (await self.link.get(told.ChoicesOut, f"{ROOT}/choices")).views

    async def save(self, body: Json, key: str) -> None:
        """Keep a view under a name."""
        await self.link.send("POST", f"{ROOT}/views", body, key=key)

    async def rename(self, view: str, name: str) -> None:
        """Give a view another name."""
        await self.link.send("PATCH", f"{ROOT}/views/{view}", {"name": name})

    async def drop(self, view: str) -> None:
        """Remove a view."""
        await self.link.send("DELETE", f"{ROOT}/views/{view}")
