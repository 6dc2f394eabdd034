"""Enter an agency's request for officers' rights."""

from collections.abc import Sequence
from datetime import datetime

from common.security import Caller
from regulation.roles import Right, view, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import OtherAgencyError
from identity.domain.registered import Document, Person
from identity.domain.roles import must_grant_here
from identity.models import AccessEntry, Action, RegisteredPerson, RightsRequest


async def enter_request(
    session: AsyncSession,
    caller: Caller,
    agency: str,
    paper: Document,
    people: Sequence[Person],
    *,
    office_grants: bool,
    visitor: Visitor,
    now: datetime,
) -> RightsRequest:
    """Write a request down with number, day and list of persons; accounts and rights follow from it.

    Raises: ForbiddenError, RightsGrantedElsewhereError, OtherAgencyError, RequestFutureError.
    Source: QT Đ.11.2; QT Đ.11.5; R-ACC-17
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    if not view(Right.GRANT_RIGHTS, caller).reaches(agency):
        raise OtherAgencyError(field="agency", rule="own-agency")
    paper.must_exist(local_day(now))
    made = RightsRequest.entered(agency, paper, caller.subject, now)
    session.add(made)
    await session.flush()
    session.add_all(RegisteredPerson.listed(made, one) for one in people)
    entry = AccessEntry.of(Action.RIGHTS_REQUESTED, visitor, now, queries.key_of(caller), str(made.id))
    session.add(entry)
    await session.flush()
    return made
