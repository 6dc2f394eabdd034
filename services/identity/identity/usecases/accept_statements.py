"""Accept what must be accepted, in the version that was read."""

from collections.abc import Mapping
from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.acceptance import PasswordAge, must_be_current
from identity.domain.devices import Visitor
from identity.models import Acceptance, AccessEntry, Action


async def accept_statements(
    session: AsyncSession,
    caller: Caller,
    versions: Mapping[str, str],
    *,
    age: PasswordAge,
    visitor: Visitor,
    now: datetime,
) -> None:
    """Write down that the caller accepted these versions. Twice makes one more line and nothing else.

    Raises: StatementOutdatedError for a version that no longer stands.
    Source: NB Đ.27.3; BD Đ.15.1; R-SEC-01; R-ORG-16
    """
    account = await queries.own_account(session, caller)
    asked = await queries.asked(session, account, age, now)
    for one in must_be_current(asked.statements, versions):
        session.add(Acceptance(account_id=account.id, kind=one.kind, version=one.version, accepted_at=now))
        session.add(
            AccessEntry.of(Action.STATEMENT_ACCEPTED, visitor, now, account.id, f"{one.kind} {one.version}")
        )
    await session.flush()
