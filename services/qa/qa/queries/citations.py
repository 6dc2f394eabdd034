"""Legal texts that earlier answers cited, for whoever drafts the next one."""

from collections import Counter
from dataclasses import replace

from regulation.text import fold
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.answering import Citation
from qa.models import Question

LOOKED_AT = 1_000
"""Newest answers that are looked through."""


async def cited_before(session: AsyncSession, q: str, limit: int = 20) -> list[tuple[Citation, int]]:
    """Return the texts cited in recent answers that have all these words, most used first.

    Source: NB Đ.18.3.b; TN Đ.14.3; R-QNA-17
    """
    newest = select(Question.answer["citations"]).where(Question.answered_at.is_not(None))
    lists = await session.scalars(newest.order_by(Question.answered_at.desc()).limit(LOOKED_AT))
    used: Counter[str] = Counter()
    texts: dict[str, Citation] = {}
    wanted = fold(q).split()
    for cited in lists:
        for kept in cited or ():
            one = Citation.read(kept)
            key = fold(one.number)
            said = fold(f"{one.number} {one.title} {one.issuer}")
            if all(word in said for word in wanted):
                used[key] += 1
                texts.setdefault(key, replace(one))
    return [(texts[key], count) for key, count in used.most_common(limit)]
