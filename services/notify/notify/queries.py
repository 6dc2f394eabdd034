"""Named reads of notify; an inbox shows only its owner's notices."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.cursors import read_cursor, write_cursor
from common.errors import NotFoundError
from common.inbox import NotYetError
from regulation.text import LANGUAGES, Lang
from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from notify.domain.delivery import State
from notify.domain.notice import DossierFacts
from notify.models import Agency, Delivery, Dossier, Message, Procedure, TemplateVersion


@dataclass(frozen=True)
class InboxPage:
    """One page of an inbox, newest first."""

    items: Sequence[Message]
    total: int
    next: str | None


async def inbox(session: AsyncSession, recipient: str, *, limit: int, cursor: str | None) -> InboxPage:
    """Return a page of a person's notices with their deliveries.

    Raises:
        InvalidInputError: the cursor is none.

    Source: NB Đ.13.1.a; R-NTF-01
    """
    mine = Message.recipient == recipient
    total = await session.scalar(select(func.count()).select_from(Message).where(mine))
    wanted = and_(mine, Message.id < read_cursor(cursor, uuid.UUID)[0]) if cursor else mine
    statement = select(Message).where(wanted).order_by(Message.id.desc()).limit(limit + 1)
    found = (await session.scalars(statement.options(selectinload(Message.deliveries)))).all()
    more = write_cursor(str(found[limit - 1].id)) if len(found) > limit else None
    return InboxPage(items=found[:limit], total=total or 0, next=more)


async def unread_count(session: AsyncSession, recipient: str) -> int:
    """Return how many notices a person has not opened."""
    unread = select(func.count()).select_from(Message)
    unread = unread.where(Message.recipient == recipient, Message.read_at.is_(None))
    return await session.scalar(unread) or 0


async def own_message(session: AsyncSession, recipient: str, id_: uuid.UUID) -> Message:
    """Return a person's own notice.

    Raises:
        NotFoundError: it does not exist or is somebody else's.
    """
    statement = select(Message).where(Message.id == id_, Message.recipient == recipient)
    message = await session.scalar(statement.options(selectinload(Message.deliveries)))
    if message is None:
        raise NotFoundError
    return message


async def newest_template(session: AsyncSession, kind: str) -> TemplateVersion | None:
    """Return the newest text an operator wrote, None while the shipped one is in force."""
    versions = select(TemplateVersion).where(TemplateVersion.kind == kind)
    return (await session.scalars(versions.order_by(TemplateVersion.version.desc()).limit(1))).first()


async def claimable(
    session: AsyncSession, now: datetime, forgotten: datetime, limit: int
) -> Sequence[Delivery]:
    """Return deliveries whose time has come, locked; those left in `sending` since before `forgotten` too."""
    waiting = and_(Delivery.state == State.QUEUED, Delivery.next_attempt_at <= now)
    abandoned = and_(Delivery.state == State.SENDING, Delivery.next_attempt_at <= forgotten)
    statement = (
        select(Delivery).where(or_(waiting, abandoned)).order_by(Delivery.next_attempt_at, Delivery.id)
    )
    statement = statement.limit(limit).with_for_update(skip_locked=True, of=Delivery)
    return (await session.scalars(statement.options(selectinload(Delivery.message)))).all()


async def dossier_facts(session: AsyncSession, code: str) -> DossierFacts:
    """Return what notices mention of a dossier; names that have not arrived are shown by code.

    Raises:
        NotYetError: the dossier has not arrived.
    """
    dossier = await session.get(Dossier, code)
    if dossier is None:
        raise NotYetError("dossier", code)
    procedure = await session.get(Procedure, (dossier.procedure_code, dossier.procedure_version))
    receiving = await session.get(Agency, dossier.receiving_point)
    competent = await session.get(Agency, dossier.competent_agency)
    return DossierFacts(
        code=code,
        procedure=_titles(procedure, dossier.procedure_code),
        agency=_titles(receiving, dossier.receiving_point),
        competent=_titles(competent, dossier.competent_agency),
        forwarded=dossier.competent_agency != dossier.receiving_point,
        due_at=dossier.due_at,
        recipients=dossier.recipients(),
        complete=procedure is not None,
    )


def _titles(named: Procedure | Agency | None, code: str) -> dict[Lang, str]:
    return {lang: named.title(lang) if named else code for lang in LANGUAGES}
