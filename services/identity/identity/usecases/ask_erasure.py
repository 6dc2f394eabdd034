"""Ask whether closed accounts may be erased, once their people can no longer take it back."""

from datetime import datetime
from typing import Final

from common.outbox import record
from regulation.retention import Record, Retention
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.models import Account

BATCH: Final = 500


async def ask_erasure(
    session: AsyncSession, retention: Retention, now: datetime, behind: Account | None = None
) -> Account | None:
    """Announce a batch of the closings that are due; intake answers for each whether a dossier still needs its person.

    It is asked again each day until the answer is that none does. Those that wait stand before nobody: return the last
    one, behind which to go on, or nothing at the end. Source: R-SEC-16; R-SEC-20
    """
    due = await queries.closings_due(
        session, retention.over_before(Record.ACCOUNT, now), behind=behind, limit=BATCH
    )
    for account in due:
        await record(session, account.closing_due(now))
    return due[-1] if len(due) == BATCH else None
