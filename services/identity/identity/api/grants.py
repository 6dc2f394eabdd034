"""Rights that wait for a second person: see them, confirm or refuse one."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from audit import note
from common.api import CallerDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.roles import Right, Role, Scope, who_may
from starlette.background import BackgroundTasks

from identity import queries
from identity.api.deps import VisitDep
from identity.api.helping import ReasonBody
from identity.domain.grants import may_decide
from identity.ports import Letter, Mail
from identity.usecases.decide_grant import Word, decide_grant

router = APIRouter(
    prefix="/api/identity/grant-proposals",
    tags=["officers"],
    dependencies=[only_for(who_may(Right.CONFIRM_GRANTS))],
)


class GrantDeed(StrEnum):
    """What may be done with a proposal, as its sub-resource."""

    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"


class GrantProposalOut(BaseModel):
    """A proposal that waits, and what the caller may do about it."""

    id: uuid.UUID
    officer_id: uuid.UUID
    full_name: str
    login: str
    email: str
    """Where the officer's letters go: whoever confirms sees whose mailbox it is."""
    agency: str
    role_names: list[str]
    scope_label: str
    """The data scope the roles will reach: the wider one that is proposed, or the one held."""
    proposed_by: str
    """The name of who proposed it; empty where the account is gone."""
    proposed_at: datetime
    actions: list[GrantDeed]


class GrantProposalList(BaseModel):
    """Everything that waits in the caller's reach, the oldest first."""

    items: list[GrantProposalOut]


@router.get("")
async def listing(
    caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep
) -> GrantProposalList:
    """List what waits for a second word."""
    rows = await queries.waiting_grants(session, caller)
    names = await queries.names_of(session, {proposal.proposed_by for proposal, _ in rows})
    office = visit.built.rules.office_grants
    items = [
        GrantProposalOut(
            id=proposal.id,
            officer_id=account.id,
            full_name=account.full_name,
            login=account.login or "",
            email=account.email,
            agency=proposal.agency,
            role_names=[Role(role).said(lang) for role in proposal.roles],
            scope_label=Scope(proposal.scope or account.scope).said(lang),
            proposed_by=names.get(proposal.proposed_by, ""),
            proposed_at=proposal.proposed_at,
            actions=list(GrantDeed)
            if may_decide(
                caller,
                proposal.asked,
                proposer=proposal.proposed_by,
                officer=str(account.id),
                office_grants=office,
            )
            else [],
        )
        for proposal, account in rows
    ]
    return GrantProposalList(items=items)


@router.post("/{proposal_id}/confirmation", dependencies=[FRESH_PROOF], status_code=204)
async def confirm(
    proposal_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep, later: BackgroundTasks
) -> None:
    """Give what was proposed."""
    letters = await _decided(proposal_id, Word(given=True), caller, session, visit)
    later.add_task(send_all, visit.built.mail, letters)


@router.post("/{proposal_id}/refusal", dependencies=[FRESH_PROOF], status_code=204)
async def refuse(
    proposal_id: uuid.UUID, body: ReasonBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> None:
    """Refuse what was proposed."""
    note(purpose=body.reason)
    await _decided(proposal_id, Word(given=False, reason=body.reason), caller, session, visit)


async def _decided(
    proposal_id: uuid.UUID, word: Word, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> tuple[Letter, ...]:
    return await decide_grant(
        session,
        caller,
        proposal_id,
        word,
        office_grants=visit.built.rules.office_grants,
        grants_address=visit.built.grants_address,
        visitor=visit.visitor,
        now=visit.now,
    )


async def send_all(mail: Mail, letters: Iterable[Letter]) -> None:
    """Send letters after the answer, and after the commit."""
    for letter in letters:
        await mail.send(letter)
