"""How much one network or account may send, or try wrongly, in an hour, whatever replica it meets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from common.addresses import SITE, network_of
from common.api.deps import client_address
from common.errors import TooManyRequestsError
from fastapi import Request
from live import Limiter
from live.limited import asking

from qa.domain.attachments import HELD, MOST_OF_A_NETWORK, FilesWaitingError
from qa.domain.errors import AskerBarredError

HOUR: Final = 3600
BARRED: Final = 5
"""As how many a question counts whose asker is barred."""
NETWORK, ACCOUNT, RENTED = 60, 15, 240
"""An office or a school shares one address; an account is one person; a rented server has 65,536 networks."""
QUESTIONS, FEEDBACK, ROOM, COUNTER = "questions", "feedback", "upload-room", "counter-codes"
"""What is counted; supplementary questions count among questions, of codes for the counter the wrong ones."""


@dataclass(frozen=True)
class Patience:
    """Counts what is sent; a province whose tests send more scales it."""

    limiter: Limiter
    scale: float

    async def expect(self, request: Request, what: str) -> None:
        """Refuse who sent so many; a form that is corrected again and again counts for nothing.

        Raises: TooManyRequestsError.
        """
        for who in await _whose(request, what):
            if await self.limiter.spent(what, who, most=self._most(who), seconds=HOUR):
                raise TooManyRequestsError(HOUR)

    async def count(self, request: Request, what: str, *, times: int = 1) -> None:
        """Count one that was taken, as so many."""
        for who in await _whose(request, what):
            for _ in range(times):
                await self.limiter.allows(what, who, most=self._most(who), seconds=HOUR)

    @asynccontextmanager
    async def trying(self, request: Request, what: str) -> AsyncIterator[None]:
        """Let one be sent that is counted once it was taken; who meets a bar counts as `BARRED` of them.

        Whoever types other people's numbers would learn of each whether it is barred.

        Raises: TooManyRequestsError.
        """
        await self.expect(request, what)
        try:
            yield
        except AskerBarredError:
            await self.count(request, what, times=BARRED)
            raise
        await self.count(request, what)

    async def claim(self, request: Request, what: str, *, times: int, count: int) -> None:
        """Count `count` at once before they cost anything; `times` as many are let through.

        Raises: TooManyRequestsError.
        """
        for who in await asking(request):
            for _ in range(count):
                if not await self.limiter.allows(what, who, most=self._most(who, times), seconds=HOUR):
                    raise TooManyRequestsError(HOUR)

    async def claim_room(self, request: Request, size: int) -> None:
        """Count the bytes of a file from a network of which nobody signed in. Raises: FilesWaitingError."""
        network, kilobytes = (await asking(request))[0], 1 + size // 1024
        most, seconds = round(MOST_OF_A_NETWORK / 1024 * self.scale), round(HELD.total_seconds())
        if not await self.limiter.allows(ROOM, network, most=most, seconds=seconds, count=kilobytes):
            raise FilesWaitingError(field="file", rule="quota")

    def _most(self, who: str, times: int = 1) -> int:
        kind, _, _ = who.partition(" ")
        most = {"account": ACCOUNT, "site": RENTED}.get(kind, NETWORK)
        return max(1, round(most * times * self.scale))


async def _whose(request: Request, what: str) -> tuple[str, ...]:
    """Return under which keys a request counts; wrong codes also by all the networks that one server may have.

    Right ones count nowhere, so that a mobile network, whose people share as many, is not shut by them.
    """
    keys = await asking(request)
    return (*keys, f"site {network_of(client_address(request), SITE)}") if what == COUNTER else keys
