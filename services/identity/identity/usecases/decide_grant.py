"""Decide a grant: the second person's word gives a role or a scope that nobody gives alone, or refuses it."""

import uuid
from datetime import datetime
from typing import NamedTuple

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.grants import Outcome, must_decide
from identity.domain.letters import grant_letter
from identity.domain.officers import officer_roles
from identity.models import AccessEntry, Account, Action, GrantProposal
from identity.ports import Letter


class Word(NamedTuple):
    """What the second person says, and why."""

    given: bool
    reason: str | None = None


async def decide_grant(
    session: AsyncSession,
    caller: Caller,
    proposal_id: uuid.UUID,
    word: Word,
    *,
    office_grants: bool,
    grants_address: str,
    visitor: Visitor,
    now: datetime,
) -> tuple[Letter, ...]:
    """Give the proposed roles and scope, or refuse them; give the letters that tell the heads.

    Raises: ForbiddenError, NotFoundError (also for another agency, and logged), SecondWordNeededError, OwnRightsError,
        RightsGrantedElsewhereError, RoleNotGrantableError, GrantDecidedError.
    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    caller.require(*who_may(Right.CONFIRM_GRANTS))
    proposal = await queries.grant_proposal(session, caller, proposal_id, visitor=visitor, now=now)
    account = await queries.account(session, str(proposal.account_id), lock=True)
    must_decide(
        caller,
        proposal.asked,
        proposer=proposal.proposed_by,
        officer=str(account.id),
        office_grants=office_grants,
    )
    proposal.decide(caller.subject, Outcome.GIVEN if word.given else Outcome.REFUSED, now, word.reason)
    session.add(AccessEntry.of(Action.GRANT_DECIDED, visitor, now, queries.key_of(caller), str(account.id)))
    if not word.given:
        return ()
    await _give(session, account, proposal, caller.subject, now)
    words = grant_letter(account.login or "", account.full_name, proposal.asked, grants_address, given=True)
    heads = await queries.heads_of(session, proposal.agency, but=account)
    return tuple(Letter(head.email, *words) for head in heads)


async def _give(
    session: AsyncSession, account: Account, proposal: GrantProposal, by: str, now: datetime
) -> None:
    roles = list(officer_roles([*account.roles, *proposal.roles]))
    given = {"roles": roles, "scope": proposal.scope or account.scope}
    session.add_all(account.change(given, by=by, now=now))
    # The rights stand in the tokens: the officer signs in again and has them.
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await session.flush()
    await record(session, account.officer_changed(now))
