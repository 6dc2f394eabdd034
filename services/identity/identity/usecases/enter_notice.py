"""Enter an agency's notice about an officer: rights change or end at once, the history stays."""

from datetime import datetime
from typing import Any, NamedTuple

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.letters import notice_letter
from identity.domain.registered import Document, NoticeKind, roles_left
from identity.domain.roles import must_grant_here, must_not_be_own
from identity.models import AccessEntry, Account, Action, GrantProposal, OfficerNotice
from identity.ports import Letter


class Noticed(NamedTuple):
    """The officer as he stands now, and the letters to the heads."""

    account: Account
    letters: tuple[Letter, ...]


async def enter_notice(
    session: AsyncSession,
    caller: Caller,
    officer_id: str,
    kind: NoticeKind,
    paper: Document,
    *,
    office_grants: bool,
    work_address: str,
    visitor: Visitor,
    now: datetime,
) -> Noticed:
    """Write a notice down and end at once what it ends: roles, what waits, sign-ins; the heads are told to hand over.

    Raises: ForbiddenError, RightsGrantedElsewhereError, NotFoundError (also for another agency, and logged),
        OwnRightsError, RequestFutureError.
    Source: QT Đ.11.3; R-ACC-19
    """
    caller.require(*who_may(Right.GRANT_RIGHTS))
    must_grant_here(caller, office_grants)
    account = await queries.officer_to_help(session, caller, officer_id, visitor=visitor, now=now)
    must_not_be_own(caller.subject, officer_id)
    paper.must_exist(local_day(now))
    session.add(OfficerNotice.entered(account, kind, paper, caller.subject, now))
    left = roles_left(account.roles, kind)
    changed: dict[str, Any] = {"roles": left, "active": account.active and bool(left)}
    history = account.change(changed, by=caller.subject, now=now)
    session.add_all(history)
    entry = AccessEntry.of(Action.NOTICE_ENTERED, visitor, now, queries.key_of(caller), str(account.id))
    session.add(entry)
    await session.flush()
    if not history:
        return Noticed(account, ())
    await _end_all(session, account, caller.subject, now)
    words = notice_letter(account.login or "", account.full_name, work_address)
    heads = await queries.heads_of(session, account.agency or "", but=account)
    return Noticed(account, tuple(Letter(head.email, *words) for head in heads))


async def _end_all(session: AsyncSession, account: Account, by: str, now: datetime) -> None:
    """End what waits for a second word and every sign-in, and announce it."""
    await GrantProposal.replace(session, account, by, now)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await session.flush()
    await record(session, account.officer_changed(now))
