"""How people were reached about a dossier: notices, their ways, and telephone calls; which ways failed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from common.conditions import matching
from common.errors import NotFoundError
from common.security import Caller
from regulation.roles import Right, view
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from notify.domain.channels import Channel
from notify.domain.delivery import NO_ADDRESS, NOT_CHOSEN, State
from notify.models import Call, Delivery, Dossier, Message, Officer

MOST: Final = 100
"""Notices and calls of one dossier that are shown, the newest."""
BATCH: Final = 200


async def reachable_dossier(session: AsyncSession, caller: Caller, code: str, *rights: Right) -> Dossier:
    """Return a dossier that one of the rights lets the caller see at its desk or at the agency that settles it.

    Raises:
        NotFoundError: there is none, or none in the caller's reach.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    seen = []
    for right in rights:
        ways = view(right, caller).alternatives()
        seen += [
            matching(ways, agency=Dossier.receiving_point),
            matching(ways, agency=Dossier.competent_agency),
        ]
    found = await session.scalar(select(Dossier).where(Dossier.code == code, or_(*seen)))
    if found is None:
        raise NotFoundError
    return found


async def notices_of(session: AsyncSession, dossier: Dossier) -> Sequence[Message]:
    """Return what the people of a dossier were told, the newest first, with every way it went."""
    told = Message.recipient.in_(dossier.recipients())
    found = select(Message).where(Message.dossier_code == dossier.code, told)
    newest = found.order_by(Message.id.desc()).limit(MOST).options(selectinload(Message.deliveries))
    return (await session.scalars(newest)).all()


async def calls_of(session: AsyncSession, code: str) -> Sequence[tuple[Call, str | None]]:
    """Return the telephone calls about a dossier with the name of who wrote each down, the newest first."""
    found = select(Call, Officer.name).outerjoin(Officer, Officer.id == Call.called_by)
    newest = found.where(Call.dossier_code == code).order_by(Call.called_at.desc(), Call.id.desc())
    return (await session.execute(newest.limit(MOST))).tuples().all()


async def missed_deliveries(session: AsyncSession, since: datetime) -> Sequence[Delivery]:
    """Return what failed since an instant and has no other way that carries it, or was tried."""
    other = aliased(Delivery)
    elsewhere = exists().where(
        other.event_id == Delivery.event_id,
        other.recipient == Delivery.recipient,
        other.channel != Delivery.channel,
        other.channel != Channel.PORTAL,
        or_(other.state != State.SKIPPED, other.reason != NOT_CHOSEN),
    )
    missed = or_(Delivery.state == State.FAILED, Delivery.reason == NO_ADDRESS)
    found = select(Delivery).where(and_(missed, Delivery.finished_at >= since), ~elsewhere)
    return (await session.scalars(found.order_by(Delivery.finished_at).limit(BATCH))).all()
