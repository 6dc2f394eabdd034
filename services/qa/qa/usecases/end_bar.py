"""The province's office ends a bar before its day."""

import uuid
from datetime import datetime

from common.errors import NotFoundError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import BarEndedError
from qa.models import Bar


async def end_bar(
    session: AsyncSession, caller: Caller, bar_id: uuid.UUID, reason: str, now: datetime
) -> Bar:
    """End a bar with a reason; the decision stays in the books.

    Raises:
        NotFoundError: there is none.
        BarEndedError: it has ended.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    bar = await session.get(Bar, bar_id, with_for_update=True)
    if bar is None:
        raise NotFoundError
    if bar.ended_at is not None:
        raise BarEndedError
    bar.ended_at, bar.ended_by, bar.end_reason = now, caller.subject, reason
    await session.flush()
    return bar
