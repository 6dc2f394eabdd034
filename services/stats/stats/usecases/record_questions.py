"""Learn facts about questions and feedback."""

from collections.abc import Mapping, Sequence

from common.copies import put
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.questions import QuestionStory, QuestionTold, tell_question
from stats.models import Holding, KeptQuestionFact, Question, stories_of


async def record_questions(session: AsyncSession, told: Sequence[tuple[str, QuestionTold]]) -> None:
    """Add facts to the stories of their questions, each with the question's number.

    The same fact twice, or facts out of order, end in the same story.

    Source: R-STA-15
    """
    rows = {(number, fact.turn, fact.at): KeptQuestionFact.told(number, fact) for number, fact in told}
    new = await put(session, KeptQuestionFact, list(rows.values()), there="stays")
    numbers = sorted({number for number, *_ in new})
    await _lock(session, {number: fact for number, fact in told if number in numbers})
    kept = await session.scalars(select(KeptQuestionFact).where(KeptQuestionFact.number.in_(numbers)))
    stories = {number: tell_question(facts) for number, facts in stories_of(kept.all()).items()}
    await _follow(session, stories)


async def _lock(session: AsyncSession, facts: Mapping[str, QuestionTold]) -> None:
    """Make sure each row exists and is ours alone, however many handlers learn of a question at once."""
    begun = [{"number": number, **Question.told(tell_question([facts[number]]))} for number in sorted(facts)]
    await put(session, Question, begun, there="stays")
    ours = select(Question.number).where(Question.number.in_(facts)).order_by(Question.number)
    await session.execute(ours.with_for_update())


async def _follow(session: AsyncSession, stories: Mapping[str, QuestionStory]) -> None:
    """Write how questions stand, and every time in somebody's hands, instead of what was written before."""
    rows = [{"number": number, **Question.told(story)} for number, story in stories.items()]
    await put(session, Question, rows, there="replaced")
    await session.execute(delete(Holding).where(Holding.number.in_(stories)))
    await put(
        session, Holding, [row for number, story in stories.items() for row in Holding.told(number, story)]
    )
