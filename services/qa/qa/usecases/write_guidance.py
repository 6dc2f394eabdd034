"""The coordinator says how to take part."""

from datetime import datetime

from common.errors import StaleVersionError
from common.security import Caller
from regulation.text import cleaned
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Guidance
from qa.queries.guidance import guidance


async def write_guidance(
    session: AsyncSession, caller: Caller, *, vi: str, en: str, version: int, now: datetime
) -> Guidance:
    """Add an edition of the guidance. Raises: StaleVersionError: somebody else wrote one meanwhile.

    Source: TN Đ.24.4; TN Đ.6.2; NB Đ.18.5.a; R-QNA-26
    """
    newest = await guidance(session)
    edition = newest.edition if newest else 0
    if edition != version:
        raise StaleVersionError(field="version", rule="stale-version")
    told = {"edition": edition + 1, "vi": cleaned(vi), "en": cleaned(en), "by": caller.subject, "at": now}
    added = insert(Guidance).values(**told).on_conflict_do_nothing().returning(Guidance)
    written = await session.scalar(added)
    if written is None:  # somebody else's edition came at the same moment
        raise StaleVersionError(field="version", rule="stale-version")
    return written
