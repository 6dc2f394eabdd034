"""Let the desk confirm that a result reached it."""

from datetime import datetime

from common.errors import NotFoundError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NothingToReceiveError
from processing.domain.states import DESK
from processing.models import Case
from processing.queries import Target


async def confirm_receipt(session: AsyncSession, target: Target, now: datetime) -> Case:
    """Note who at the receiving point took the result over; a second confirmation keeps the first.

    Raises:
        ForbiddenError: the caller does not work at a desk.
        NotFoundError: the dossier was not received at the caller's desk.
        NothingToReceiveError: there is no result yet.

    Source: BD Đ.8.1.c; HN Đ.12.1.b; R-PRC-13
    """
    target.caller.require(DESK)
    here = select(Case).where(
        Case.code == target.code, Case.agency == target.agency, Case.receiving_point == target.caller.agency
    )
    case = await session.scalar(here.with_for_update())
    if case is None:
        raise NotFoundError(dossier=target.code)
    if not case.closed:
        raise NothingToReceiveError(dossier=target.code)
    if case.received_at is None:
        case.received_by, case.received_at = target.caller.subject, now
    return case
