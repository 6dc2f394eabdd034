"""Somebody rates how a dossier was received or handled."""

from datetime import datetime

from common.ids import uuid7
from regulation.text import cleaned, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.rating import DossierNotRatedError, Marks, Phase, RatingLockedError, until
from qa.models import Rating
from qa.queries.ratings import dossier_of, ratings_of


async def rate_dossier(
    session: AsyncSession,
    account: str,
    code: str,
    phase: Phase,
    marks: Marks,
    *,
    comment: str,
    now: datetime,
) -> Rating:
    """Give the one rating of a phase, or change it; a low one opens a follow-up task.

    Raises:
        DossierNotRatedError: it is not the account's, or not so far.
        RatingLockedError: the time for it is over.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05
    """
    dossier = await dossier_of(session, account, code)
    ended_at, agency = dossier.ended(phase)
    if ended_at is None:
        raise DossierNotRatedError
    if now > until(ended_at):
        raise RatingLockedError(until=short_instant(until(ended_at), "vi"))
    rating = (await ratings_of(session, code)).get(phase)
    if rating is None:
        rating = Rating(id=uuid7(), dossier=code, phase=phase, agency=agency, given_at=now)
        rating.task_state, rating.task_done = "none", ""
        session.add(rating)
    rating.by, rating.changed_at, rating.comment = account, now, cleaned(comment)
    rating.progress, rating.quality = marks.progress, marks.quality
    if marks.low and rating.task_state == "none":
        rating.task_state = "open"
    await session.flush()
    return rating
