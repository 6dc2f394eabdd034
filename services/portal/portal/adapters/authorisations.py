"""By which decisions officers settle at the desk."""

from dataclasses import dataclass
from urllib.parse import quote

from answers import identity as told

from portal.adapters.http import Json, Link, read

OFFICERS = "/api/identity/officers"


@dataclass(frozen=True)
class Authorisations:
    """The authorisations of one administrator's officers, and the visitor's own."""

    link: Link

    async def of(self, officer: str) -> told.AuthorisationList:
        """List an officer's, the newest first."""
        return await self.link.get(told.AuthorisationList, f"{OFFICERS}/{officer}/authorisations")

    async def give(self, officer: str, body: Json, key: str) -> None:
        """Authorise an officer by decision."""
        await self.link.send("POST", f"{OFFICERS}/{officer}/authorisations", body, key=key)

    async def withdraw(self, officer: str, authorisation: str, reason: str) -> None:
        """Withdraw one."""
        path = f"{OFFICERS}/{officer}/authorisations/{quote(authorisation, safe='')}/withdrawal"
        await self.link.send("POST", path, {"reason": reason})

    async def statement(self, procedure: str) -> str:
        """Give what identity states of the visitor's own for a procedure; empty where none counts today."""
        body = {"procedure": procedure}
        answer = await self.link.send("POST", "/api/identity/me/desk-statements", body)
        return read(told.StatementOut, answer).statement or ""
