"""Create an officer: one named person of the administrator's own agency, with a first password to be changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from common.errors import ConflictError
from common.ids import uuid7
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, Scope, who_may
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.grants import Waiting, parted, scope_parted
from identity.domain.letters import first_password_letter, grant_letter
from identity.domain.officers import Officer, first_password
from identity.domain.roles import must_be_grantable, must_grant_here
from identity.models import AccessEntry, Account, Action, GrantProposal
from identity.ports import Letter, Passwords


class OfficerExistsError(ConflictError):
    """One person has one officer account, and a sign-in name has one person. Source: NB Đ.2.3; R-ACC-11."""

    code = "officer-exists"
    vi = "Đã có tài khoản cán bộ với thông tin này. Mỗi người chỉ có một tài khoản cán bộ."
    en = "An officer account already has this. One person has one officer account."


@dataclass(frozen=True)
class Created:
    """The new officer, what waits, and the letters to hand over once it is committed, the first password's first."""

    account: Account
    waiting: Waiting
    letters: tuple[Letter, ...]


async def create_officer(
    session: AsyncSession,
    caller: Caller,
    new: Officer,
    *,
    first_change: bool,
    office_grants: bool,
    sign_in_address: str,
    grants_address: str,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Created:
    """Make an officer's account and announce it; what nobody gives alone waits, and the head is told.

    Raises: ForbiddenError, RightsGrantedElsewhereError, OtherAgencyError, RoleNotGrantableError,
        RightsNotRegisteredError, OfficerExistsError.
    Source: NB Đ.2.3; NB Đ.24.2; QT Đ.11.2; R-ACC-11; R-ACC-13; R-ACC-17; R-ACC-18
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    must_be_grantable(caller, new.roles, new.scope, agency=new.agency)
    whose = queries.Whose(new.login, new.agency, new.full_name)
    await queries.expect_registered(session, whose, new.roles, needed=office_grants)
    if field := await queries.officer_twin(session, new):
        raise OfficerExistsError(field=field, rule="one-person")
    secret, (now_held, roles_wait) = first_password(), parted(new.roles)
    seen, scope_waits = scope_parted(new.scope, Scope.OWN, new.roles)
    new, waiting = replace(new, roles=now_held, scope=seen), Waiting(roles_wait, scope_waits)
    account = Account.of_officer(uuid7(), new, await passwords.hash(secret), now, must_change=first_change)
    session.add(account)
    session.add(AccessEntry.of(Action.OFFICER_CREATED, visitor, now, queries.key_of(caller), str(account.id)))
    try:
        await session.flush()
    except IntegrityError:
        raise OfficerExistsError(rule="one-person") from None
    await record(session, account.officer_changed(now))
    letter = Letter(new.email, *first_password_letter(new.login, secret, sign_in_address))
    others = await _proposed(session, account, waiting, by=caller.subject, address=grants_address, now=now)
    return Created(account, waiting, (letter, *others))


async def _proposed(
    session: AsyncSession, account: Account, waiting: Waiting, *, by: str, address: str, now: datetime
) -> list[Letter]:
    """Let what nobody gives alone wait for a second person, and write to the heads."""
    if not waiting:
        return []
    await GrantProposal.propose(session, account, waiting, by, now)
    words = grant_letter(account.login or "", account.full_name, waiting, address, given=False)
    heads = await queries.heads_of(session, account.agency or "", but=account)
    return [Letter(head.email, *words) for head in heads]
