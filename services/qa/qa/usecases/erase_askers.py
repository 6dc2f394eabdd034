"""What askers and senders said of themselves, and sent along, goes when its time is over; the rest stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from audit import did
from regulation.retention import Record, Retention, key_of
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed
from qa.models import Attachment, Feedback, MalwareReport, Question, Rating

BATCH: Final = 500
Rows = Sequence[Question | Feedback]


async def erase_askers(session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH) -> int:
    """Erase a batch of what people said of themselves in what was closed long ago; return how many went.

    Source: TN Đ.16.3; TN Đ.19.2; R-QNA-24; R-SEC-20
    """
    before = retention.over_before(Record.ASKER, now)
    asked = select(Question).where(Question.asker.is_not(None), Question.closed_at < before)
    sent = select(Feedback).where(Feedback.sender.is_not(None), Feedback.closed_at < before)
    found: Rows = (
        *await session.scalars(asked.order_by(Question.closed_at).limit(limit).with_for_update()),
        *await session.scalars(sent.order_by(Feedback.closed_at).limit(limit).with_for_update()),
    )
    await _erased(session, found, "forget-askers", Record.ASKER, now)
    return len(found)


async def forget_account(session: AsyncSession, account: str, now: datetime) -> int:
    """Erase what an account that is no more said of itself, but where somebody still owes it an answer.

    Source: R-SEC-16; R-SEC-20
    """
    asked = select(Question).where(Question.owner == account).with_for_update()
    sent = select(Feedback).where(Feedback.owner == account).with_for_update()
    found: Rows = (*await session.scalars(asked), *await session.scalars(sent))
    for row in found:
        row.owner = None
    await session.execute(update(Rating).where(Rating.by == account).values(by=None))
    await session.execute(delete(Attachment).where(Attachment.uploaded_by == account))
    theirs = update(MalwareReport).where(MalwareReport.uploaded_by == account)
    await session.execute(theirs.values(uploaded_by=""))
    closed = [row for row in found if row.closed_at is not None]
    await _erased(session, closed, "erase-accounts", Record.ACCOUNT, now, subject=account)
    return len(found)


async def _erased(
    session: AsyncSession, rows: Rows, job: str, record: Record, now: datetime, *, subject: str = ""
) -> None:
    for row in rows:
        row.forget_person()
        session.add(row.line(Deed.ASKER_ERASED, "", now))
    if rows:
        numbers = [row.number for row in rows]
        await session.execute(delete(Attachment).where(Attachment.number.in_(numbers)))
        told = subject or record
        await did(session, "qa", job, subject=told, purpose=key_of(record), count=len(rows))
