"""Reads of the agencies' papers about officers."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from common.conditions import matching
from common.security import Caller
from regulation.roles import Right, view
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.registered import ENDED_BY, Case, NoticeKind, Said, must_be_registered, registered
from identity.models import Account, Commitment, OfficerNotice, RegisteredPerson, RightsRequest

MOST = 100


class Papers(NamedTuple):
    """Everything an agency wrote about an officer, the newest first."""

    requests: Sequence[tuple[RightsRequest, RegisteredPerson]]
    notices: Sequence[OfficerNotice]
    commitments: Sequence[Commitment]

    @property
    def held(self) -> frozenset[Case]:
        """The cases the officer is registered for now."""
        given = (Said(r.entered_at, gives=frozenset(map(Case, p.cases))) for r, p in self.requests)
        ended = (Said(n.entered_at, ends=ENDED_BY[NoticeKind(n.kind)]) for n in self.notices)
        return registered((*given, *ended))

    @property
    def committed_until(self) -> date | None:
        """Until when the longest commitment counts; a notice that ends the case ends it too."""
        since = max(
            (n.entered_at for n in self.notices if Case.POPULATION in ENDED_BY[NoticeKind(n.kind)]),
            default=None,
        )
        counted = (c.until_on for c in self.commitments if since is None or c.entered_at > since)
        return max(counted, default=None)


class Whose(NamedTuple):
    """Whose registration is looked for: a sign-in name of an agency, and the account where there is one."""

    login: str
    agency: str
    name: str
    account_id: uuid.UUID | None = None


async def expect_registered(
    session: AsyncSession, whose: Whose, roles: Iterable[str], *, needed: bool
) -> None:
    """Refuse roles for which no request of the agency registers the officer, where the regulation needs one.

    Raises: RightsNotRegisteredError.
    Source: QT Đ.11.2; QT Đ.11.5; R-ACC-17
    """
    if not needed:
        return
    notices = await _notices(session, whose.account_id) if whose.account_id else ()
    held = Papers(await _requests(session, whose.login, whose.agency), notices, ()).held
    must_be_registered(roles, held, whose.name)


async def papers_of(session: AsyncSession, account: Account) -> Papers:
    """Give everything that was written about an officer by the agency worked for."""
    commitments = select(Commitment).where(Commitment.account_id == account.id)
    return Papers(
        await _requests(session, account.login or "", account.agency or ""),
        await _notices(session, account.id),
        (await session.scalars(commitments.order_by(Commitment.entered_at.desc()).limit(MOST))).all(),
    )


async def _requests(
    session: AsyncSession, login: str, agency: str
) -> Sequence[tuple[RightsRequest, RegisteredPerson]]:
    theirs = (
        select(RightsRequest, RegisteredPerson)
        .join(RegisteredPerson, RegisteredPerson.request_id == RightsRequest.id)
        .where(RegisteredPerson.login == login, RightsRequest.agency == agency)
        .order_by(RightsRequest.entered_at.desc(), RightsRequest.id.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in await session.execute(theirs)]


async def _notices(session: AsyncSession, account_id: uuid.UUID) -> Sequence[OfficerNotice]:
    theirs = select(OfficerNotice).where(OfficerNotice.account_id == account_id)
    return (
        await session.scalars(
            theirs.order_by(OfficerNotice.entered_at.desc(), OfficerNotice.id.desc()).limit(MOST)
        )
    ).all()


async def rights_requests(
    session: AsyncSession, caller: Caller
) -> list[tuple[RightsRequest, list[RegisteredPerson]]]:
    """List the newest requests of the agencies in the caller's reach, each with its people."""
    seen = matching(view(Right.GRANT_RIGHTS, caller).alternatives(), agency=RightsRequest.agency)
    newest = (
        select(RightsRequest)
        .where(seen)
        .order_by(RightsRequest.entered_at.desc(), RightsRequest.id.desc())
        .limit(MOST)
    )
    found = (await session.scalars(newest)).all()
    people = select(RegisteredPerson).where(RegisteredPerson.request_id.in_([one.id for one in found]))
    listed: dict[uuid.UUID, list[RegisteredPerson]] = {}
    for person in await session.scalars(people.order_by(RegisteredPerson.id)):
        listed.setdefault(person.request_id, []).append(person)
    return [(one, listed.get(one.id, [])) for one in found]
