"""Read what one must accept, and what one accepted."""

from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.acceptance import PasswordAge
from identity.queries.acceptances import Asked


async def read_statements(session: AsyncSession, caller: Caller, *, age: PasswordAge, now: datetime) -> Asked:
    """Give every statement the caller is asked to accept. Source: R-SEC-01; R-ORG-16"""
    return await queries.asked(session, await queries.own_account(session, caller), age, now)
