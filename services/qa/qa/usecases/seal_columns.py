"""Seal columns: what stands in clear or under an older key is sealed with the one that counts now."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from common.resealing import Sweep
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Bar, Feedback, Question
from qa.models.marks import asker_marks, hidden_sameness

BATCH = 200
KINDS = (Question, Feedback, Bar)
_IN_CLEAR = 64
"""Letters of a mark of a same question that was made without a key."""


def sealing(limit: int = BATCH) -> Callable[[AsyncSession], Awaitable[int]]:
    """Return what seals a batch at a time and remembers how far it came."""
    walks = Sweep(Question, _found_by), Sweep(Feedback), Sweep(Bar)
    return partial(seal_columns, walks=walks, limit=limit)


async def seal_columns(session: AsyncSession, walks: Sequence[Sweep], limit: int = BATCH) -> int:
    """Seal a batch of askers, then of senders and of whom decisions are against, and return how many rows it was.

    Source: Luật 91/2025; R-SEC-16
    """
    for walk in walks:
        if count := await walk.batch(session, limit):
            return count
    return 0


async def _found_by(_session: AsyncSession, question: Question) -> dict[str, Any]:
    """Return by what the asker is found, and by what a same question is known again."""
    same = question.sameness
    if same is not None and len(same) == _IN_CLEAR:
        same = hidden_sameness(same, question.ring)
    return {"asker_marks": asker_marks(question.asker, question.ring), "sameness": same}
