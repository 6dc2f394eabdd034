"""Named reads of notify; an inbox shows only its owner's notices."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from common.cursors import read_cursor, write_cursor
from common.errors import NotFoundError
from common.inbox import NotYetError
from regulation.holds import Held
from regulation.states import ENDED
from regulation.text import LANGUAGES, Lang
from sqlalchemy import ColumnElement, Integer, ScalarSelect, and_, bindparam, exists, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from notify.domain.delivery import State
from notify.domain.notice import DossierFacts
from notify.models import Agency, Call, Delivery, Dossier, Hold, Message, Officer, Procedure, TemplateVersion


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


async def notices_to(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Return the ids of the newest notices to a person's accounts; `person` may be one.

    Older ones are left out in silence: nobody but the recipient ever opens one.

    Source: R-SEC-22
    """
    to = select(Message.id).where(Message.recipient.in_([person, *known])).order_by(Message.id.desc())
    return [str(one) for one in await session.scalars(to.limit(limit - 1))]


# Statements of the hot path are built once: building them costs more than running them.
_NEWEST = (
    select(TemplateVersion)
    .where(TemplateVersion.kind.in_(bindparam("kinds", expanding=True)))
    .distinct(TemplateVersion.kind)
    .order_by(TemplateVersion.kind, TemplateVersion.version.desc())
)
_RECEIVING, _COMPETENT = aliased(Agency), aliased(Agency)
_NAMED = (
    select(Dossier, Procedure, _RECEIVING, _COMPETENT)
    .outerjoin(
        Procedure,
        and_(Procedure.code == Dossier.procedure_code, Procedure.version == Dossier.procedure_version),
    )
    .outerjoin(_RECEIVING, _RECEIVING.code == Dossier.receiving_point)
    .outerjoin(_COMPETENT, _COMPETENT.code == Dossier.competent_agency)
    .where(Dossier.code.in_(bindparam("codes", expanding=True)))
    .execution_options(populate_existing=True)
)
_WAITING = and_(Delivery.state == State.QUEUED, Delivery.next_attempt_at <= bindparam("now"))
_ABANDONED = and_(Delivery.state == State.SENDING, Delivery.next_attempt_at <= bindparam("forgotten"))
CLAIMABLE = (
    select(Delivery.id)
    .where(or_(_WAITING, _ABANDONED))
    .order_by(Delivery.next_attempt_at, Delivery.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
"""Deliveries whose time has come `now`, locked; those left in `sending` since before `forgotten` too."""
_DELIVERIES = (
    select(Delivery)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)))
    .order_by(Delivery.next_attempt_at, Delivery.id)
    .options(joinedload(Delivery.message))
)


async def newest_templates(session: AsyncSession, kinds: Collection[str]) -> dict[str, TemplateVersion]:
    """Return by kind the newest text an operator wrote; a kind without one keeps the shipped text."""
    return {own.kind: own for own in await session.scalars(_NEWEST, {"kinds": list(kinds)})}


async def deliveries(session: AsyncSession, ids: Collection[uuid.UUID]) -> Sequence[Delivery]:
    """Return deliveries with what they deliver, in the order they were begun."""
    return (await session.scalars(_DELIVERIES, {"ids": list(ids)})).all()


async def homes(session: AsyncSession, officers: Collection[str]) -> dict[str, str | None]:
    """Return by account to which agency officers belong; who has not been told of is missing."""
    known = select(Officer.id, Officer.agency).where(Officer.id.in_(officers))
    return dict((await session.execute(known)).tuples().all())


async def everybody(session: AsyncSession, now: datetime) -> tuple[str, ...]:
    """Return every officer, and every applicant whose dossier is not past its due time: whom an outage touches."""
    running = or_(Dossier.due_at.is_(None), Dossier.due_at > now)
    applicants = (
        select(account).where(account.is_not(None), running)
        for account in (Dossier.owner_id, Dossier.submitter_id)
    )
    return tuple(sorted(await session.scalars(union(select(Officer.id), *applicants))))


async def dossier_facts(session: AsyncSession, codes: Collection[str]) -> dict[str, DossierFacts]:
    """Return by code what notices mention of dossiers; names that have not arrived are shown by code.

    Raises:
        NotYetError: one of the dossiers has not arrived.
    """
    rows = await session.execute(_NAMED, {"codes": list(codes)})
    found = {one[0].code: _facts(*one) for one in rows.tuples()}
    for code in codes:
        if code not in found:
            raise NotYetError("dossier", code)
    return found


def _facts(
    dossier: Dossier, procedure: Procedure | None, receiving: Agency | None, competent: Agency | None
) -> DossierFacts:
    return DossierFacts(
        code=dossier.code,
        procedure=_titles(procedure, dossier.procedure_code),
        agency=_titles(receiving, dossier.receiving_point),
        competent=_titles(competent, dossier.competent_agency),
        forwarded=dossier.competent_agency != dossier.receiving_point,
        due_at=dossier.due_at,
        recipients=dossier.recipients(),
        complete=procedure is not None,
        settled_by=dossier.competent_agency,
        desk=dossier.receiving_point,
    )


def _titles(named: Procedure | Agency | None, code: str) -> dict[Lang, str]:
    return {lang: named.title(lang) if named else code for lang in LANGUAGES}


def is_held(*people: InstrumentedAttribute[str] | str) -> ColumnElement[bool]:
    """Return the condition that somebody, or the dossier that a notice is about, is kept by decision.

    Source: Luật 33/2024; R-SEC-20
    """
    kept = [and_(Hold.kind == Held.ACCOUNT.value, Hold.subject == one) for one in people]
    kept += [and_(Hold.kind != Held.ACCOUNT.value, Hold.subject == Message.dossier_code)]
    return exists().where(Hold.keeps, or_(*kept))


async def notices_over(session: AsyncSession, before: datetime, limit: int) -> Sequence[uuid.UUID]:
    """List the oldest notices made before an instant that are about no dossier, or about one that has ended.

    What a decision keeps stays.

    A dossier of which nobody said that it ended counts as open.
    """
    ended = or_(Message.dossier_code.is_(None), Dossier.state.in_(ENDED))
    over = select(Message.id).outerjoin(Dossier, Dossier.code == Message.dossier_code)
    found = (
        over.where(Message.created_at < before, ended, ~is_held(Message.recipient))
        .order_by(Message.created_at)
        .limit(limit)
    )
    return (await session.scalars(found)).all()


def calls_over(before: datetime, limit: int) -> ScalarSelect[uuid.UUID]:
    """Return the oldest calls before an instant about a dossier that has ended and that no decision keeps."""
    held = exists().where(Hold.keeps, Hold.kind != Held.ACCOUNT.value, Hold.subject == Call.dossier_code)
    over = select(Call.id).join(Dossier, Dossier.code == Call.dossier_code)
    return over.where(Call.called_at < before, Dossier.state.in_(ENDED), ~held).limit(limit).scalar_subquery()
