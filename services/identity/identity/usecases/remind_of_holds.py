"""Remind who decided a hold that its day is near or over: no day ends it, somebody has to look at it again."""

from collections.abc import Sequence
from datetime import datetime

from regulation.holds import reminder_is_due
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.letters import hold_reminder_letter
from identity.ports import Letter


async def remind_of_holds(session: AsyncSession, now: datetime) -> Sequence[Letter]:
    """Write down whom to remind today, and return the letters to send.

    Source: R-SEC-20; requirements 0.3.2
    """
    today, letters = local_day(now), list[Letter]()
    for hold in await queries.holds_to_remind_of(session, today):
        if not reminder_is_due(hold.until_on, hold.reminded_on, today):
            continue
        hold.reminded_on = today
        deciders = {one for one in (hold.proposed_by, hold.confirmed_by) if one}
        words = hold_reminder_letter(hold.decision_number, hold.until_on)
        letters += [
            Letter(one.email, *words) for one in await queries.accounts(session, deciders) if one.active
        ]
    return letters
