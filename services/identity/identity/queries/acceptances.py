"""What an account accepted, and what it owes now."""

import uuid
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.acceptance import Accepted, PasswordAge, asked_of, due
from identity.domain.terms import Statement
from identity.models import Acceptance, Account, ProviderAccount


class Asked(NamedTuple):
    """What an account is asked to accept, what it accepted, and what is due."""

    statements: tuple[Statement, ...]
    accepted: dict[str, Accepted]
    due: tuple[Statement, ...]
    outside: bool
    """Whether an outside provider keeps its password."""


async def asked(session: AsyncSession, account: Account, age: PasswordAge, now: datetime) -> Asked:
    """Tell what an account must accept at a moment."""
    bound_at = await _bound_at(session, account.id)
    wanted = asked_of(officer=account.is_officer, bound_at=bound_at, age=age)
    newest = (
        select(Acceptance.kind, Acceptance.version, Acceptance.accepted_at)
        .where(Acceptance.account_id == account.id)
        .distinct(Acceptance.kind)
        .order_by(Acceptance.kind, Acceptance.id.desc())
    )
    accepted = {row.kind: Accepted(row.version, row.accepted_at) for row in await session.execute(newest)}
    owed = due(wanted, accepted, now, bound_at=bound_at)
    return Asked(wanted, accepted, owed, bound_at is not None)


async def _bound_at(session: AsyncSession, account_id: uuid.UUID) -> datetime | None:
    first = select(func.min(ProviderAccount.bound_at)).where(ProviderAccount.account_id == account_id)
    found: datetime | None = await session.scalar(first)
    return found
