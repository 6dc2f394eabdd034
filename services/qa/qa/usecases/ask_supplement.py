"""The asker of an answered question puts a supplementary one."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import AskerKind, QuestionRules, State, identity_of
from qa.domain.asker import sameness
from qa.domain.asking import LONGEST_TITLE, doubts, tidy_text
from qa.domain.errors import ActionNotAllowedError, QuestionAlreadyAskedError
from qa.events import QuestionAsked
from qa.models import NUMBERS, Asking, Birth, Question, begun

_AGAIN = "Hỏi thêm: "


async def ask_supplement(
    session: AsyncSession, rules: QuestionRules, first: Question, text: str, now: datetime, *, seen: bool
) -> Birth:
    """Take a question that follows an answered one, from the same asker.

    Raises:
        ActionNotAllowedError: the first one is not answered, or says no more who asked it.
        InvalidInputError, QuestionDoubtfulError: the text is not what the province takes.
        QuestionAlreadyAskedError: the same was asked already.

    Source: NB Đ.18.5.b; TN Đ.15.3.c; R-QNA-19
    """
    state = State(first.state)
    if state is not State.ANSWERED or first.asker is None:
        raise ActionNotAllowedError(vi_state=state.said("vi"), en_state=state.said("en"))
    said = tidy_text(text, text_rules=rules.text_rules)
    same = sameness(first.owner or identity_of(first.asker), said)
    if number := await queries.same_question(session, same):
        raise QuestionAlreadyAskedError(number=number)
    heard = doubts(said, text_rules=rules.text_rules, seen=seen)
    birth = begun(_asking(first, said, same, heard), await session.scalar(NUMBERS), rules, now)
    session.add(birth.question)
    await session.flush()
    session.add_all(birth.rows)
    asked = birth.question
    assert asked.due_at is not None, "a question begins with its clock"
    told = await queries.coordinators(session)
    fact = asked.tell(QuestionAsked, now, asked_agency=asked.asked_agency, due_at=asked.due_at, tell=told)
    await session.flush()
    await record(session, fact)
    return birth


def _asking(first: Question, said: str, same: str, heard: list[str]) -> Asking:
    """Ask again as whoever asked the first question."""
    assert first.asker is not None, "who asked is known"
    return Asking(
        asker_kind=AskerKind(first.asker_kind),
        asker=first.asker,
        owner=first.owner,
        topic=first.topic,
        agency=first.agency,
        procedure=first.procedure,
        title=(_AGAIN + first.title.removeprefix(_AGAIN))[:LONGEST_TITLE],
        text=said,
        doubts=heard,
        consent_name=first.consent_name,
        sameness=same,
        follows=first.number,
    )
