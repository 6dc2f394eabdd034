"""Take back the feedback of an agency that is no more."""

from datetime import datetime
from typing import Final

from common.outbox import record
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, QuestionRules
from qa.domain.feedback import FeedbackState
from qa.events import FeedbackReturned
from qa.models import Agency, Feedback

BATCH: Final = 200
REASON: Final = "Cơ quan đã ngừng hoạt động hoặc được tổ chức lại."


async def recall_feedback(session: AsyncSession, rules: QuestionRules, now: datetime) -> int:
    """Give the open feedback of an agency that ended back to the coordinator, still due as it was; return how much.

    Source: R-CAT-03; R-FBK-07
    """
    held = (
        select(Feedback)
        .join(Agency, Agency.code == Feedback.agency)
        .where(Feedback.state == FeedbackState.FORWARDED, Agency.valid_to <= local_day(now))
        .order_by(Feedback.number)
        .limit(BATCH)
        .with_for_update(of=Feedback)
    )
    found = (await session.scalars(held)).all()
    told = await queries.coordinators(session) if found else ()
    for feedback in found:
        left = feedback.agency or ""
        session.add(feedback.line(Deed.RECALLED, "", now, reason=REASON))
        clocks = await queries.running_clocks(session, feedback.number)
        session.add_all(feedback.go_back(clocks, rules, now))
        back = {"returned_by": left, "due_at": feedback.due_at, "agency_ended": True}
        fact = feedback.tell(FeedbackReturned, now, tell=told, **back)
        await session.flush()
        await record(session, fact)
    return len(found)
