"""Import officers from a table: look first, then make all that are right; passwords follow by letter."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.errors import DomainError
from common.ids import uuid7
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.contacts import mailbox
from identity.domain.devices import Visitor
from identity.domain.importing import Checked, RowsWrongError, Wrong
from identity.domain.officers import Officer
from identity.domain.registered import must_be_registered
from identity.domain.roles import must_be_grantable, must_grant_here
from identity.models import AccessEntry, Account, Action

AT_ONCE = 250
EXISTS = "Đã có tài khoản cán bộ với giá trị này.", "An officer's account with this value exists."


@dataclass(frozen=True)
class Wanted:
    """What is to be done with a table: only looked at, or imported, with its wrong lines left out or not."""

    dry_run: bool
    skip_wrong: bool
    office_grants: bool


async def import_officers(
    session: AsyncSession,
    caller: Caller,
    found: Checked,
    wanted: Wanted,
    *,
    visitor: Visitor,
    now: datetime,
) -> Checked:
    """Check a table against rights and accounts; where it is no dry run, make every officer that is right.

    Raises: ForbiddenError, RightsGrantedElsewhereError, RowsWrongError.
    Source: NB Đ.2.3; QT Đ.11.2; R-ACC-11; R-ACC-17; R-ACC-18
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, wanted.office_grants)
    await _against_rights(session, caller, found, needed=wanted.office_grants)
    await _against_accounts(session, found)
    if wanted.dry_run:
        return found
    if found.wrong and not wanted.skip_wrong:
        raise RowsWrongError(field="file", rule="rows", count=found.wrong_lines)
    for begin in range(0, len(found.good), AT_ONCE):
        part = [_account(one, now) for _, one in found.good[begin : begin + AT_ONCE]]
        await _write(session, part, queries.key_of(caller), visitor, now)
    return found


async def _write(
    session: AsyncSession, part: Sequence[Account], key: uuid.UUID | None, visitor: Visitor, now: datetime
) -> None:
    """Write some accounts: between two of these the database is never left waiting for long."""
    session.add_all(part)
    session.add_all(AccessEntry.of(Action.OFFICER_CREATED, visitor, now, key, str(one.id)) for one in part)
    await session.flush()
    await record(session, *(one.officer_changed(now) for one in part))


def _account(who: Officer, now: datetime) -> Account:
    """Make the account without a password: the worker gives a first one and sends it, one after the other."""
    made = Account.of_officer(uuid7(), who, "", now, must_change=True)
    made.password_hash = None
    return made


async def _against_rights(session: AsyncSession, caller: Caller, found: Checked, *, needed: bool) -> None:
    """Take out what the caller may not grant, and whom no request registers."""
    held = await queries.registered_for(session, [one for _, one in found.good]) if needed else {}
    kept = []
    for number, one in found.good:
        try:
            must_be_grantable(caller, one.roles, one.scope, agency=one.agency)
            if needed:
                must_be_registered(one.roles, held.get((one.login, one.agency), frozenset()), one.full_name)
            kept.append((number, one))
        except DomainError as refusal:
            words = refusal.message("vi"), refusal.message("en")
            found.wrong.append(Wrong(number, refusal.field or "roles", *words))
    found.good = kept


async def _against_accounts(session: AsyncSession, found: Checked) -> None:
    """Take out who has an account already."""
    taken = await queries.taken(session, [one for _, one in found.good])
    kept = []
    for number, one in found.good:
        said = {"login": one.login, "id_number": one.identity.value, "email": mailbox(one.email)}
        twins = [column for column, value in said.items() if (column, value) in taken]
        found.wrong += [Wrong(number, column, *EXISTS) for column in twins]
        if not twins:
            kept.append((number, one))
    found.good = kept
    found.wrong.sort(key=lambda one: one.line)
