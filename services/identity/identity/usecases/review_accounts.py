"""Review officers' accounts that were not used: each is disabled or kept with a reason, and the report stays."""

from collections.abc import Collection, Mapping
from datetime import datetime

from common.ids import uuid7
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.reviewing import Fate, ReviewOffError, Verdict, months_before, verdicts
from identity.domain.roles import must_grant_here
from identity.models import AccessEntry, Account, Action, UsageReview, UsageReviewLine


async def review_accounts(
    session: AsyncSession,
    caller: Caller,
    confirmed: Collection[str],
    kept: Mapping[str, str],
    *,
    months: int,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> UsageReview:
    """Confirm the whole list of unused accounts: all are disabled at once but those kept with a reason.

    Raises: ForbiddenError, RightsGrantedElsewhereError, ReviewOffError, ReviewChangedError, KeepReasonError.
    Source: QT Đ.11.5; R-ACC-20
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    if not months:
        raise ReviewOffError(rule="accounts.review_cycle")
    since = months_before(now, months)
    unused = await queries.unused_since(session, caller, since)
    said = verdicts([str(one.account.id) for one in unused], confirmed, kept)
    made = UsageReview(
        id=uuid7(), agency=caller.agency or "", since=since, entered_by=caller.subject, entered_at=now
    )
    session.add(made)
    await session.flush()
    for one in unused:
        verdict = said[str(one.account.id)]
        session.add(_line(made, one.account, one.last_used_at, verdict))
        if verdict.fate is Fate.DISABLED:
            await _disable(session, one.account, caller, visitor, now=now)
    await session.flush()
    return made


def _line(review: UsageReview, account: Account, last: datetime | None, said: Verdict) -> UsageReviewLine:
    return UsageReviewLine(
        review_id=review.id,
        account_id=account.id,
        last_used_at=last,
        fate=said.fate.value,
        reason=said.reason,
    )


async def _disable(
    session: AsyncSession, account: Account, caller: Caller, visitor: Visitor, *, now: datetime
) -> None:
    session.add_all(account.change({"active": False}, by=caller.subject, now=now))
    entry = AccessEntry.of(Action.UNUSED_DISABLED, visitor, now, queries.key_of(caller), str(account.id))
    session.add(entry)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await session.flush()
    await record(session, account.officer_changed(now))
