"""Seal columns: what stands in clear or under an older key is sealed with the one that counts now."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from common.resealing import Sweep
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Dossier, Revocation

BATCH = 200
KINDS = (Dossier, Revocation)


def sealing(limit: int = BATCH) -> Callable[[AsyncSession], Awaitable[int]]:
    """Return what seals a batch at a time and remembers how far it came."""
    return partial(seal_columns, walks=[Sweep(kind) for kind in KINDS], limit=limit)


async def seal_columns(session: AsyncSession, walks: Sequence[Sweep], limit: int = BATCH) -> int:
    """Seal a batch of dossiers, then of decisions about results, and return how many rows it was.

    Source: Luật 91/2025; R-SEC-16
    """
    for walk in walks:
        if count := await walk.batch(session, limit):
            return count
    return 0
