"""Somebody rates how a dossier was received or handled."""

import uuid
from datetime import datetime

from regulation.text import cleaned
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import QuestionRules
from qa.domain.rating import DossierNotRatedError, Marks, Phase, RatingLockedError, task_from
from qa.models import Rating
from qa.queries.ratings import dossier_of, rating_to_change


async def rate_dossier(
    session: AsyncSession,
    rules: QuestionRules,
    account: str,
    code: str,
    *,
    phase: Phase,
    marks: Marks,
    comment: str,
    version: int,
    now: datetime,
) -> Rating:
    """Give one's rating of a phase, or change it; one that is low, or changed and still low, opens a follow-up task.

    Raises:
        DossierNotRatedError: it is not the account's, or not so far.
        RatingLockedError: the time for it is over.
        StaleVersionError: another rating stands there than was seen.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05
    """
    dossier, side = await dossier_of(session, account, code)
    ended_at, agency = dossier.ended(phase)
    if ended_at is None:
        raise DossierNotRatedError
    if now > (last := rules.rating.until(ended_at)):
        raise RatingLockedError.after(last)
    told = {"progress": marks.progress, "quality": marks.quality, "comment": cleaned(comment)}
    place = {"dossier": code, "phase": phase.value, "side": side.value}
    first = {"id": uuid.uuid4(), "agency": agency, "given_at": now, "changed_at": now}
    rating = await rating_to_change(session, place, {**first, **told})
    news = any(getattr(rating, name) != said for name, said in told.items())
    if news:
        rating.expect(version)
        rating.progress, rating.quality, rating.comment = marks.progress, marks.quality, cleaned(comment)
        rating.changed_at = now
    if rules.rating.low(marks) and (rating.task_state == "none" or (news and rating.task_state == "closed")):
        rating.task_state, rating.task_from = "open", task_from(local_day(now), rules.calendar)
    await session.flush()
    return rating
