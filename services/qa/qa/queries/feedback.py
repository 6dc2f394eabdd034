"""Feedback, as far as whoever asks may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.conditions import matching
from common.cursors import instant, read_cursor, write_cursor
from regulation.roles import Holder, Right, view
from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import FeedbackNotFoundError
from qa.domain.exchange import Origin
from qa.models import Feedback
from qa.queries.questions import hashed


@dataclass(frozen=True)
class FeedbackPage:
    """One page of feedback."""

    items: Sequence[Feedback]
    total: int
    next: str | None


def _seen(who: Holder) -> ColumnElement[bool]:
    """See what is one's own to see; an involved agency reads what it helps with. Source: BD Đ.11; R-FBK-09"""
    own = matching(view(Right.READ_FEEDBACK, who).alternatives(), agency=Feedback.agency)
    return or_(own, Feedback.involved.contains([who.agency])) if who.agency else own


def _found(feedback: Feedback | None) -> Feedback:
    if feedback is None:
        raise FeedbackNotFoundError
    return feedback


async def feedback_for(session: AsyncSession, who: Holder, number: str, *, held: bool = False) -> Feedback:
    """Return feedback that an officer may see; `held` for a deed, before its clocks. Raises: FeedbackNotFoundError."""
    wanted = select(Feedback).where(Feedback.number == number, _seen(who))
    return _found(await session.scalar(wanted.with_for_update() if held else wanted))


async def senders(session: AsyncSession, numbers: Sequence[str]) -> Sequence[Feedback]:
    """Return the feedback of these whose sender has no account and is still known."""
    wanted = select(Feedback).where(Feedback.number.in_(list(numbers)), Feedback.owner.is_(None))
    return (await session.scalars(wanted.where(Feedback.of_somebody(), ~Feedback.account_gone))).all()


async def feedback_by_key(session: AsyncSession, key: str) -> Feedback:
    """Return the feedback of a follow-up key. Raises: FeedbackNotFoundError."""
    return _found(await session.scalar(select(Feedback).where(Feedback.key_hash == hashed(key))))


async def handed_in(session: AsyncSession, origin: Origin, *, held: bool = False) -> Feedback | None:
    """Return what a system handed in under a number; `held` where it is handed in now, for one at a time may."""
    if held:
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(origin.key, 0))))
    found: Feedback | None = await session.scalar(select(Feedback).where(Feedback.key_hash == origin.key))
    return found


async def handed_in_one(session: AsyncSession, number: str) -> Feedback:
    """Return feedback that some system handed in. Raises: FeedbackNotFoundError."""
    found = await session.get(Feedback, number)
    return _found(found if found and found.origin else None)


async def own_feedback(session: AsyncSession, owner: str, number: str) -> Feedback:
    """Return an account's own feedback. Raises: FeedbackNotFoundError."""
    own = select(Feedback).where(Feedback.number == number, Feedback.owner == owner)
    return _found(await session.scalar(own))


async def feedback_page(
    session: AsyncSession,
    who: Holder,
    *,
    closed: bool,
    agency: str = "",
    limit: int,
    cursor: str | None = None,
) -> FeedbackPage:
    """Return a page of what is open, soonest due first, or of what is closed, newest first.

    Source: TN Đ.18.3; QT Đ.24.4; R-FBK-07
    """
    moment: Any = Feedback.closed_at if closed else Feedback.due_at
    tests = [_seen(who), Feedback.closed_at.is_not(None) if closed else Feedback.closed_at.is_(None)]
    tests += [Feedback.agency == agency] if agency else []
    order = (moment.desc(), Feedback.number.desc()) if closed else (moment, Feedback.number)
    return await _page(session, and_(*tests), moment, order, limit=limit, cursor=cursor, down=closed)


async def own_feedback_page(
    session: AsyncSession, owner: str, *, limit: int, cursor: str | None = None
) -> FeedbackPage:
    """Return a page of an account's feedback, newest first."""
    moment: Any = Feedback.came_at
    order = (moment.desc(), Feedback.number.desc())
    mine = Feedback.owner == owner
    return await _page(session, mine, moment, order, limit=limit, cursor=cursor, down=True)


async def public_results(session: AsyncSession, *, limit: int, cursor: str | None = None) -> FeedbackPage:
    """Return a page of published results, newest first. Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13"""
    public = literal_column(
        "(feedback.publication ->> 'state') = 'published'", Boolean()
    )  # as its index says
    moment: Any = Feedback.replied_at
    order = (moment.desc(), Feedback.number.desc())
    return await _page(session, public, moment, order, limit=limit, cursor=cursor, down=True)


async def _page(
    session: AsyncSession,
    condition: ColumnElement[bool],
    moment: Any,
    order: tuple[Any, ...],
    *,
    limit: int,
    cursor: str | None,
    down: bool,
) -> FeedbackPage:
    total = await session.scalar(select(func.count()).select_from(Feedback).where(condition)) or 0
    found = select(Feedback).where(condition)
    if cursor:
        place, after = tuple_(moment, Feedback.number), read_cursor(cursor, instant, str)
        found = found.where(place < after if down else place > after)
    rows = (await session.scalars(found.order_by(*order).limit(limit + 1))).all()
    if len(rows) <= limit:
        return FeedbackPage(rows, total, None)
    last = rows[limit - 1]
    return FeedbackPage(rows[:limit], total, write_cursor(getattr(last, moment.key), last.number))
