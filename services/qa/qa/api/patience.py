"""How many questions and how much feedback one network or account may send in an hour, whatever replica it meets."""

from dataclasses import dataclass
from typing import Final

from common.errors import TooManyRequestsError
from fastapi import Request
from live import Limiter
from live.limited import asking

HOUR: Final = 3600
NETWORK, ACCOUNT = 60, 15
"""An office or a school shares one address; an account is one person."""


@dataclass(frozen=True)
class Patience:
    """Counts what is sent; a province whose tests send more scales it."""

    limiter: Limiter
    scale: float

    async def expect(self, request: Request, what: str, *, times: int = 1, count: int = 1) -> None:
        """Count one more, or `count`; of some things `times` as many are let through. Raises: TooManyRequestsError."""
        for who in await asking(request):
            most = ACCOUNT if who.startswith("account") else NETWORK
            allowed = max(1, round(most * times * self.scale))
            for _ in range(count):
                if not await self.limiter.allows(what, who, most=allowed, seconds=HOUR):
                    raise TooManyRequestsError(HOUR)
