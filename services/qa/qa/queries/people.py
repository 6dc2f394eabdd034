"""Who is told of a question, and how a leader signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from common.sealing import ring_of
from regulation.roles import Right, Role, who_may
from sqlalchemy import ColumnElement, Text, func, literal, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.known import mailbox
from qa.models import FIRST_MAILS, ContactLine, Feedback, Officer, Question
from qa.models.birthplace import mailed_one_by_one

SENDER_EMAIL: Final[ColumnElement[str]] = literal_column(
    "(feedback.sender ->> 'email')", Text
)  # as its index says it


@dataclass(frozen=True)
class People:
    """The accounts to tell; `in_charge` is false where nobody is named and the head is told instead."""

    accounts: tuple[str, ...]
    in_charge: bool

    @property
    def alone(self) -> bool:
        """Tell whether somebody is in charge without a substitute. Source: NB Đ.18.5.b; R-QNA-12"""
        return self.in_charge and len(self.accounts) == 1


async def people_of(session: AsyncSession, agency: str, role: Role = Role.QA_OWNER) -> People:
    """Return an agency's active persons in charge, or its head where there is none.

    Source: NB Đ.18.5.b; TN Đ.15.3.a; R-QNA-12; QT Đ.25.7; R-FBK-12
    """
    owners = await _holding(session, role, agency)
    return People(tuple(owners or await _holding(session, Role.AGENCY_HEAD, agency)), bool(owners))


async def coordinators(session: AsyncSession) -> tuple[str, ...]:
    """Return the active coordinators of the province. Source: NB Đ.18.5.c; TN Đ.15.3.a; R-QNA-10"""
    return tuple(await _holding(session, Role.COORDINATOR, None))


async def leaders_of(session: AsyncSession, agency: str) -> tuple[str, ...]:
    """Return who may release what an agency drafted. Source: NB Đ.18.3.a; R-QNA-20"""
    may = or_(*(Officer.roles.contains([role]) for role in sorted(who_may(Right.RELEASE_ANSWER))))
    leading = select(Officer.id).where(Officer.active, Officer.agency == agency, may)
    return tuple((await session.scalars(leading.order_by(Officer.id))).all())


async def _holding(session: AsyncSession, role: Role, agency: str | None) -> Sequence[str]:
    holding = select(Officer.id).where(Officer.active, Officer.roles.contains([role.value]))
    if agency is not None:
        holding = holding.where(Officer.agency == agency)
    return (await session.scalars(holding.order_by(Officer.id))).all()


async def may_be_mailed(session: AsyncSession, email: str | None, now: datetime) -> bool:
    """Tell whether a mailbox nobody proved may get one more first mail today, and let nobody else ask meanwhile.

    Anybody can type anybody's address: it is told of so many questions and pieces of feedback a day, and no more.
    What is held back is not told of later either.
    """
    if not email:
        return True
    since, ring, box = now - timedelta(days=1), ring_of(session), mailbox(email)
    await mailed_one_by_one(session, box)
    asked = select(literal(1)).where(
        or_(Question.asker_email.equals(ring, email), Question.asker_email.equals(ring, box)),
        Question.owner.is_(None),
        Question.asked_at > since,
    )
    senders: ColumnElement[bool] = SENDER_EMAIL.in_([email, box])
    if ring is not None:
        senders = or_(senders, Feedback.email_mark == ring.mark(box, "feedback.email_mark"))
    sent = select(literal(1)).where(senders, Feedback.owner.is_(None), Feedback.came_at > since)
    some = asked.limit(FIRST_MAILS).union_all(sent.limit(FIRST_MAILS)).subquery()
    return (await session.scalar(select(func.count()).select_from(some)) or 0) < FIRST_MAILS


async def leader_line(session: AsyncSession, officer: str) -> ContactLine:
    """Return how an officer signed last, or the name alone of one who never did."""
    line = await session.get(ContactLine, officer)
    if line is not None:
        return line
    known = await session.get(Officer, officer)
    name = known.display_name if known else ""
    return ContactLine(officer_id=officer, full_name=name, position="", phone="", email="")
