"""Let go again of what a restore brought back: sign-ins and codes of then, and people who were erased since."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from audit import did
from common.outbox import record
from regulation.retention import Record, key_of
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from identity.models import Account, Challenge, ProviderAttempt, SignInSession


class LetGo(NamedTuple):
    """How many sign-ins were ended, codes made void, and people asked to be erased again."""

    sign_in_count: int
    code_count: int
    account_count: int


async def let_go_again(session: AsyncSession, erased: Collection[uuid.UUID], now: datetime) -> LetGo:
    """End every sign-in, make every code void, and ask at once whether who was `erased` may be erased again.

    A dossier that the restore opened again still needs its person, so intake is asked as for every closing. Who was
    erased had closed the account at some time after it was made. Source: Luật 91/2025; R-SEC-16; R-SEC-20
    """
    ended = update(SignInSession).where(SignInSession.ended_at.is_(None)).values(ended_at=now)
    sign_in_count = await _counted(session, Record.SIGN_IN, ended.returning(SignInSession.id))
    void = update(Challenge).where(Challenge.used_at.is_(None)).values(used_at=now)
    await session.execute(delete(ProviderAttempt))  # a challenge of a passkey ends with its sign-in
    code_count = await _counted(session, Record.CODE, void.returning(Challenge.id))
    back = select(Account).where(Account.id.in_(erased), Account.erased_at.is_(None)).order_by(Account.id)
    accounts = (await session.scalars(back)).all()
    for account in accounts:
        account.closing_at = account.closing_at or account.created_at
    await session.flush()
    for account in accounts:
        await record(session, account.closing_due(now))
        purpose = key_of(Record.ACCOUNT)
        await did(session, "identity", "restore", subject=str(account.id), purpose=purpose, count=1)
    return LetGo(sign_in_count, code_count, len(accounts))


async def _counted(session: AsyncSession, kind: Record, change: ReturningUpdate[tuple[uuid.UUID]]) -> int:
    """Make a change to rows of a kind of record, and write down how many there were."""
    changed = await session.execute(change)
    count = len(changed.all())
    await did(session, "identity", "restore", subject=kind, purpose=key_of(kind), count=count)
    return count
