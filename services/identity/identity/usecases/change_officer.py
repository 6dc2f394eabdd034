"""Change an officer: what is taken away stops at once, some of what is given waits for a second person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, Scope, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.grants import Waiting, parted, scope_parted
from identity.domain.letters import grant_letter
from identity.domain.officers import officer_roles
from identity.domain.people import officer_name
from identity.domain.roles import must_be_grantable, must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action, GrantProposal
from identity.ports import Letter


class Changed(NamedTuple):
    """The officer, what waits for a second person, and the letters to the heads."""

    account: Account
    waiting: Waiting
    letters: tuple[Letter, ...]


async def change_officer(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    values: Mapping[str, Any],
    *,
    version: int,
    office_grants: bool,
    grants_address: str,
    visitor: Visitor,
    now: datetime,
) -> Changed:
    """Set name, unit, roles, scope or active of an officer the caller's right reaches, and announce it.

    Another scope that counts at once ends what waited: else a narrower one could be undone by an older proposal.

    Raises: ForbiddenError, RightsGrantedElsewhereError,
        NotFoundError (also for another agency, and logged), OwnRightsError, StaleVersionError,
        RoleNotGrantableError, RolesMissingError, RightsNotRegisteredError.
    Source: QT Đ.11.2; R-ACC-17; R-ACC-18; requirements C
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    account.expect(version)
    wanted, waiting = _parted(caller, account, values)
    await _registered(session, account, [*wanted.get("roles", ()), *waiting.roles], needed=office_grants)
    if wanted["scope"] != account.scope:
        await GrantProposal.replace(session, account, caller.subject, now)
    history = account.change(wanted, by=caller.subject, now=now)
    if history:
        session.add_all([*history, _logged(caller, account, visitor, now)])
        await _end_sessions(session, account, now)
        await session.flush()
        await record(session, account.officer_changed(now))
    letters = await _proposed(session, caller, account, waiting, address=grants_address, now=now)
    return Changed(account, waiting, letters)


async def _registered(session: AsyncSession, account: Account, roles: list[str], *, needed: bool) -> None:
    whose = queries.Whose(account.login or "", account.agency or "", account.full_name, account.id)
    await queries.expect_registered(session, whose, sorted({*roles} - {*account.roles}), needed=needed)


def _parted(caller: Caller, account: Account, values: Mapping[str, Any]) -> tuple[dict[str, Any], Waiting]:
    """Part what is wanted into what counts at once and what waits; refuse what the caller may not grant."""
    roles = officer_roles(values["roles"]) if "roles" in values else tuple(account.roles)
    held, scope = Scope(account.scope), Scope(values.get("scope") or account.scope)
    must_be_grantable(caller, roles, scope, agency=account.agency or "")
    at_once, roles_wait = parted(roles, account.roles)
    seen, scope_waits = scope_parted(scope, held, roles)
    given: dict[str, Any] = {"roles": list(at_once)} if "roles" in values else {}
    if "full_name" in values:
        given["full_name"] = officer_name(values["full_name"])
    return {**values, **given, "scope": seen.value}, Waiting(roles_wait, scope_waits)


async def _proposed(
    session: AsyncSession,
    caller: Caller,
    account: Account,
    waiting: Waiting,
    *,
    address: str,
    now: datetime,
) -> tuple[Letter, ...]:
    """Let roles and a scope wait for a second person, and write to the heads."""
    if not waiting:
        return ()
    await GrantProposal.propose(session, account, waiting, caller.subject, now)
    words = grant_letter(account.login or "", account.full_name, waiting, address, given=False)
    heads = await queries.heads_of(session, account.agency or "", but=account)
    return tuple(Letter(head.email, *words) for head in heads)


def _logged(caller: Caller, account: Account, visitor: Visitor, now: datetime) -> AccessEntry:
    return AccessEntry.of(Action.OFFICER_CHANGED, visitor, now, queries.key_of(caller), str(account.id))


async def _end_sessions(session: AsyncSession, account: Account, now: datetime) -> None:
    # The rights stand in the tokens: a renewal would carry them on, so the officer signs in again.
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
