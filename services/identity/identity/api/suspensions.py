"""Suspensions of accounts by decision: propose one, confirm it, end it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from audit import note
from common.api import CallerDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, is_another_person, who_may
from regulation.typed import Typed
from regulation.zone import local_day

from identity import queries
from identity.api.deps import VisitDep
from identity.domain.suspending import TEXT_LONGEST, TEXT_SHORTEST, Decision
from identity.usecases.confirm_suspension import confirm_suspension
from identity.usecases.end_suspension import end_suspension
from identity.usecases.propose_suspension import propose_suspension

router = APIRouter(prefix="/api/identity/suspensions", tags=["suspensions"])
CONFIRMING = only_for(who_may(Right.CONFIRM_SUSPENSION))
Words = Annotated[Typed, Field(min_length=TEXT_SHORTEST, max_length=TEXT_LONGEST)]


class SuspensionDeed(StrEnum):
    """What may be done with a suspension, as its sub-resource."""

    CONFIRMATION = "confirmation"
    ENDING = "ending"


class SuspensionBody(BaseModel):
    """Whose account, by which decision, why, until when, and where to appeal."""

    who: str = Field(min_length=1, max_length=EMAIL_LONGEST)
    decision_number: Typed = Field(min_length=1, max_length=60)
    ground: Words
    appeal: Words
    until_on: Day


class EndingBody(BaseModel):
    """Why it ends."""

    reason: Words


class SuspensionOut(BaseModel):
    """A suspension, and what the caller may do about it."""

    id: uuid.UUID
    full_name: str
    decision_number: str
    ground: str
    appeal: str
    until_on: date
    proposed_by: str
    """The name of who proposed it; empty where the account is gone."""
    proposed_at: datetime
    confirmed_at: datetime | None
    actions: list[SuspensionDeed]


class SuspensionList(BaseModel):
    """What waits for a second word and what is in force, the newest first."""

    items: list[SuspensionOut]


@router.get("", dependencies=[CONFIRMING])
async def listing(caller: CallerDep, session: SessionDep, visit: VisitDep) -> SuspensionList:
    """List what waits for a second word and what is in force."""
    rows = await queries.open_suspensions(session, local_day(visit.now))
    names = await queries.names_of(session, {one.proposed_by for one, _ in rows})
    items = []
    for one, account in rows:
        waits = one.confirmed_at is None and is_another_person(one.proposed_by, caller.subject)
        may = [SuspensionDeed.CONFIRMATION] * waits + [SuspensionDeed.ENDING]
        items.append(
            SuspensionOut(
                id=one.id,
                full_name=account.display_name,
                decision_number=one.decision_number,
                ground=one.ground,
                appeal=one.appeal,
                until_on=one.until_on,
                proposed_by=names.get(one.proposed_by, ""),
                proposed_at=one.proposed_at,
                confirmed_at=one.confirmed_at,
                actions=may,
            )
        )
    return SuspensionList(items=items)


@router.post("", dependencies=[only_for(who_may(Right.SUSPEND_ACCOUNT)), FRESH_PROOF], status_code=204)
async def propose(body: SuspensionBody, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Propose to suspend an account."""
    note(purpose=body.decision_number)
    decision = Decision(body.decision_number, body.ground, body.appeal, body.until_on)
    await propose_suspension(session, caller, body.who, decision, visitor=visit.visitor, now=visit.now)


@router.post("/{suspension_id}/confirmation", dependencies=[CONFIRMING, FRESH_PROOF], status_code=204)
async def confirm(
    suspension_id: uuid.UUID,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    later: BackgroundTasks,
) -> None:
    """Let a suspension count."""
    letter = await confirm_suspension(session, caller, suspension_id, visitor=visit.visitor, now=visit.now)
    later.add_task(visit.built.mail.send, letter)


@router.post("/{suspension_id}/ending", dependencies=[CONFIRMING, FRESH_PROOF], status_code=204)
async def end(
    *,
    suspension_id: uuid.UUID,
    body: EndingBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    later: BackgroundTasks,
) -> None:
    """Refuse or lift a suspension."""
    note(purpose=body.reason)
    visitor, now = visit.visitor, visit.now
    letter = await end_suspension(session, caller, suspension_id, body.reason, visitor=visitor, now=now)
    if letter is not None:
        later.add_task(visit.built.mail.send, letter)
