"""Which questions and feedback are a person's: for inspectors who ask the access log about one."""

from collections.abc import Sequence
from datetime import datetime

from common.sealing import ring_of
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.known import mailbox
from qa.models import Feedback, Question
from qa.queries.board import questions_of
from qa.queries.people import SENDER_EMAIL


async def kept_of(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Return the numbers of a person's questions and feedback, the newest first.

    Questions are known by the asker's name, number or address. Feedback is known by the mail address or by the account
    (`known`): who sent it without either is looked for by its number.

    Source: R-SEC-22; R-QNA-21; R-FBK-07
    """
    asked = await questions_of(session, person, now=now, limit=limit)
    owned = select(Question.number).where(Question.owner.in_(known)).order_by(Question.number.desc())
    sent = select(Feedback.number).where(or_(Feedback.owner.in_(known), _mailed_by(session, person)))
    found = [
        *asked,
        *await session.scalars(owned.limit(limit)),
        *await session.scalars(sent.order_by(Feedback.number.desc()).limit(limit)),
    ]
    return list(dict.fromkeys(found))[:limit]


def _mailed_by(session: AsyncSession, person: str) -> ColumnElement[bool]:
    """Match feedback without an account that came from a mailbox, as its indexes say it."""
    typed, ring = person.strip().lower(), ring_of(session)
    box = mailbox(typed)
    ways: list[ColumnElement[bool]] = [SENDER_EMAIL.in_([typed, box])]
    ways += [Feedback.email_mark == ring.mark(box, "feedback.email_mark")] if ring is not None else []
    return Feedback.owner.is_(None) & or_(*ways)
