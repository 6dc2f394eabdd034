"""Files of questions and feedback, as far as whoever asks may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.conditions import matching
from common.cursors import instant
from common.security import Caller
from files.scanning import Scan
from regulation.roles import Right, view
from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.attachments import HELD, AttachmentNotFoundError
from qa.models import Attachment, Feedback, MalwareReport, Question
from qa.queries.pages import Order, Paged, page_of
from qa.queries.questions import hashed

_ONE_BY_ONE = text("select pg_advisory_xact_lock(hashtextextended('qa uploads', 0))")


@dataclass(frozen=True)
class Waiting:
    """How much waits for its question: of one account or of all visitors, and of everybody (bytes)."""

    own: int
    everybody: int


async def files_of(session: AsyncSession, number: str) -> Sequence[Attachment]:
    """Return the files of a question or of feedback in the order they came."""
    found = select(Attachment).where(Attachment.number == number).order_by(Attachment.id)
    return (await session.scalars(found)).all()


async def file_of(session: AsyncSession, number: str, file: uuid.UUID) -> Attachment:
    """Return a file of a question or feedback that the caller may see. Raises: AttachmentNotFoundError."""
    return _found(
        await session.scalar(select(Attachment).where(Attachment.id == file, Attachment.number == number))
    )


async def file_by_key(session: AsyncSession, key: str, file: uuid.UUID) -> Attachment:
    """Return a file of what a follow-up key opens. Raises: AttachmentNotFoundError. Source: R-QNA-25"""
    mark = hashed(key)
    questions = select(Question.number).where(Question.key_hash == mark)
    feedback = select(Feedback.number).where(Feedback.key_hash == mark)
    opened = or_(Attachment.number.in_(questions), Attachment.number.in_(feedback))
    return _found(await session.scalar(select(Attachment).where(Attachment.id == file, opened)))


def _found(file: Attachment | None) -> Attachment:
    if file is None:
        raise AttachmentNotFoundError
    return file


async def waiting_files(session: AsyncSession, tickets: Sequence[str], now: datetime) -> Sequence[Attachment]:
    """Return the files of these tickets that still wait, each for nobody else until this transaction ends."""
    wanted = select(Attachment).where(
        Attachment.ticket_hash.in_([hashed(one) for one in tickets]),
        Attachment.number.is_(None),
        Attachment.uploaded_at > now - HELD,
    )
    return (await session.scalars(wanted.order_by(Attachment.id).with_for_update())).all()


async def waiting(session: AsyncSession, account: str | None, *, alone: bool = False) -> Waiting:
    """Return how much waits for its question; of all visitors where there is no account.

    `alone` lets nobody else add to it before this transaction ends.
    """
    if alone:
        await session.execute(_ONE_BY_ONE)
    held = func.coalesce(func.sum(Attachment.size), 0)
    own = func.coalesce(
        func.sum(Attachment.size).filter(Attachment.uploaded_by.is_not_distinct_from(account)), 0
    )
    row = (await session.execute(select(own, held).where(Attachment.number.is_(None)))).one()
    return Waiting(int(row[0]), int(row[1]))


async def pending_scans(session: AsyncSession, limit: int = 100) -> Sequence[uuid.UUID]:
    """Return files the scanner has not seen yet, some of all: those that always take too long keep none back."""
    pending = select(Attachment.id).where(Attachment.scan == Scan.PENDING)
    return (await session.scalars(pending.order_by(func.random()).limit(limit))).all()


_LAST_FOUND: Final = Order[MalwareReport](
    (MalwareReport.found_at, MalwareReport.id),
    (instant, uuid.UUID),
    lambda one: (one.found_at, one.id),
    down=True,
)


async def malware_reports(
    session: AsyncSession, caller: Caller, *, limit: int, cursor: str | None
) -> Paged[MalwareReport]:
    """Return infected uploads, newest first; an operator sees all of them, a head those of the own agency.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    seen = matching(view(Right.READ_MALWARE, caller).alternatives(), agency=MalwareReport.agency)
    found = select(MalwareReport).where(seen)
    return await page_of(session, found, _LAST_FOUND, limit=limit, cursor=cursor)
