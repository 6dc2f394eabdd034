"""Rebuild the figures from the facts that were kept, and prove that nothing changed."""

import hashlib
from typing import Any, NamedTuple

import orjson
from common.events import Envelope
from common.inbox import Meta, Subscriptions
from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.models import Agency, Dossier, Field

BATCH = 1000
_KEPT = text(
    """SELECT seq, type, envelope FROM inbox WHERE done_at IS NOT NULL AND seq > :after ORDER BY seq LIMIT :batch"""
)


class Rebuilt(NamedTuple):
    """Hash of all figures before and after, and how many facts were read again."""

    before: str
    after: str
    fact_count: int


async def content_hash(session: AsyncSession) -> str:
    """Return the SHA-256 of everything the projections hold."""
    digest = hashlib.sha256()
    for row in await queries.content_rows(session):
        digest.update(orjson.dumps(dict(row), option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z))
    return digest.hexdigest()


async def rebuild(session: AsyncSession, listening: Subscriptions) -> Rebuilt:
    """Forget every figure and learn all kept facts again, in the caller's one transaction.

    Readers see the old figures until it commits.
    """
    before = await content_hash(session)
    for table in (Dossier, Agency, Field):
        await session.execute(delete(table))
    after, count = 0, 0
    while batch := (await session.execute(_KEPT, {"after": after, "batch": BATCH})).all():
        for seq, type_, envelope in batch:
            await _learn(session, listening, type_, envelope)
            after = seq
        count += len(batch)
        session.expunge_all()
    return Rebuilt(before, await content_hash(session), count)


async def _learn(
    session: AsyncSession, listening: Subscriptions, type_: str, envelope: dict[str, Any]
) -> None:
    subscription = listening.get(type_)
    if subscription is None:
        return
    told = Envelope.model_validate(envelope)
    meta = Meta(told.id, told.type, told.time, told.agency, told.subject, told.aggregateversion)
    await subscription.handler(session, subscription.model.model_validate(told.data), meta)
