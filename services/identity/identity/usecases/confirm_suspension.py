"""Confirm a suspension: the second person's word limits the account to looking, and the person is told."""

import uuid
from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.letters import suspension_letter
from identity.domain.suspending import must_be_second
from identity.models import AccessEntry, Action
from identity.ports import Letter


async def confirm_suspension(
    session: AsyncSession, caller: Caller, suspension_id: uuid.UUID, *, visitor: Visitor, now: datetime
) -> Letter:
    """Let a suspension count from now on; every sign-in of the person ends. Give the letter that tells the person.

    Raises: ForbiddenError, NotFoundError, SecondSuspenderNeededError, SuspensionDecidedError.
    Source: BD Đ.4.7; HN Đ.6.7; requirements C, segregation rules; R-SEC-08
    """
    caller.require(*who_may(Right.CONFIRM_SUSPENSION))
    found = await queries.suspension(session, suspension_id)
    must_be_second(found.proposed_by, caller.subject)
    found.confirm(caller.subject, now)
    account = await queries.account(session, str(found.account_id), lock=True)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    session.add(AccessEntry.of(Action.SUSPENDED, visitor, now, account.id, caller.subject))
    words = suspension_letter(found.decision_number, found.ground, found.until_on, found.appeal)
    return Letter(account.email, *words)
