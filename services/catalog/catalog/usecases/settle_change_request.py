"""Take a change request, carry it out, or return it with the reason."""

import uuid
from datetime import date, datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.changes import ChangeDeed, ChangeKind, ChangeRules, WaitsFor
from catalog.domain.editors import Editor
from catalog.models import ChangeClock, ChangeRequest, EditEntry, PublicationDecision
from catalog.queries.changes import change_request


async def settle_change_request(
    session: AsyncSession,
    id_: uuid.UUID,
    deed: ChangeDeed,
    answer: str,
    *,
    seen: int,
    rules: ChangeRules,
    caller: Caller,
    now: datetime,
) -> ChangeRequest:
    """Go on with a request; `answer` is what was done, or why it is returned.

    What is returned after a decision is owed again, by the same effective day.

    Raises: ForbiddenError, UnknownChangeRequestError, StaleVersionError, RequestNotWaitingError.
    Source: NB Đ.11.1; NB Đ.11.2.a; R-CAT-03; R-CAT-14
    """
    request = await change_request(session, caller, id_, lock=True)
    if request.kind == ChangeKind.PROCEDURES:
        caller.require(*who_may(Right.EDIT_CATALOGUE))
    request.expect(seen)
    old, request_answer = {"state": request.state}, answer or request.answer
    request.take(deed)
    request.answer = request_answer
    if deed is not ChangeDeed.TAKE:
        await _stopped(session, request, now)
    if deed is ChangeDeed.COMPLETE:
        request.ended_at = now
    if deed is ChangeDeed.RETURN and (effective_on := await _effective(session, request)):
        session.add(ChangeClock.begun(request, WaitsFor.REQUEST, rules.to_send(effective_on), now))
    by, new = Editor(caller.subject, caller.agency), {"state": request.state, "answer": answer}
    session.add(EditEntry.of(deed, "change_request", str(request.id), by, now, old=old, new=new))
    await session.flush()
    return request


async def _stopped(session: AsyncSession, request: ChangeRequest, now: datetime) -> None:
    running = select(ChangeClock).where(ChangeClock.request == request.id, ChangeClock.ended_at.is_(None))
    for clock in await session.scalars(running):
        clock.ended_at = now


async def _effective(session: AsyncSession, request: ChangeRequest) -> date | None:
    decision = await session.get(PublicationDecision, request.decision) if request.decision else None
    return decision.effective_on if decision else None
