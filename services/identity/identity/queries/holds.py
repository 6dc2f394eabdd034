"""Reads of holds."""

import uuid
from collections.abc import Sequence
from datetime import date

from common.errors import NotFoundError
from regulation.holds import REMINDED_BEFORE, Held
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Hold

MOST = 500


def held(kind: Held) -> Select[tuple[str]]:
    """Select the keys of everything of a kind that a decision keeps."""
    return select(Hold.subject).where(Hold.kind == kind.value, Hold.ended_at.is_(None))


async def is_held(session: AsyncSession, account_id: uuid.UUID) -> bool:
    """Tell whether a decision keeps an account."""
    mine = held(Held.ACCOUNT).where(Hold.subject == str(account_id)).limit(1)
    return await session.scalar(mine) is not None


async def holds(session: AsyncSession) -> Sequence[Hold]:
    """List what waits and what is kept by the day it is looked at again, and behind it what has ended."""
    order = (Hold.ended_at.is_not(None), Hold.until_on, Hold.id)
    return (await session.scalars(select(Hold).order_by(*order).limit(MOST))).all()


async def hold(session: AsyncSession, identifier: uuid.UUID) -> Hold:
    """Give one hold, locked. Raises: NotFoundError."""
    found = await session.get(Hold, identifier, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFoundError
    return found


async def holds_to_remind_of(session: AsyncSession, today: date) -> Sequence[Hold]:
    """List the holds whose day is near or over, locked."""
    near = Hold.ended_at.is_(None) & (Hold.until_on <= today + REMINDED_BEFORE)
    return (await session.scalars(select(Hold).where(near).order_by(Hold.id).with_for_update())).all()
