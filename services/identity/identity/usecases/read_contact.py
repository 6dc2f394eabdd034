"""Read a contact: another service asks where to reach a person, and the access log keeps that it did."""

from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.roles import CONTACTS
from identity.models import AccessEntry, Account, Action


async def read_contact(
    session: AsyncSession, caller: Caller, account_id: str, *, visitor: Visitor, now: datetime
) -> Account:
    """Give the account whose contact a service may read.

    Raises: ForbiddenError, NotFoundError.
    """
    caller.require(CONTACTS)
    account = await queries.account(session, account_id)
    session.add(AccessEntry.of(Action.CONTACT_READ, visitor, now, account.id, caller.subject))
    return account
