"""Read an officer: one outside the caller's scope looks like one who does not exist, and the attempt is logged."""

import uuid
from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal
from common.errors import NotFoundError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.models import AccessEntry, Account, Action


async def read_officer(
    session: AsyncSession, caller: Caller, officer_id: uuid.UUID, *, visitor: Visitor, now: datetime
) -> Account:
    """Give one officer in the caller's scope.

    Raises: NotFoundError.
    Source: QT Đ.11.2.e; R-ACC-18
    """
    visible = queries.officers_visible_to(caller, None)
    found: Account | None = None
    if visible is not None:
        found = await session.scalar(visible.where(Account.id == officer_id))
    if found is None:
        session.add(
            AccessEntry.of(Action.OUT_OF_SCOPE, visitor, now, queries.key_of(caller), str(officer_id))
        )
        await keep_refusal(session, HTTPStatus.NOT_FOUND)
        raise NotFoundError
    return found
