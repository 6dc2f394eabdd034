"""Which of many new officers exist already, and who is registered for what, asked for all at once."""

from collections.abc import Sequence

from common.sealing import ring_of
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.contacts import mailbox
from identity.domain.officers import Officer
from identity.domain.registered import Case
from identity.models import Account, RegisteredPerson, RightsRequest
from identity.models.account import OFFICER

MANY = 1000


async def taken(session: AsyncSession, new: Sequence[Officer]) -> dict[tuple[str, str], bool]:
    """Tell which sign-in names, numbers and mailboxes officers have already, by column and value.

    Source: NB Đ.2.3; R-ACC-11
    """
    found: dict[tuple[str, str], bool] = {}
    for begin in range(0, len(new), MANY):
        part = new[begin : begin + MANY]
        logins = select(Account.login).where(Account.login.in_([one.login for one in part]))
        found |= {("login", str(login)): True for login in await session.scalars(logins)}
        found |= await _sealed(session, part)
    return found


async def _sealed(session: AsyncSession, part: Sequence[Officer]) -> dict[tuple[str, str], bool]:
    ring, found = ring_of(session), {}
    officers = Account.realm == OFFICER
    ways = (
        (
            "id_number",
            Account.plain_id_number,
            Account.id_number_mark,
            [one.identity.value for one in part],
            true(),
        ),
        (
            "email",
            Account.plain_email,
            Account.mailbox_mark,
            [mailbox(one.email) for one in part],
            Account.active.is_(True),
        ),
    )
    for column, plain, mark, values, also in ways:
        name = mark.key
        marks = {ring.mark(value, f"account.{name}"): value for value in values} if ring is not None else {}
        rows = select(plain, mark).where(officers, also, plain.in_(values) | mark.in_(marks))
        for clear, marked in await session.execute(rows):
            found[column, marks.get(marked) or clear] = True
    return found


async def registered_for(
    session: AsyncSession, new: Sequence[Officer]
) -> dict[tuple[str, str], frozenset[Case]]:
    """Give the cases each new officer is registered for, by sign-in name and agency. Source: QT Đ.11.2; R-ACC-17"""
    found: dict[tuple[str, str], frozenset[Case]] = {}
    for begin in range(0, len(new), MANY):
        part = new[begin : begin + MANY]
        rows = (
            select(RegisteredPerson.login, RightsRequest.agency, RegisteredPerson.cases)
            .join(RightsRequest, RightsRequest.id == RegisteredPerson.request_id)
            .where(RegisteredPerson.login.in_([one.login for one in part]))
        )
        for login, agency, cases in await session.execute(rows):
            held = found.get((login, agency), frozenset())
            found[login, agency] = held | frozenset(map(Case, cases))
    return found
