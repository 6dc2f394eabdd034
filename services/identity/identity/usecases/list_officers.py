"""List officers: each caller sees his scope; asking beyond it finds nothing and is logged."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal
from common.errors import NotFoundError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.models import AccessEntry, Account, Action


async def list_officers(
    session: AsyncSession,
    caller: Caller,
    agency: str | None,
    *,
    words: str,
    limit: int,
    offset: int,
    visitor: Visitor,
    now: datetime,
) -> tuple[Sequence[Account], int]:
    """Give one page of the officers the caller may see, by name, and how many there are.

    Raises: NotFoundError for an agency out of scope.
    Source: QT Đ.11.2.e; R-ACC-18
    """
    visible = queries.officers_visible_to(caller, agency, words)
    if visible is None:
        session.add(
            AccessEntry.of(Action.OUT_OF_SCOPE, visitor, now, queries.key_of(caller), (agency or "")[:100])
        )
        await keep_refusal(session, HTTPStatus.NOT_FOUND)
        raise NotFoundError
    return await queries.page(session, visible, limit=limit, offset=offset)
