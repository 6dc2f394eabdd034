"""The leader releases the answer."""

from dataclasses import asdict
from datetime import datetime

from common.copies import put
from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules, State
from qa.domain.answering import Citation, Leader, checked_citations, checked_leader
from qa.events import QuestionAnswered
from qa.models import ContactLine, Question


async def release_answer(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    leader: Leader,
    now: datetime,
) -> None:
    """Answer the question under the leader's name, position, telephone and e-mail; its clocks end.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        LeaderIncompleteError, InvalidInputError: who answers is not told in full.
        CitationsMissingError: the draft cites nothing and does not say why.

    Source: NB Đ.18.3; NB Đ.18.5.b; TN Đ.14.3; R-QNA-16; R-QNA-17; R-QNA-20
    """
    question.expect_to(Action.RELEASE, caller, rules, version)
    told, draft = checked_leader(leader), question.draft or {}
    cited = [Citation.read(one) for one in draft["citations"]]
    checked_citations(cited, draft["no_citation_reason"], effective_date=rules.effective_date, whole=True)
    assert question.due_at is not None, "the agency owes an answer"
    due_at = question.due_at
    question.answer = {
        **{name: draft[name] for name in ("text", "citations", "no_citation_reason")},
        **asdict(told),
        "drafted_by": draft["by"],
        "released_by": caller.subject,
        "at": now.isoformat(),
    }
    question.answered_at, question.draft = now, None
    question.close(State.ANSWERED, await queries.running_clocks(session, question.number), now)
    session.add(question.line(Deed.RELEASED, caller.subject, now))
    line = {"officer_id": caller.subject, **asdict(told)}
    await put(session, ContactLine, [line], there="replaced")
    fact = question.tell(QuestionAnswered, now, due_at=due_at, in_time=now <= due_at)
    await session.flush()
    await record(session, fact)
