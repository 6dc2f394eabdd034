"""Write down a telephone call with somebody about a dossier."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.calls import CallResult, Direction
from notify.domain.errors import FutureCallError, OldCallError
from notify.models import Call
from notify.queries.reached import reachable_dossier

SLACK: Final = timedelta(minutes=5)
"""Clocks differ by a little."""
LATEST: Final = timedelta(days=7)
"""How long after a call it may be written down."""


@dataclass(frozen=True)
class Called:
    """What an officer says of a call."""

    direction: Direction
    result: CallResult
    note: str
    at: datetime


async def record_call(
    session: AsyncSession, caller: Caller, code: str, called: Called, now: datetime
) -> Call:
    """Write a call down once; it is never changed.

    Raises:
        ForbiddenError, NotFoundError: not this caller, or no dossier in reach.
        FutureCallError, OldCallError: the call has not been made yet, or was made long ago.

    Source: NB Đ.8.2; TN Đ.11.5.c; TN Đ.11.6.b; R-NTF-13; R-TRK-08
    """
    caller.require(*who_may(Right.LOG_CALL))
    dossier = await reachable_dossier(session, caller, code, Right.LOG_CALL)
    if called.at > now + SLACK:
        raise FutureCallError(field="called_at")
    if called.at < now - LATEST:
        raise OldCallError(field="called_at", days=LATEST.days)
    call = Call(
        dossier_code=dossier.code,
        direction=called.direction,
        result=called.result,
        note=called.note,
        called_at=called.at,
        called_by=caller.subject,
        written_at=now,
    )
    session.add(call)
    await session.flush()
    return call
