"""What askers said of themselves goes when its time is over; questions and answers stay."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from audit import did
from regulation.retention import Record, Retention, key_of
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed
from qa.models import Question, Rating

BATCH: Final = 500


async def erase_askers(session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH) -> int:
    """Erase a batch of what askers of long closed questions said of themselves; return how many went.

    Source: TN Đ.16.3; R-QNA-24; R-SEC-20
    """
    over = select(Question).where(
        Question.asker.is_not(None), Question.closed_at < retention.over_before(Record.ASKER, now)
    )
    found = (await session.scalars(over.order_by(Question.closed_at).limit(limit).with_for_update())).all()
    await _erased(session, found, "forget-askers", Record.ASKER, now)
    return len(found)


async def forget_account(session: AsyncSession, account: str, now: datetime) -> int:
    """Erase what an account that is no more said of itself, but where somebody still owes it an answer.

    Source: R-SEC-16; R-SEC-20
    """
    own = select(Question).where(Question.owner == account)
    found = (await session.scalars(own.order_by(Question.number).with_for_update())).all()
    for question in found:
        question.owner = None
    await session.execute(update(Rating).where(Rating.by == account).values(by=None))
    closed = [question for question in found if not question.is_open]
    await _erased(session, closed, "erase-accounts", Record.ACCOUNT, now, subject=account)
    return len(found)


async def _erased(
    session: AsyncSession,
    questions: Iterable[Question],
    job: str,
    record: Record,
    now: datetime,
    *,
    subject: str = "",
) -> None:
    erased = list(questions)
    for question in erased:
        question.forget_asker()
        session.add(question.line(Deed.ASKER_ERASED, "", now))
    if erased:
        told = subject or record
        await did(session, "qa", job, subject=told, purpose=key_of(record), count=len(erased))
