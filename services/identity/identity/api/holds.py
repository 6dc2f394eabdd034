"""Keeping people, dossiers and questions by decision: propose, confirm or refuse by another, propose the end."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from audit import note
from common.api import CallerDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from common.security import Caller
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.holds import Held, HoldState
from regulation.roles import Right, is_another_person, who_may
from regulation.typed import Typed

from identity import queries
from identity.api.deps import VisitDep
from identity.domain.holding import TEXT_LONGEST, TEXT_SHORTEST, HoldDecision
from identity.models import Hold
from identity.usecases.decide_hold import decide_hold
from identity.usecases.propose_hold import propose_hold
from identity.usecases.propose_release import propose_release

router = APIRouter(prefix="/api/identity/holds", tags=["holds"])
HOLDING, CONFIRMING = only_for(who_may(Right.HOLD_RECORDS)), only_for(who_may(Right.CONFIRM_HOLD))
Words = Annotated[Typed, Field(min_length=TEXT_SHORTEST, max_length=TEXT_LONGEST)]
Number = Annotated[Typed, Field(min_length=1, max_length=60)]


class HoldDeed(StrEnum):
    """What may be done with a hold, as its sub-resource."""

    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    RELEASE = "release"


class HoldBody(BaseModel):
    """What is kept, by which decision, why, and when somebody looks at it again."""

    kind: Held
    subject: str = Field(min_length=1, max_length=EMAIL_LONGEST)
    decision_number: Number
    ground: Words
    until_on: Day


class ReleaseBody(BaseModel):
    """By which decision it is let go, and why."""

    decision_number: Number
    ground: Words


class HoldOut(BaseModel):
    """A hold, and what the caller may do about it."""

    id: uuid.UUID
    kind: Held
    kind_label: str
    subject: str
    """The id of an account, the code of a dossier, the number of a question or of feedback."""
    subject_name: str
    """The name on the account; empty for anything else."""
    state: HoldState
    state_label: str
    keeps: bool
    decision_number: str
    ground: str
    until_on: date
    proposed_by: str
    """The name of who proposed it; empty where the account is gone."""
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    release_number: str | None
    release_ground: str | None
    release_proposed_by: str
    ended_at: datetime | None
    actions: list[HoldDeed]


class HoldList(BaseModel):
    """What waits and what is kept by the day it is looked at again, and behind it what has ended."""

    items: list[HoldOut]


def _deeds(hold: Hold, caller: Caller) -> list[HoldDeed]:
    state = HoldState(hold.state)
    second = state.waits and is_another_person(hold.proposer, caller.subject)
    judging = [HoldDeed.CONFIRMATION, HoldDeed.REFUSAL] if second else []
    may_propose = state is HoldState.IN_FORCE and bool(caller.roles & who_may(Right.HOLD_RECORDS))
    return judging + [HoldDeed.RELEASE] * may_propose


@router.get("", dependencies=[only_for(who_may(Right.READ_HOLDS))])
async def listing(caller: CallerDep, session: SessionDep, lang: LangDep) -> HoldList:
    """List every hold."""
    rows = await queries.holds(session)
    people = {
        one for row in rows for one in (row.proposed_by, row.confirmed_by, row.release_proposed_by) if one
    }
    held = {row.subject for row in rows if row.kind == Held.ACCOUNT}
    names = await queries.names_of(session, people | held)
    judges = bool(caller.roles & who_may(Right.CONFIRM_HOLD))
    items = [
        HoldOut(
            id=row.id,
            kind=Held(row.kind),
            kind_label=Held(row.kind).said(lang),
            subject=row.subject,
            subject_name=names.get(row.subject, "") if row.kind == Held.ACCOUNT else "",
            state=HoldState(row.state),
            state_label=HoldState(row.state).said(lang),
            keeps=HoldState(row.state).keeps,
            decision_number=row.decision_number,
            ground=row.ground,
            until_on=row.until_on,
            proposed_by=names.get(row.proposed_by, ""),
            proposed_at=row.proposed_at,
            confirmed_by=names.get(row.confirmed_by or "", ""),
            confirmed_at=row.confirmed_at,
            release_number=row.release_number,
            release_ground=row.release_ground,
            release_proposed_by=names.get(row.release_proposed_by or "", ""),
            ended_at=row.ended_at,
            actions=_deeds(row, caller) if judges else [],
        )
        for row in rows
    ]
    return HoldList(items=items)


@router.post("", dependencies=[HOLDING, FRESH_PROOF], status_code=204)
async def propose(body: HoldBody, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Keep something from now on, and ask a second person."""
    note(purpose=body.decision_number)
    made = await propose_hold(
        session,
        caller,
        body.kind,
        body.subject,
        HoldDecision(body.decision_number, body.ground),
        until_on=body.until_on,
        code_pattern=visit.built.rules.code_pattern,
        now=visit.now,
    )
    note(subject=made.subject)


@router.post("/{hold_id}/confirmation", dependencies=[CONFIRMING, FRESH_PROOF], status_code=204)
async def confirm(hold_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Confirm what waits: that it is kept, or that it is let go."""
    await _decided(hold_id, caller, session, visit, yes=True)


@router.post("/{hold_id}/refusal", dependencies=[CONFIRMING, FRESH_PROOF], status_code=204)
async def refuse(hold_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Refuse what waits: it was never kept, or it is kept on."""
    await _decided(hold_id, caller, session, visit, yes=False)


async def _decided(
    hold_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep, *, yes: bool
) -> None:
    found = await decide_hold(session, caller, hold_id, yes=yes, now=visit.now)
    note(purpose=found.release_number or found.decision_number, subject=found.subject)


@router.post("/{hold_id}/release", dependencies=[HOLDING, FRESH_PROOF], status_code=204)
async def release(
    hold_id: uuid.UUID, body: ReleaseBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> None:
    """Propose to let it go."""
    decision = HoldDecision(body.decision_number, body.ground)
    found = await propose_release(session, caller, hold_id, decision, now=visit.now)
    note(purpose=body.decision_number, subject=found.subject)
