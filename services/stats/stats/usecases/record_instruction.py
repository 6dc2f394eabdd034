"""Record what the Chairman instructed about overdue dossiers."""

from dataclasses import dataclass
from datetime import date, datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.overdue import Days, check_instruction
from stats.models import Instruction
from stats.queries.overdue import counted, same_instruction


@dataclass(frozen=True)
class Word:
    """Who instructed what, on which day's report."""

    given_by: str
    words: str
    reported_on: date
    received_on: date


async def record_instruction(
    session: AsyncSession, caller: Caller, days: Days, word: Word, now: datetime
) -> Instruction:
    """Keep the instruction with how many dossiers the list had; sent twice, in the same words, it is kept once.

    Raises:
        DaysUnusableError: the list is of no days, or of days to come.
        InvalidInputError: the instruction says nothing, or its days cannot be.

    Source: TN Đ.11.4.g; R-PRC-15
    """
    today = local_day(now)
    days.expect_usable(today)
    check_instruction(word.given_by, word.words, word.reported_on, word.received_on, today)
    said = {
        "first": days.first,
        "last": days.last,
        "reported_on": word.reported_on,
        "received_on": word.received_on,
        "given_by": word.given_by.strip(),
        "words": word.words.strip(),
        "recorded_by": caller.subject,
    }
    if known := await same_instruction(session, said):
        return known
    kept = Instruction(
        **said,
        overdue_count=sum(count for _, count in await counted(session, true(), days, now)),
        recorded_at=now,
    )
    session.add(kept)
    await session.flush()
    return kept
