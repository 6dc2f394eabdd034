"""Propose to keep a person, a dossier or a question by decision: it is kept at once, and waits for a second word."""

from datetime import date, datetime

from common.outbox import record
from common.security import Caller
from regulation.holds import Held
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.holding import HoldDecision, key_of_held, must_be_looked_at_again
from identity.domain.suspending import AccountUnknownError
from identity.models import Hold


async def propose_hold(
    session: AsyncSession,
    caller: Caller,
    kind: Held,
    named: str,
    decision: HoldDecision,
    *,
    until_on: date,
    code_pattern: str,
    now: datetime,
) -> Hold:
    """Keep what is named from now on; an account by number, telephone, address or id, all else by its code.

    Raises: ForbiddenError, HoldDayError, AccountUnknownError, HeldUnreadableError.
    Source: Luật 33/2024; R-SEC-20
    """
    caller.require(*who_may(Right.HOLD_RECORDS))
    must_be_looked_at_again(until_on, local_day(now))
    subject = (
        await _account(session, named) if kind is Held.ACCOUNT else key_of_held(kind, named, code_pattern)
    )
    made = Hold.proposed(kind, subject, decision, until_on, by=caller.subject, now=now)
    session.add(made)
    await session.flush()
    await record(session, made.changed(now))
    return made


async def _account(session: AsyncSession, named: str) -> str:
    """Find the citizen's account that is meant, also one that is being closed. Raises: AccountUnknownError."""
    found = await queries.account_for_sign_in(session, named)
    if found is None and (ids := await queries.accounts(session, [named.strip()])):
        found = ids[0]
    if found is None or found.is_officer or found.erased_at is not None:
        raise AccountUnknownError(field="subject", rule="known")
    return str(found.id)
