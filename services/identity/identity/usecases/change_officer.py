"""Change an officer: unit, roles, scope or activity; what is taken away stops working at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.errors import NotFoundError
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, Scope, view, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.officers import officer_roles
from identity.domain.roles import must_be_grantable, must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action


async def change_officer(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    values: Mapping[str, Any],
    *,
    version: int,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> Account:
    """Set unit, roles, scope or active of an officer the caller's right reaches, and announce it.

    Raises: ForbiddenError, RightsGrantedElsewhereError,
        NotFoundError (also for another agency, and logged), OwnRightsError, StaleVersionError,
        RoleNotGrantableError, RolesMissingError.
    Source: R-ACC-18; requirements C
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.account(session, officer_id, lock=True)
    if not account.is_officer or not view(Right.GRANT_RIGHTS, caller).reaches(account.agency or ""):
        session.add(AccessEntry.of(Action.OUT_OF_SCOPE, visitor, now, queries.key_of(caller), officer_id))
        await session.commit()
        raise NotFoundError
    must_not_be_own(caller.subject, officer_id)
    account.expect(version)
    wanted = {**values}
    if "roles" in wanted:
        wanted["roles"] = list(officer_roles(wanted["roles"]))
    scope = Scope(wanted.get("scope") or account.scope)
    must_be_grantable(caller, wanted.get("roles", account.roles), scope, agency=account.agency or "")
    history = account.change(wanted, by=caller.subject, now=now)
    if history:
        session.add_all([*history, _logged(caller, account, visitor, now)])
        await _end_sessions(session, account, now)
        await session.flush()
        await record(session, account.officer_changed(now))
    return account


def _logged(caller: Caller, account: Account, visitor: Visitor, now: datetime) -> AccessEntry:
    return AccessEntry.of(Action.OFFICER_CHANGED, visitor, now, queries.key_of(caller), str(account.id))


async def _end_sessions(session: AsyncSession, account: Account, now: datetime) -> None:
    # The rights stand in the tokens: a renewal would carry them on, so the officer signs in again.
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
