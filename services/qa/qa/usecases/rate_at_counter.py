"""Somebody at the counter rates the dossier just handled, by a code from the desk."""

import uuid
from datetime import datetime

from regulation.text import cleaned
from regulation.zone import local_day
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import QuestionRules
from qa.domain.counter import RatedAtCounterError
from qa.domain.rating import Marks, Phase, Side, task_from
from qa.models import RatedDossier, Rating
from qa.queries.counter import code_used


async def rate_at_counter(
    session: AsyncSession, rules: QuestionRules, code: str, *, marks: Marks, comment: str, now: datetime
) -> None:
    """Keep the one rating of a phase at the counter and use the code up; a low one opens a follow-up task.

    Who typed it nobody can prove, so that the rating of the person's own account counts instead where there is one,
    and figures that nobody proved are not told.

    Raises:
        CounterCodeUnknownError: there is no such code, it was used, or it is too old.
        RatedAtCounterError: the phase was rated there.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05
    """
    dossier, phase = await code_used(session, code, now)
    rated = await session.get_one(RatedDossier, dossier)
    is_low, day = rules.rating.low(marks), local_day(now)
    low = {"task_state": "open", "task_from": task_from(day, rules.calendar)} if is_low else {}
    row = Rating.begun(
        id=uuid.uuid4(),
        dossier=dossier,
        phase=phase,
        side=Side.COUNTER.value,
        agency=rated.ended(Phase(phase))[1],
        progress=marks.progress,
        quality=marks.quality,
        comment=cleaned(comment),
        given_at=now,
        changed_at=now,
        **low,
    )
    given = insert(Rating).values(row).on_conflict_do_nothing().returning(Rating.id)
    if await session.scalar(given) is None:
        raise RatedAtCounterError
