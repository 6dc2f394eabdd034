"""Reads of decisions and change requests; an agency sees its own, who looks after the province all."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from common.security import Caller
from regulation.roles import Reach, Right, reach_of
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.changes import OPEN
from catalog.domain.errors import UnknownChangeRequestError
from catalog.models import ChangeClock, ChangeRequest, DecisionItem, PublicationDecision

PAGE = 50


def _within(caller: Caller, query: Select[tuple[ChangeRequest]]) -> Select[tuple[ChangeRequest]]:
    if reach_of(Right.READ_CHANGES, caller.roles, caller.scope) is Reach.PROVINCE:
        return query
    return query.where(ChangeRequest.agency == caller.agency)


async def change_requests(
    session: AsyncSession, caller: Caller, *, ended: bool, page: int
) -> tuple[Sequence[ChangeRequest], int]:
    """Return a page of the requests within reach, the oldest open or the newest ended first, and how many there are."""
    states = ChangeRequest.state.in_(OPEN)
    wanted = _within(caller, select(ChangeRequest).where(~states if ended else states))
    total = await session.scalar(select(func.count()).select_from(wanted.subquery()))
    order = ChangeRequest.ended_at.desc() if ended else ChangeRequest.created_at.asc()
    paged = wanted.order_by(order, ChangeRequest.id).limit(PAGE).offset((page - 1) * PAGE)
    return (await session.scalars(paged)).all(), total or 0


async def change_request(
    session: AsyncSession, caller: Caller, id_: uuid.UUID, *, lock: bool = False
) -> ChangeRequest:
    """Return one request within reach, locked for a change when asked. Raises: UnknownChangeRequestError."""
    wanted = _within(caller, select(ChangeRequest).where(ChangeRequest.id == id_))
    found = await session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise UnknownChangeRequestError
    return found


async def clocks_of(
    session: AsyncSession, requests: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[ChangeClock]]:
    """Return the due dates of requests, the oldest first."""
    query = select(ChangeClock).where(ChangeClock.request.in_(requests))
    found: dict[uuid.UUID, list[ChangeClock]] = defaultdict(list)
    for clock in await session.scalars(query.order_by(ChangeClock.started_at, ChangeClock.id)):
        found[clock.request].append(clock)
    return found


async def decisions(session: AsyncSession, page: int) -> tuple[Sequence[PublicationDecision], int]:
    """Return a page of the registered decisions, the newest first, and how many there are."""
    total = await session.scalar(select(func.count()).select_from(PublicationDecision))
    newest = PublicationDecision.signed_on.desc(), PublicationDecision.number
    query = select(PublicationDecision).order_by(*newest).limit(PAGE).offset((page - 1) * PAGE)
    return (await session.scalars(query)).all(), total or 0


async def items_of(
    session: AsyncSession, decided: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[DecisionItem]]:
    """Return what decisions do with which procedures, by procedure."""
    query = select(DecisionItem).where(DecisionItem.decision.in_(decided))
    found: dict[uuid.UUID, list[DecisionItem]] = defaultdict(list)
    for item in await session.scalars(query.order_by(DecisionItem.procedure, DecisionItem.agency)):
        found[item.decision].append(item)
    return found
