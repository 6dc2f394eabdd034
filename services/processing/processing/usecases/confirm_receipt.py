"""Let the desk confirm that a result reached it."""

from datetime import datetime

from common.errors import NotFoundError
from regulation.roles import Right, who_may
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NothingToReceiveError
from processing.models import Dossier, Elsewhere
from processing.queries import Target, expect_here


async def confirm_receipt(session: AsyncSession, target: Target, now: datetime) -> Dossier:
    """Note who at the receiving point took the result over; a second confirmation keeps the first.

    Raises:
        ForbiddenError: the caller does not work at a desk.
        NotFoundError: the dossier was not received at the caller's desk.
        DossierElsewhereError: another instance has it.
        NothingToReceiveError: there is no result yet.

    Source: BD Đ.8.1.c; HN Đ.12.1.b; R-PRC-13
    """
    target.caller.require(*who_may(Right.RECEIVE_RESULT))
    here = select(Dossier).where(
        Dossier.code == target.code,
        Dossier.agency == target.agency,
        Dossier.receiving_point == target.caller.agency,
    )
    dossier = await session.scalar(here.with_for_update())
    if dossier is None:
        seen = and_(Elsewhere.agency == target.agency, Elsewhere.receiving_point == target.caller.agency)
        await expect_here(session, target.code, seen)
        raise NotFoundError(dossier=target.code)
    if not dossier.closed:
        raise NothingToReceiveError(dossier=target.code)
    if dossier.received_at is None:
        dossier.received_by, dossier.received_at = target.caller.subject, now
    return dossier
