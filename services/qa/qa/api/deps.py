"""What the routes take from the composition root, and who comes with which question."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import OptionalCallerDep, built
from common.errors import AccountLimitedError
from common.security import Caller
from fastapi import Depends, Path, Query, Request
from files.receiving import Reception
from regulation.instances import PROVINCE, holder_words
from regulation.roles import APPLICANTS
from regulation.text import Lang
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.api.patience import Patience
from qa.domain import QuestionRules
from qa.domain.errors import QuestionElsewhereError
from qa.models import Before, Question, tell_province
from qa.queries.answer_index import AnswerIndex


@dataclass(frozen=True)
class Built:
    """What `main` built: the rules of the province, what finds public answers, what counts who asks, where files go."""

    rules: QuestionRules
    index: AnswerIndex
    patience: Patience
    reception: Reception
    proof_key: str = ""
    """Marks what an account proved; empty where tokens say nothing of it."""


BuiltDep = Annotated[Built, Depends(built)]


async def rules(made: BuiltDep) -> QuestionRules:
    """Give the rules of the province."""
    return made.rules


RulesDep = Annotated[QuestionRules, Depends(rules)]
Number = Annotated[str, Path(max_length=40)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=400)]


async def owner(caller: OptionalCallerDep) -> str | None:
    """Tell which account asks, none where nobody signed in or an officer did. Raises: AccountLimitedError."""
    if caller is None or caller.roles.isdisjoint(APPLICANTS):
        return None
    if caller.limited:
        raise AccountLimitedError
    return caller.subject


OwnerDep = Annotated[str | None, Depends(owner)]


async def proofs(caller: OptionalCallerDep) -> frozenset[str]:
    """Give the marks of what the account that asks has proven; none where nobody signed in."""
    return caller.proofs if caller else frozenset()


ProofsDep = Annotated[frozenset[str], Depends(proofs)]


@dataclass(frozen=True)
class Visit:
    """Somebody who may ask, without a question yet."""

    session: AsyncSession
    rules: QuestionRules
    lang: Lang
    now: datetime


async def visit(*, session: SessionDep, rules: RulesDep, lang: LangDep, now: NowDep) -> Visit:
    """Gather what a request of anybody works with."""
    return Visit(session, rules, lang, now)


VisitDep = Annotated[Visit, Depends(visit)]


@dataclass(frozen=True)
class Desk(Visit):
    """An officer at a question that the officer may see."""

    caller: Caller
    question: Question
    place: str = PROVINCE
    """The instance that has the question; only there something is done to it."""

    @property
    def elsewhere(self) -> bool:
        """Whether nothing can be done to it here."""
        return self.place != self.rules.instance


async def changes(request: Request) -> bool:
    """Tell whether a request changes something, so that what it changes is held first."""
    return request.method not in ("GET", "HEAD")


ChangesDep = Annotated[bool, Depends(changes)]


async def desk(
    *, question: Number, seen: VisitDep, caller: CallerDep, held: ChangesDep
) -> AsyncIterator[Desk]:
    """Open a question; what is done to it at an agency's own instance is told to the province.

    Raises: QuestionNotFoundError, QuestionElsewhereError.
    """
    found = await queries.question_for(seen.session, caller, question, held=held)
    before, place = Before.of(found), await queries.place_of(seen.session, found.number)
    opened = Desk(seen.session, seen.rules, seen.lang, seen.now, caller, found, place)
    if held and opened.elsewhere:
        raise QuestionElsewhereError(**holder_words(place))
    yield opened
    if held and place != PROVINCE:
        await tell_province(seen.session, found, place, before, seen.now)


DeskDep = Annotated[Desk, Depends(desk, scope="function")]
