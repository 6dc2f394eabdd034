"""Change the profile: new values, one history row each; dossiers already submitted keep what they were given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.profile import profile_values
from identity.models import AccessEntry, Account, Action


async def change_profile(
    session: AsyncSession,
    caller: Caller,
    values: Mapping[str, Any],
    *,
    version: int,
    visitor: Visitor,
    now: datetime,
) -> Account:
    """Set the values a person may change of himself.

    No event carries a citizen's data: what a dossier was given stays as it was. A new telephone is a note until it
    answered: nobody signs in by it, nothing is sent to it, and it may be another's.

    Raises: InvalidInputError, StaleVersionError.
    Source: TN PL.B1; TN Đ.9.3; R-ACC-09
    """
    account = await queries.own_account(session, caller, lock=True)
    account.expect(version)
    checked = profile_values(values, await queries.correctable_of(session, account), local_day(now))
    if checked.get("phone", account.phone) != account.phone:
        checked["phone_proven"] = False
    history = account.change(checked, by=caller.subject, now=now)
    if history:
        session.add_all([*history, AccessEntry.of(Action.PROFILE_CHANGED, visitor, now, account.id)])
    await session.flush()
    if history and account.is_officer:
        await record(session, account.officer_changed(now))
    return account
