"""Commit to keep the population database's data safe, in the system or on a signed paper."""

from datetime import date, datetime
from typing import NamedTuple

from common.ids import uuid7
from common.security import Caller
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.registered import COMMITMENT_LASTS, Case, RightsNotRegisteredError, commitment_holds
from identity.domain.roles import must_grant_here
from identity.models import AccessEntry, Account, Action, Commitment


class Signed(NamedTuple):
    """A signed paper: number, day, and until when it counts."""

    number: str
    signed_on: date
    until_on: date


async def commit_oneself(
    session: AsyncSession, caller: Caller, *, visitor: Visitor, now: datetime
) -> Commitment:
    """Accept the commitment in the system, for a year.

    Raises: NotFoundError, RightsNotRegisteredError.
    Source: QT Đ.13.4; R-ACC-21
    """
    account = await queries.own_account(session, caller)
    today = local_day(now)
    await _expect_registered(session, account)
    made = _kept(account, Signed("", today, today + COMMITMENT_LASTS), caller.subject, now)
    entry = AccessEntry.of(Action.COMMITTED, visitor, now, queries.key_of(caller), str(account.id))
    session.add_all([made, entry])
    await session.flush()
    return made


async def enter_commitment(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    paper: Signed,
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> Commitment:
    """Enter a commitment that an officer signed on paper.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        CommitmentPeriodError, RightsNotRegisteredError.
    Source: QT Đ.13.4; R-ACC-21
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    commitment_holds(paper.signed_on, paper.until_on, local_day(now))
    await _expect_registered(session, account)
    made = _kept(account, paper, caller.subject, now)
    entry = AccessEntry.of(Action.COMMITTED, visitor, now, queries.key_of(caller), str(account.id))
    session.add_all([made, entry])
    await session.flush()
    return made


async def _expect_registered(session: AsyncSession, account: Account) -> None:
    if Case.POPULATION not in (await queries.papers_of(session, account)).held:
        raise RightsNotRegisteredError(rule="registered", name=account.full_name)


def _kept(account: Account, paper: Signed, by: str, now: datetime) -> Commitment:
    return Commitment(
        id=uuid7(),
        account_id=account.id,
        document_number=paper.number or None,
        signed_on=paper.signed_on,
        until_on=paper.until_on,
        entered_by=by,
        entered_at=now,
    )
