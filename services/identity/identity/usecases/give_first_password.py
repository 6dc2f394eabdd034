"""Give a first password again: the way back in for an officer, asked by the administrator and sent to the officer."""

from datetime import datetime
from typing import NamedTuple

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.factor import APART, must_be_another
from identity.domain.helping import granter_sees_password
from identity.domain.letters import first_password_letter
from identity.domain.officers import first_password
from identity.domain.roles import must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action, FormerMail, GrantProposal, KnownDevice
from identity.ports import Letter, Passwords


class Given(NamedTuple):
    """The account, the letter to its officer, or the password where there is no mailbox for one."""

    account: Account
    letter: Letter | None
    password: str | None


async def give_first_password(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    *,
    version: int,
    office_grants: bool,
    sign_in_address: str,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Given:
    """Replace an officer's password by one to be changed at once, and end every sign-in.

    The second factor stays: whoever reads the officer's mail does not come in by it.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        OwnRightsError, StaleVersionError, SecondPersonNeededError.
    Source: NB Đ.24.2; R-ACC-13; R-ACC-24
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    for clearer in await queries.who_did(session, account.id, Action.FACTOR_CLEARED, now - APART):
        must_be_another(caller.subject, clearer)
    account.expect(version)
    secret = first_password()
    account.set_first_password(await passwords.hash(secret), now)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await KnownDevice.forget_all(session, account.id)
    session.add(AccessEntry.of(Action.PASSWORD_RESET, visitor, now, account.id, caller.subject))
    waiting = await GrantProposal.waiting(session, account.id)
    former = await FormerMail.first(session, account.id, now)  # a thief may have set the newest address
    address = former.email if former is not None else account.email
    if granter_sees_password([*account.roles, *(waiting.roles if waiting else ())], address):
        return Given(account, None, secret)
    words = first_password_letter(account.login or "", secret, sign_in_address)
    return Given(account, Letter(address, *words), None)
