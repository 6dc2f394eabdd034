"""Join dossiers: what was handed in for a person by number becomes theirs in the account that proved the number."""

from datetime import datetime

from common.outbox import record
from common.sealing import ring_of
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.events import DossierJoined
from intake.models import Dossier, PersonAccount, VaultPaper
from intake.models.marks import person_named
from intake.queries.dossiers import acting

MOST = 200
"""Dossiers that one deed joins; the rest follows with the next sign-in."""


async def join_dossiers(session: AsyncSession, caller: Caller, number: str, *, now: datetime) -> int:
    """Make the caller the owner of every dossier and kept paper of the person with a proven number; return how many.

    Only the number counts, never a name. Who handed in stays who handed in. Without a key nobody has a name by number.

    Raises:
        ForbiddenError: the caller follows no dossiers.

    Source: QT Đ.14.1; R-INT-16; R-SUB-18
    """
    caller.require(*who_may(Right.FOLLOW_DOSSIER))
    ring = ring_of(session)
    if ring is None:
        return 0
    person = person_named(number, ring)
    known = {"account_id": caller.subject, "joined_at": now}
    written = insert(PersonAccount).values(person_id=person, **known)
    await session.execute(written.on_conflict_do_update(index_elements=["person_id"], set_=known))
    theirs = select(Dossier).where(Dossier.owner_id == person).order_by(Dossier.code).limit(MOST)
    dossiers = (await session.scalars(theirs.with_for_update())).all()
    for dossier in dossiers:
        dossier.take(Action.JOIN, acting(caller), now)
        dossier.owner_id = caller.subject
    kept = update(VaultPaper).where(VaultPaper.owner_id == person).values(owner_id=caller.subject)
    await session.execute(kept)
    await session.flush()
    for dossier in dossiers:
        await record(session, DossierJoined(**dossier.facts(), joined_at=now))
    return len(dossiers)
