"""Read contacts: another service asks where to reach people, and the access log keeps that it did."""

from collections.abc import Collection, Sequence
from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import CONTACTS
from identity.models import AccessEntry, Account, Action


async def read_contacts(
    session: AsyncSession, caller: Caller, account_ids: Collection[str], *, visitor: Visitor, now: datetime
) -> Sequence[Account]:
    """Give the accounts whose contact a service may read, without those that do not exist.

    Raises: ForbiddenError.
    """
    caller.require(CONTACTS)
    accounts = await queries.accounts(session, account_ids)
    session.add_all(
        AccessEntry.of(Action.CONTACT_READ, visitor, now, account.id, caller.subject) for account in accounts
    )
    return accounts
