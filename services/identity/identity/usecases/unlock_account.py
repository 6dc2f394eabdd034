"""Unlock an account that too many failures closed: by the administrator, or by whoever runs the machine."""

from datetime import datetime

from common.errors import NotFoundError
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action, forgive

MACHINE = "machine"
"""Who unlocks from the command line."""


async def unlock_account(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> Account:
    """Forget the failures of an officer's sign-ins, codes and second factor; nothing else changes.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        OwnRightsError.
    Source: NB Đ.24.3; R-ACC-24; requirements C, segregation rules
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    await _forgive(session, account, caller.subject, visitor, now)
    return account


async def unlock_by_name(session: AsyncSession, login: str, *, visitor: Visitor, now: datetime) -> Account:
    """Forget the failures of the account a sign-in name means, a citizen's or an officer's.

    Raises: NotFoundError.
    """
    account = await queries.account_for_sign_in(session, login)
    if account is None:
        raise NotFoundError
    await _forgive(session, account, MACHINE, visitor, now)
    return account


async def _forgive(session: AsyncSession, account: Account, by: str, visitor: Visitor, now: datetime) -> None:
    await forgive(session, await queries.locks_of(session, account.id, now))
    session.add(AccessEntry.of(Action.UNLOCKED, visitor, now, account.id, by))
    await session.flush()
