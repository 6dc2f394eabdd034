"""Take back the questions of an agency that is no more."""

from datetime import datetime
from typing import Final

from common.outbox import record
from regulation.instances import PROVINCE
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, QuestionRules
from qa.domain.states import WITH_AGENCY
from qa.events import QuestionReturned
from qa.models import Agency, Before, Question, tell_province
from qa.queries.handing import whereabouts

BATCH: Final = 200
REASON: Final = "Cơ quan đã ngừng hoạt động hoặc được tổ chức lại."


async def recall_questions(session: AsyncSession, rules: QuestionRules, now: datetime) -> int:
    """Give every open question of an agency that ended back to the coordinator; return how many went.

    Source: R-CAT-03; R-QNA-13
    """
    held = (
        select(Question)
        .join(Agency, Agency.code == Question.agency)
        .where(Question.state.in_(sorted(WITH_AGENCY)), Agency.valid_to <= local_day(now))
        .where(whereabouts() == rules.instance)
        .order_by(Question.number)
        .limit(BATCH)
        .with_for_update(of=Question)
    )
    questions = (await session.scalars(held)).all()
    told = await queries.coordinators(session) if questions else ()
    for question in questions:
        left, before = question.agency or "", Before.of(question)
        session.add(question.line(Deed.RECALLED, "", now, reason=REASON, **question.unfinished()))
        clock = question.go_back(await queries.running_clocks(session, question.number), rules, now)
        session.add(clock)
        back = {"returned_by": left, "due_at": clock.due_at, "agency_ended": True}
        fact = question.tell(QuestionReturned, now, tell=told, **back)
        await session.flush()
        await record(session, fact)
        if rules.instance != PROVINCE:
            await tell_province(session, question, rules.instance, before, now)
    return len(questions)
