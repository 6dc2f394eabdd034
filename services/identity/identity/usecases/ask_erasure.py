"""Ask whether closed accounts may be erased, once their people can no longer take it back."""

from datetime import datetime

from common.outbox import record
from regulation.retention import Record, Retention
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries


async def ask_erasure(session: AsyncSession, retention: Retention, now: datetime) -> int:
    """Announce which closings are due; intake answers for each whether a dossier still needs its person.

    It is asked again each day until the answer is that none does. Source: R-SEC-16; R-SEC-20
    """
    due = await queries.closings_due(session, retention.over_before(Record.ACCOUNT, now))
    for account in due:
        await record(session, account.closing_due(now))
    return len(due)
