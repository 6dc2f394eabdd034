"""The asker of an answered question puts a supplementary one."""

from dataclasses import replace
from datetime import datetime

from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import AskerKind, QuestionRules, State, identity_of
from qa.domain.asker import sameness
from qa.domain.asking import LONGEST_TITLE, doubts, tidy_text
from qa.domain.errors import ActionNotAllowedError, QuestionsClosedError
from qa.domain.known import Known
from qa.models import Asking, Birth, Birthplace, Question, begun
from qa.queries.bars import expect_not_barred

_AGAIN = "Hỏi thêm: "
MOST_WAITING = 5
"""Supplementary questions to one answer that may wait at a time."""


async def ask_supplement(
    session: AsyncSession,
    rules: QuestionRules,
    first: Question,
    text: str,
    now: datetime,
    *,
    seen: bool,
    proofs: frozenset[str],
) -> tuple[str, Birth]:
    """Take a question that follows an answered one, from the same asker.

    Raises:
        QuestionsClosedError: the province takes none here any more.
        ActionNotAllowedError: the first one is not answered, or says no more who asked it.
        AskerBarredError, AccountBarredError: a decision keeps this person from asking.
        SupplementsWaitError: so many wait already.
        InvalidInputError, QuestionDoubtfulError: the text is not what the province takes.
        QuestionAlreadyAskedError: the same was asked already.

    Source: NB Đ.18.5.b; TN Đ.15.3.c; R-QNA-19
    """
    if not rules.enabled:
        raise QuestionsClosedError
    state = State(first.state)
    if state is not State.ANSWERED or first.asker is None:
        raise ActionNotAllowedError(vi_state=state.said("vi"), en_state=state.said("en"))
    said = tidy_text(text, text_rules=rules.text_rules)
    same = sameness(first.owner or identity_of(first.asker), said)
    heard = doubts(said, text_rules=rules.text_rules, seen=seen)
    await expect_not_barred(session, local_day(now), Known.of(first.asker, first.owner, proofs))
    await queries.expect_patience(session, first, MOST_WAITING)
    birth = begun(replace(_asking(first, said, same, heard), proofs=proofs), rules, now)
    place = Birthplace(session.info["database"], session)
    return await queries.born(place, birth), birth


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
        named=False,
    )
