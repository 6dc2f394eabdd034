"""Reads of rights that wait for a second word, each within what the caller may see."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal
from common.conditions import matching
from common.errors import NotFoundError
from common.security import Caller
from regulation.roles import Right, Role, view
from sqlalchemy import false, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.devices import Visitor
from identity.models import AccessEntry, Account, Action, GrantProposal
from identity.models.account import OFFICER
from identity.queries.accounts import key_named, key_of

MOST = 200


async def waiting_grants(session: AsyncSession, caller: Caller) -> Sequence[tuple[GrantProposal, Account]]:
    """List what waits in the caller's reach, the oldest first."""
    ways = view(Right.CONFIRM_GRANTS, caller).alternatives()
    rows = await session.execute(
        select(GrantProposal, Account)
        .join(Account, Account.id == GrantProposal.account_id)
        .where(GrantProposal.outcome.is_(None))
        .where(matching(ways, agency=GrantProposal.agency) if ways else false())
        .order_by(GrantProposal.proposed_at, GrantProposal.id)
        .limit(MOST)
    )
    return [(proposal, account) for proposal, account in rows]


async def grant_proposal(
    session: AsyncSession, caller: Caller, identifier: uuid.UUID, *, visitor: Visitor, now: datetime
) -> GrantProposal:
    """Give one proposal in the caller's reach, locked; a try beyond it is logged.

    Raises: NotFoundError.
    Source: QT Đ.11.2.e; R-ACC-18
    """
    found = await session.get(GrantProposal, identifier, with_for_update=True, populate_existing=True)
    if found is None or not view(Right.CONFIRM_GRANTS, caller).reaches(found.agency):
        session.add(AccessEntry.of(Action.OUT_OF_SCOPE, visitor, now, key_of(caller), str(identifier)))
        await keep_refusal(session, HTTPStatus.NOT_FOUND)
        raise NotFoundError
    return found


async def heads_of(session: AsyncSession, agency: str, *, but: Account) -> Sequence[Account]:
    """List the heads of an agency, without the officer that it is about."""
    heads = select(Account).where(
        Account.realm == OFFICER,
        Account.agency == agency,
        Account.active,
        Account.roles.contains([Role.AGENCY_HEAD.value]),
        Account.id != but.id,
    )
    return (await session.scalars(heads.order_by(Account.id))).all()


async def names_of(session: AsyncSession, identifiers: set[str]) -> dict[str, str]:
    """Name officers by their ids; an id that is nobody's is left out."""
    keys = {key for one in identifiers if (key := key_named(one)) is not None}
    rows = await session.execute(select(Account.id, Account.full_name).where(Account.id.in_(keys)))
    return {str(key): name for key, name in rows}
