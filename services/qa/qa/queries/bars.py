"""Who may not ask now."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Final

from common.cursors import instant
from common.errors import NotFoundError
from common.sealing import ring_of
from regulation.text import short_date
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import AccountBarredError, AskerBarredError
from qa.domain.known import Known, number_of
from qa.models import Bar, Question
from qa.queries.pages import Order, Paged, page_of

LOOKED_AT = 20
"""Newest questions of an account that are looked at."""


async def running_bar(session: AsyncSession, day: date, who: Known) -> Bar | None:
    """Return a decision that keeps somebody from asking on a day, one against the account first.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    ring = ring_of(session)
    marks = ((Bar.id_number, who.numbers), (Bar.email, who.emails), (Bar.phone, who.phones))
    same: list[ColumnElement[bool]] = [one.equals(ring, said) for one, told in marks for said in sorted(told)]
    same += [Bar.account == who.account] if who.account else []
    same += [Bar.proofs.overlap(sorted(who.proofs))] if who.proofs else []
    if not same:
        return None
    running = select(Bar).where(Bar.ended_at.is_(None), Bar.until >= day, or_(*same))
    found = (await session.scalars(running.order_by(Bar.until.desc()))).all()
    return next((bar for bar in found if bar.account and bar.account == who.account), next(iter(found), None))


async def expect_not_barred(session: AsyncSession, day: date, who: Known) -> None:
    """Refuse who is barred; ground and words of the decision are told to the barred account alone.

    Anybody may type a number: who does hears the number of the decision.

    Raises: AccountBarredError, AskerBarredError.
    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    bar = await running_bar(session, day, await _known_before(session, who))
    if bar is None:
        return
    told = {"until": short_date(bar.until, "vi"), "appeal": bar.appeal}
    if bar.account and bar.account == who.account:
        raise AccountBarredError(**told, decision=bar.decision, ground=bar.ground)
    raise AskerBarredError(**told, decision=number_of(bar.decision))


async def _known_before(session: AsyncSession, who: Known) -> Known:
    """Add to an account the numbers of papers it asked under before: another number typed makes no other person."""
    if who.account is None:
        return who
    own = select(Question).where(Question.owner == who.account, Question.of_somebody())
    asked = await session.scalars(own.order_by(Question.number.desc()).limit(LOOKED_AT))
    before = [Known.of(one.asker or {}, None).numbers for one in asked]
    return replace(who, numbers=who.numbers.union(*before))


_NEWEST: Final = Order[Bar](
    (Bar.since, Bar.id), (instant, uuid.UUID), lambda bar: (bar.since, bar.id), down=True
)


async def bars(session: AsyncSession, *, limit: int, cursor: str | None) -> Paged[Bar]:
    """List decisions, newest first."""
    return await page_of(session, select(Bar), _NEWEST, limit=limit, cursor=cursor)


async def bar_of(session: AsyncSession, bar: uuid.UUID) -> Bar:
    """Return a decision. Raises: NotFoundError."""
    found = await session.get(Bar, bar)
    if found is None:
        raise NotFoundError
    return found
