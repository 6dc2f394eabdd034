"""Reads for the periodic review: who did not use the account, and the reports that were kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from common.conditions import matching
from common.security import Caller
from regulation.roles import Right, view
from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import AccessEntry, Account, Action, UsageReview, UsageReviewLine
from identity.models.account import OFFICER

MOST, REPORTS = 500, 20


class Unused(NamedTuple):
    """An officer who did not sign in, and when he last did."""

    account: Account
    last_used_at: datetime | None


async def unused_since(session: AsyncSession, caller: Caller, since: datetime) -> list[Unused]:
    """List active officers with rights in the caller's reach who exist longer and did not sign in; never the caller.

    Source: QT Đ.11.5; R-ACC-20
    """
    reach = matching(view(Right.GRANT_RIGHTS, caller).alternatives(), agency=Account.agency)
    last = (
        select(func.max(AccessEntry.at))
        .where(AccessEntry.account_id == Account.id, AccessEntry.action == Action.SIGNED_IN.value)
        .scalar_subquery()
    )
    rows = (
        select(Account, last)
        .where(Account.realm == OFFICER, Account.active, func.jsonb_array_length(Account.roles) > 0)
        .where(reach, Account.created_at < since, cast(Account.id, Text) != caller.subject)
        .where(last.is_(None) | (last < since))
        .order_by(Account.agency, Account.full_name, Account.id)
        .limit(MOST)
    )
    return [Unused(row[0], row[1]) for row in await session.execute(rows)]


class Report(NamedTuple):
    """A review that was done, its lines, and the officers they are about."""

    review: UsageReview
    lines: Sequence[tuple[UsageReviewLine, Account]]


async def reviews(session: AsyncSession, caller: Caller) -> list[Report]:
    """List the newest reports in the caller's reach."""
    reach = matching(view(Right.GRANT_RIGHTS, caller).alternatives(), agency=UsageReview.agency)
    newest = select(UsageReview).where(reach).order_by(UsageReview.entered_at.desc()).limit(REPORTS)
    found = (await session.scalars(newest)).all()
    lines = (
        select(UsageReviewLine, Account)
        .join(Account, Account.id == UsageReviewLine.account_id)
        .where(UsageReviewLine.review_id.in_([one.id for one in found]))
        .order_by(UsageReviewLine.id)
    )
    rows = [(row[0], row[1]) for row in await session.execute(lines)]
    return [Report(one, [row for row in rows if row[0].review_id == one.id]) for one in found]
