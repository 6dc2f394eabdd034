"""Whose a rated dossier is goes when it cannot be rated any more; dossier and comment of a rating go later."""

from datetime import datetime
from typing import Any, Final

from audit import did
from regulation.retention import Record, Retention, key_of
from sqlalchemy import CursorResult, and_, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.rating import RatingRules
from qa.models import Hold, RatedDossier

BATCH: Final = 2_000
_APART: Final = text("""with gone as (
    select dossier, '~' || gen_random_uuid() as mark from rating where dossier not like '~%'
    and not exists (select from hold left join rated_dossier d on d.code = rating.dossier
        where keeps and (kind, subject) in (
            ('dossier', rating.dossier), ('account', d.owner), ('account', d.submitter)))
    group by dossier having max(given_at) < :before limit :limit)
update rating set dossier = gone.mark, comment = '' from gone where rating.dossier = gone.dossier""")
"""All sides of a dossier get one mark, so that they are still counted once."""


async def forget_raters(
    session: AsyncSession, retention: Retention, now: datetime, *, rules: RatingRules
) -> int:
    """Forget whose dossiers are that cannot be rated any more, a batch; return how many. Source: R-SAT-05; R-SEC-20"""
    known = or_(RatedDossier.owner.is_not(None), RatedDossier.submitter.is_not(None))
    never = RatedDossier.accepted_at < retention.over_before(Record.RATING, now)
    over = or_(
        RatedDossier.returned_at < now - rules.changeable, and_(RatedDossier.returned_at.is_(None), never)
    )
    still = or_(RatedDossier.accepted_at.is_(None), RatedDossier.accepted_at < now - rules.changeable)
    kept = Hold.of(RatedDossier.owner, RatedDossier.submitter, dossier=RatedDossier.code)
    some = (
        select(RatedDossier.code)
        .where(known, over, still, ~kept)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    gone = await session.execute(
        update(RatedDossier).where(RatedDossier.code.in_(some)).values(owner=None, submitter=None)
    )
    return await _told(session, gone)


async def erase_ratings(session: AsyncSession, retention: Retention, now: datetime) -> int:
    """Erase which dossiers were rated long ago and what was commented, a batch; the marks stay.

    Source: R-SAT-05; R-SEC-20
    """
    before = retention.over_before(Record.RATING, now)
    return await _told(session, await session.execute(_APART, {"before": before, "limit": BATCH}))


async def _told(session: AsyncSession, gone: Any) -> int:
    assert isinstance(gone, CursorResult), "an update says how many rows it met"
    if gone.rowcount:
        await did(
            session,
            "qa",
            "forget-askers",
            subject=Record.RATING,
            purpose=key_of(Record.RATING),
            count=gone.rowcount,
        )
    return int(gone.rowcount)
