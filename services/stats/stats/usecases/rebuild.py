"""Rebuild the figures from the facts that were kept, and prove that nothing changed."""

import hashlib
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import orjson
from common.copies import put
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.domain.questions import tell_question
from stats.domain.story import tell
from stats.models import Dossier, Holding, KeptFact, KeptQuestionFact, Question, Wait, stories_of

BATCH = 1000


class Rebuilt(NamedTuple):
    """Hash of all figures before and after, and how many facts were read again."""

    before: str
    after: str
    fact_count: int


async def content_hash(session: AsyncSession) -> str:
    """Return the SHA-256 of everything the figures are made of."""
    digest = hashlib.sha256()
    for row in await queries.content_rows(session):
        digest.update(orjson.dumps(dict(row), option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z))
    return digest.hexdigest()


async def rebuild(session: AsyncSession) -> Rebuilt:
    """Forget every figure and learn all kept facts again, in the caller's one transaction.

    Readers see the old figures until it commits.
    """
    before = await content_hash(session)
    for table in (Wait, Dossier, Holding, Question):
        await session.execute(delete(table))
    after, count = "", 0
    while codes := await queries.codes_with_facts(session, after, BATCH):
        facts = (await session.scalars(select(KeptFact).where(KeptFact.code.in_(codes)))).all()
        await _learn(session, sorted(facts, key=attrgetter("code")))
        after, count = codes[-1], count + len(facts)
        session.expunge_all()
    count += await _learn_questions(session)
    return Rebuilt(before, await content_hash(session), count)


async def _learn_questions(session: AsyncSession) -> int:
    """Learn the facts of all questions again; return how many they were."""
    after, count = "", 0
    while numbers := await queries.numbers_with_facts(session, after, BATCH):
        kept = select(KeptQuestionFact).where(KeptQuestionFact.number.in_(numbers))
        facts = stories_of((await session.scalars(kept)).all())
        stories = {number: tell_question(told) for number, told in facts.items()}
        rows = [{"number": number, **Question.told(story)} for number, story in stories.items()]
        await put(session, Question, rows)
        held = [row for number, story in stories.items() for row in Holding.told(number, story)]
        await put(session, Holding, held)
        after, count = numbers[-1], count + sum(map(len, facts.values()))
        session.expunge_all()
    return count


async def _learn(session: AsyncSession, facts: Iterable[KeptFact]) -> None:
    stories = {
        code: tell(one.as_fact() for one in told) for code, told in groupby(facts, key=attrgetter("code"))
    }
    await put(session, Dossier, [{"code": code, **Dossier.told(story)} for code, story in stories.items()])
    await put(session, Wait, [wait for code, story in stories.items() for wait in Wait.told(code, story)])
