"""Read how an officer stands with signing in: locked or not, with which factor, and what may be done about it."""

from datetime import datetime
from typing import NamedTuple

from common.security import Caller
from regulation.roles import Right, Role, Scope, may_grant_role, may_grant_scope, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.grants import Waiting
from identity.domain.helping import Help, granter_sees_password, helps
from identity.domain.roles import must_grant_here
from identity.models import Account, GrantProposal, is_locked


class Standing(NamedTuple):
    """An officer, how the account stands, and what its administrator may do."""

    account: Account
    locked: bool
    enrolled: bool
    seen: bool
    """Whether a first password would be shown to the administrator."""
    actions: tuple[Help, ...]
    waiting: Waiting
    """What waits for a second person's word."""
    grantable: tuple[str, ...]
    """Roles the administrator may give or propose; none for oneself."""
    scopes: tuple[Scope, ...]
    """Data scopes the administrator may give or propose; none for oneself."""


async def read_standing(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> Standing:
    """Tell an administrator how an officer of his reach stands.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged).
    Source: R-ACC-13; R-ACC-18; R-ACC-24
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    locked = await is_locked(session, await queries.locks_of(session, account.id, now), now)
    enrolled = await queries.has_factor(session, account.id)
    own = caller.subject == str(account.id)
    actions = helps(own=own, active=account.active, enrolled=enrolled, locked=locked)
    proposal = await GrantProposal.waiting(session, account.id)
    waiting = proposal.asked if proposal else Waiting()
    return Standing(
        account,
        locked,
        enrolled,
        granter_sees_password([*account.roles, *waiting.roles], account.email),
        actions,
        waiting=waiting,
        grantable=() if own else tuple(role for role in Role if may_grant_role(caller, role)),
        scopes=() if own else tuple(scope for scope in Scope if may_grant_scope(caller, scope)),
    )
