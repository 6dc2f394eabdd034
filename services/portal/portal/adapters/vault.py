"""The papers kept for people, as the intake service offers them."""

from dataclasses import dataclass

import httpx
from answers import intake as told

from portal.adapters.http import Json, Link

ROOT = "/api/intake"


@dataclass(frozen=True)
class Vault:
    """The visitor's own vault, and what somebody's vault holds for a draft or dossier."""

    link: Link

    async def mine(self) -> tuple[told.OwnPaperOut, ...]:
        """List what is kept for the visitor, with every use."""
        return (await self.link.get(told.OwnPaperOutPage, f"{ROOT}/vault/papers")).items

    async def file(self, paper: str, number: str) -> httpx.Response:
        """Fetch a file of an own paper."""
        return await self.link.file(f"{ROOT}/vault/papers/{paper}/files/{number}")

    async def export(self) -> httpx.Response:
        """Fetch everything kept for the visitor as one file."""
        return await self.link.file(f"{ROOT}/vault/export")

    async def offer(self, paper: str, offered: bool, key: str) -> None:
        """Say whether forms may offer an own paper."""
        path = f"{ROOT}/vault/papers/{paper}/offering"
        await self.link.send("PUT", path, {"offered": offered}, key=key)

    async def offers(self, place: str, number: str) -> tuple[told.OfferedPaperOut, ...]:
        """List what a vault holds for a draft or dossier; ``place`` is its resource, as ``drafts``."""
        return (await self.link.get(told.OfferedPapersOut, f"{ROOT}/{place}/{number}/vault-papers")).items

    async def take(self, place: str, number: str, component: str, paper: str, key: str) -> None:
        """Let a kept paper stand for a component."""
        body = {"component": component, "paper": paper}
        await self.link.send("POST", f"{ROOT}/{place}/{number}/vault-papers", body, key=key)

    async def describe(self, code: str, paper: str, body: Json) -> None:
        """Write down number, issuer and dates of a paper kept from a dossier of the desk."""
        await self.link.send("PUT", f"{ROOT}/desk/dossiers/{code}/vault-papers/{paper}", body)
