"""Propose to suspend an account by decision; it counts once another person confirms it."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.suspending import AccountUnknownError, Decision, must_end
from identity.models import AccessEntry, Action, Suspension


async def propose_suspension(
    session: AsyncSession, caller: Caller, who: str, decision: Decision, *, visitor: Visitor, now: datetime
) -> Suspension:
    """Propose a suspension of the person known by an identity number, a telephone or an address.

    Raises: ForbiddenError, AccountUnknownError (also for an officer: the agency switches those off),
        SuspensionDayError, SuspendedAlreadyError.
    Source: BD Đ.4.7; HN Đ.6.7; NB Đ.18.1.a; TN Đ.13.1; R-SEC-08
    """
    caller.require(*who_may(Right.SUSPEND_ACCOUNT))
    today = local_day(now)
    must_end(decision.until_on, today)
    account = await queries.account_for_sign_in(session, who)
    if account is None or account.is_officer:
        raise AccountUnknownError(field="who", rule="known")
    made = await Suspension.propose(session, account.id, decision, by=caller.subject, now=now, today=today)
    session.add(
        AccessEntry.of(Action.SUSPENSION_PROPOSED, visitor, now, queries.key_of(caller), str(account.id))
    )
    await session.flush()
    return made
