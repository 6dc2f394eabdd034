"""State a number: the identity number that an outside provider proved, for the account that holds it."""

from common.security import Caller
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.models import ProviderAccount


async def state_number(session: AsyncSession, caller: Caller) -> str | None:
    """Return the caller's own number where a provider proved it; what somebody only typed is no proof.

    Raises: NotFoundError.
    Source: QT Đ.3.2; QT Đ.14.1; R-ACC-04
    """
    account = await queries.own_account(session, caller)
    proven = await session.scalar(select(exists().where(ProviderAccount.account_id == account.id)))
    return account.id_number if proven and not account.is_officer else None
