"""Legal texts that earlier answers cited, for whoever drafts the next one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from common.conditions import matching
from regulation.roles import Holder, Right, view
from regulation.text import fold
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.answering import Citation
from qa.models import Question
from qa.queries.answers import PUBLIC

LOOKED_AT = 1_000
"""Newest answers that are looked through."""


class Near(IntEnum):
    """How near an earlier answer is to a question: about the same procedure, under the same topic, or neither."""

    OTHER = 0
    TOPIC = 1
    PROCEDURE = 2


@dataclass
class Cited:
    """A legal text that answers cited: how often, and the nearest of them."""

    text: Citation
    used: int = 0
    near: Near = Near.OTHER


async def cited_before(
    session: AsyncSession, who: Holder, q: str, limit: int = 20, *, about: Question | None = None
) -> list[Cited]:
    """Return the texts cited in recent answers that have all these words, the nearest first, then the most used.

    Those of answers that are public or that the officer may see: a text may name who it was about.

    Source: NB Đ.18.3.b; TN Đ.14.3; R-QNA-17
    """
    told = (Question.answer["citations"], Question.procedure, Question.topic)
    seen = matching(view(Right.READ_QUESTIONS, who).alternatives(), agency=Question.agency)
    newest = select(*told).where(Question.answered_at.is_not(None), or_(PUBLIC, seen))
    rows = await session.execute(newest.order_by(Question.answered_at.desc()).limit(LOOKED_AT))
    found: dict[str, Cited] = {}
    wanted = fold(q).split()
    for cited, procedure, topic in rows:
        near = _near(about, procedure, topic)
        for one in _texts(cited):
            if all(word in fold(f"{one.number} {one.title} {one.issuer}") for word in wanted):
                known = found.setdefault(fold(one.number), Cited(one))
                known.used, known.near = known.used + 1, max(known.near, near)
    return sorted(found.values(), key=lambda one: (-one.near, -one.used))[:limit]


def _texts(kept: list[dict[str, Any]] | None) -> Iterator[Citation]:
    return (Citation.read(one) for one in kept or ())


def _near(about: Question | None, procedure: str | None, topic: str) -> Near:
    if about is None:
        return Near.OTHER
    if about.procedure and about.procedure == procedure:
        return Near.PROCEDURE
    return Near.TOPIC if about.topic == topic else Near.OTHER
