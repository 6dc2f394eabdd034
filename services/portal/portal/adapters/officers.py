"""The officers whose accounts an administrator looks after."""

from collections.abc import Sequence
from dataclasses import dataclass

from answers import identity as told

from portal.adapters.http import Json, Link, read

OFFICERS, PROPOSALS = "/api/identity/officers", "/api/identity/grant-proposals"


@dataclass(frozen=True)
class Officers:
    """The officers in one administrator's reach."""

    link: Link

    async def page(self, **asked: object) -> told.OfficerOutPage:
        """List officers by name."""
        return await self.link.get(told.OfficerOutPage, OFFICERS, **asked)

    async def one(self, officer: str) -> told.OfficerOut:
        """Read who an officer is."""
        return await self.link.get(told.OfficerOut, f"{OFFICERS}/{officer}")

    async def standing(self, officer: str) -> told.StandingOut:
        """Tell how an officer stands with signing in, and what may be done about it."""
        return await self.link.get(told.StandingOut, f"{OFFICERS}/{officer}/standing")

    async def grant(self, officer: str, roles: Sequence[str], scope: str, version: int) -> told.OfficerOut:
        """Say which roles and data scope an officer is to have; some of it waits for a second person."""
        body: Json = {"roles": list(roles), "version": version} | ({"scope": scope} if scope else {})
        return read(told.OfficerOut, await self.link.send("PATCH", f"{OFFICERS}/{officer}", body))

    async def waiting(self) -> tuple[told.GrantProposalOut, ...]:
        """List the rights that wait for a second word."""
        return (await self.link.get(told.GrantProposalList, PROPOSALS)).items

    async def decide(self, proposal: str, deed: str, body: Json) -> None:
        """Confirm or refuse a right."""
        await self.link.send("POST", f"{PROPOSALS}/{proposal}/{deed}", body)

    async def give_password(self, officer: str, body: Json) -> told.GivenOut:
        """Replace a lost password by a first one."""
        return read(told.GivenOut, await self.link.send("POST", f"{OFFICERS}/{officer}/first-password", body))

    async def help(self, officer: str, deed: str, reason: str) -> None:
        """Clear a lost second factor, or unlock the account."""
        await self.link.send("POST", f"{OFFICERS}/{officer}/{deed}", {"reason": reason})
