"""What askers and senders said of themselves, and sent along, goes when its time is over; the rest stays."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from audit import did
from regulation.holds import Held
from regulation.retention import Record, Retention, key_of
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, PublicationState
from qa.models import Attachment, Bar, Base, Feedback, Hold, MalwareReport, Question, RatedDossier

BATCH: Final = 500
KEY_DAYS: Final = timedelta(days=30)
"""So long after the end the key of a follow-up link is kept; the link goes on working."""
Rows = Sequence[Question | Feedback]
_REPEATS: Final = Base.metadata.tables["idempotency_key"]


async def erase_askers(session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH) -> int:
    """Erase a batch of what people said of themselves in what was closed long ago; return how many went.

    What belonged to an account that is no more goes as soon as it is closed; what a decision keeps stays.

    Source: TN Đ.16.3; TN Đ.19.2; R-QNA-24; R-SEC-20
    """
    before = retention.over_before(Record.ASKER, now)
    asked = select(Question).where(Question.of_somebody(), _over(Question, before))
    sent = select(Feedback).where(Feedback.of_somebody(), _over(Feedback, before))
    found: Rows = (
        *await session.scalars(asked.order_by(Question.closed_at).limit(limit).with_for_update()),
        *await session.scalars(sent.order_by(Feedback.closed_at).limit(limit).with_for_update()),
    )
    await _erased(session, found, "forget-askers", Record.ASKER, now)
    return len(found)


def _over(table: type[Question | Feedback], before: datetime) -> ColumnElement[bool]:
    over = or_(table.closed_at < before, and_(table.account_gone, table.closed_at.is_not(None)))
    return and_(over, ~Hold.of(table.owner, question=table.number))


async def drop_keys(session: AsyncSession, now: datetime, limit: int = BATCH) -> int:
    """Forget the follow-up keys that are kept for our mails, some time after the end; return how much may be left.

    Source: R-SEC-20
    """
    over = now - KEY_DAYS
    kept = or_(Question.plain_asker_key.is_not(None), Question.asker_key_sealed.is_not(None))
    asked = update(Question).where(kept, Question.closed_at < over)
    await session.execute(asked.values(plain_asker_key=None, asker_key_sealed=None))
    keyed = select(Feedback).where(Feedback.keyed, Feedback.closed_at < over)
    sent = (await session.scalars(keyed.order_by(Feedback.closed_at).limit(limit).with_for_update())).all()
    for feedback in sent:
        feedback.drop_key()
    return len(sent)


async def forget_account(session: AsyncSession, account: str, now: datetime) -> int:
    """Erase what an account that is no more said of itself, but where somebody still owes it an answer.

    What a decision keeps stays as it is, and goes by the clock once it is let go.

    Source: R-SEC-16; R-SEC-20
    """
    asked = select(Question).where(Question.owner == account).with_for_update()
    sent = select(Feedback).where(Feedback.owner == account).with_for_update()
    found: Rows = (*await session.scalars(asked), *await session.scalars(sent))
    for row in found:
        row.account_gone = True
    if await session.scalar(select(Hold.of(account))):
        return 0
    held = set(
        await session.scalars(select(Hold.subject).where(Hold.keeps, Hold.kind == Held.QUESTION.value))
    )
    found = [row for row in found if row.number not in held]
    for row in found:
        row.owner = None
    for column in (RatedDossier.owner, RatedDossier.submitter):
        await session.execute(update(column.class_).where(column == account).values({column.key: None}))
    bars = update(Bar).where(Bar.account == account).values(account=None).returning(Bar.id)
    named = (await session.scalars(bars)).all()
    await session.execute(delete(Attachment).where(Attachment.uploaded_by == account))
    theirs = update(MalwareReport).where(MalwareReport.uploaded_by == account)
    await session.execute(theirs.values(uploaded_by=""))
    own = _REPEATS.c.scope.startswith(f"{account} ", autoescape=True)
    barred = _REPEATS.c.scope.endswith(" POST /api/qa/bars")  # sealed: which of them names it cannot be asked
    await session.execute(delete(_REPEATS).where(or_(own, barred) if named else own))
    closed = [row for row in found if row.closed_at is not None]
    await _erased(session, closed, "erase-accounts", Record.ACCOUNT, now, subject=account)
    return len(found)


async def _erased(
    session: AsyncSession, rows: Rows, job: str, record: Record, now: datetime, *, subject: str = ""
) -> None:
    for row in rows:
        public = row.publication
        row.forget_person()
        row.owner = None if row.account_gone else row.owner
        if isinstance(row, Question) and public and public["state"] == PublicationState.PUBLISHED:
            row.published_no = await queries.next_publication(session)  # so that no index keeps the words
        session.add(row.line(Deed.ASKER_ERASED, "", now))
    if rows:
        numbers = [row.number for row in rows]
        await session.flush()
        await session.execute(select(func.forget_drafts(numbers)))
        await session.execute(delete(Attachment).where(Attachment.number.in_(numbers)))
        told = subject or record
        await did(session, "qa", job, subject=told, purpose=key_of(record), count=len(rows))
