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
from qa.domain.counter import ALL_TRIES, TRIES, VALID, front
from qa.domain.errors import AskerBarredError

HOUR: Final = 3600
BARRED: Final = 5
"""As how many a question counts whose asker is barred."""
NETWORK, ACCOUNT = 60, 15
"""An office or a school shares one address; an account is one person."""
QUESTIONS, FEEDBACK, ROOM, COUNTER = "questions", "feedback", "upload-room", "counter-codes"
"""What is counted; supplementary questions count among questions."""


@dataclass(frozen=True)
class Patience:
    """Counts what is sent; a province whose tests send more scales it."""

    limiter: Limiter
    scale: float

    async def expect(self, request: Request, what: str) -> None:
        """Refuse who sent so many; a form that is corrected again and again counts for nothing.

        Raises: TooManyRequestsError.
        """
        for who in await asking(request):
            if await self.limiter.spent(what, who, most=self._most(who), seconds=HOUR):
                raise TooManyRequestsError(HOUR)

    async def count(self, request: Request, what: str, *, times: int = 1) -> None:
        """Count one that was taken, as so many."""
        for who in await asking(request):
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

    async def lets_type(self, request: Request, code: str) -> bool:
        """Count a code that is typed, before it is looked for; tell whether it may still be right.

        Right or wrong, by its first digits: what guesses is stopped and nobody beside it, whatever network they share.
        """
        place, seconds = front(code), round(VALID.total_seconds())
        site = f"{place} {network_of(client_address(request), SITE)}"
        for who, most in ((site, TRIES), (place, ALL_TRIES)):
            if not await self.limiter.allows(COUNTER, who, most=most, seconds=seconds):
                return False
        return True

    async def worn(self, code: str) -> bool:
        """Tell whether a code would be worth nothing, for so many tries were made at its first digits."""
        seconds = round(VALID.total_seconds())
        return await self.limiter.spent(COUNTER, front(code), most=ALL_TRIES, seconds=seconds)

    def _most(self, who: str, times: int = 1) -> int:
        kind, _, _ = who.partition(" ")
        most = ACCOUNT if kind == "account" else NETWORK
        return max(1, round(most * times * self.scale))
