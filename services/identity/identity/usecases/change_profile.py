"""Change the profile: new values, one history row each; dossiers already submitted keep what they were given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import AccountExistsError
from identity.domain.profile import profile_values
from identity.models import AccessEntry, Account, Action
from identity.models.account import OFFICER


async def change_profile(
    session: AsyncSession,
    caller: Caller,
    values: Mapping[str, Any],
    *,
    version: int,
    visitor: Visitor,
    recovery: str,
    now: datetime,
) -> Account:
    """Set the values a person may change of himself.

    No event carries a citizen's data: what a dossier was given stays as it was.

    Raises: InvalidInputError, StaleVersionError, AccountExistsError (the telephone is another's).
    Source: TN PL.B1; TN Đ.9.3; R-ACC-09
    """
    account = await queries.own_account(session, caller, lock=True)
    account.expect(version)
    checked = profile_values(values, officer=account.is_officer)
    await _must_be_free(session, account, checked.get("phone"), recovery)
    history = account.change(checked, by=caller.subject, now=now)
    if history:
        session.add_all([*history, AccessEntry.of(Action.PROFILE_CHANGED, visitor, now, account.id)])
    try:
        await session.flush()
    except IntegrityError:
        raise AccountExistsError(field="phone", rule="unique", recovery=recovery) from None
    if history and account.is_officer:
        await record(session, account.officer_changed(now))
    return account


async def _must_be_free(session: AsyncSession, account: Account, phone: str | None, recovery: str) -> None:
    if phone is None or account.is_officer:
        return
    twin = select(Account.id).where(
        Account.phone == phone, Account.realm != OFFICER, Account.id != account.id
    )
    if await session.scalar(twin):
        raise AccountExistsError(field="phone", rule="unique", recovery=recovery)
