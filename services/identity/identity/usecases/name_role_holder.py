"""Name who holds a post of the province from a day on; the one before ends the day before."""

from datetime import datetime

from common.errors import ForbiddenError
from common.security import Caller
from regulation.roles import Reach, Right, reach_of, who_may
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.holders import HolderPeriodError, Naming, must_follow
from identity.models import AccessEntry, Action, RoleHolder


async def name_role_holder(
    session: AsyncSession, caller: Caller, said: Naming, *, visitor: Visitor, now: datetime
) -> RoleHolder:
    """Write down by which paper a body holds a post, from when, and who stands in until it exists.

    Raises: ForbiddenError also for who grants in one agency only, HolderPeriodError.
    Source: TN Đ.23.1–3; TN Đ.25.2; BD Đ.12; BD Đ.17; QT Đ.6.1; QT Đ.24.1; NB Đ.8.1; HN Đ.9.6; R-ORG-01
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    if reach_of(Right.GRANT_RIGHTS, caller.roles, caller.scope) is not Reach.PROVINCE:
        raise ForbiddenError
    before = await queries.newest_holder(session, said.post)
    last = must_follow(said, before.from_on if before else None)
    if before is not None and (before.until_on is None or before.until_on > last):
        before.until_on = last
    made = RoleHolder.named(said, caller.subject, now)
    session.add(made)
    session.add(AccessEntry.of(Action.HOLDER_NAMED, visitor, now, queries.key_of(caller), said.post.value))
    try:
        await session.flush()
    except IntegrityError:
        raise HolderPeriodError(field="from_on", rule="period") from None
    return made
