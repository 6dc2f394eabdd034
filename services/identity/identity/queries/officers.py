"""Reads of officers, each within what the caller may see."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from audit import keep_refusal
from common.conditions import matching
from common.errors import NotFoundError
from common.sealing import ring_of
from common.security import Caller
from regulation.roles import Right, view
from regulation.text import fold
from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.contacts import mailbox
from identity.domain.devices import Visitor
from identity.domain.officers import Officer
from identity.models import AccessEntry, Account, Action
from identity.models.account import OFFICER
from identity.queries.accounts import account, key_of

_MARKED: Final = [
    one for one in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if len(fold(one)) == 1
]
PLAIN: Final = "".join(_MARKED), "".join(map(fold, _MARKED))
"""Letters with marks, and what stands for each in a search."""


async def officer_to_help(
    session: AsyncSession, caller: Caller, officer_id: str, *, visitor: Visitor, now: datetime
) -> Account:
    """Give an officer whose rights the caller may grant, locked; a try beyond one's reach is logged.

    Raises: NotFoundError.
    Source: QT Đ.11.2.e; R-ACC-18
    """
    found = await account(session, officer_id, lock=True)
    if not found.is_officer or not view(Right.GRANT_RIGHTS, caller).reaches(found.agency or ""):
        session.add(AccessEntry.of(Action.OUT_OF_SCOPE, visitor, now, key_of(caller), officer_id))
        await keep_refusal(session, HTTPStatus.NOT_FOUND)
        raise NotFoundError
    return found


async def officer_twin(session: AsyncSession, new: Officer) -> str | None:
    """Name the field of a new officer that another officer already has; two officers never share a mailbox.

    Source: NB Đ.2.3; R-ACC-11
    """
    officers, ring, box = Account.realm == OFFICER, ring_of(session), mailbox(new.email)
    boxed = _mailbox(Account.plain_email) == box
    if ring is not None:
        boxed |= Account.mailbox_mark == ring.mark(box, "account.mailbox_mark")
    same = {
        "login": Account.login == new.login,
        "id_number": officers & Account.id_number.equals(ring, new.identity.value),
        "email": officers & Account.active & boxed,
    }
    for field, condition in same.items():
        if await session.scalar(select(Account.id).where(condition).limit(1)):
            return field
    return None


def _mailbox(address: Any) -> Any:
    """Give the mailbox of an address as `mailbox` does: what follows a plus sign goes to the same one."""
    name, host = func.split_part(address, "@", 1), func.split_part(address, "@", 2)
    return func.lower(func.concat(func.split_part(name, "+", 1), "@", host))


def officers_visible_to(caller: Caller, agency: str | None, words: str = "") -> Select[tuple[Account]] | None:
    """Select the officers a caller may see, by name; None when the agency asked for is out of his scope.

    `words` are looked for in names, with or without marks, and in sign-in names.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    officers = select(Account).where(Account.realm == OFFICER).order_by(Account.full_name, Account.id)
    seen = view(Right.READ_OFFICERS, caller)
    ways = seen.alternatives()
    if not ways or (agency is not None and not seen.reaches(agency)):
        return None
    if agency:
        officers = officers.where(Account.agency == agency)
    for word in fold(words).split():
        named = func.lower(func.translate(Account.full_name, *PLAIN)).contains(word, autoescape=True)
        officers = officers.where(named | Account.login.contains(word, autoescape=True))
    return officers.where(
        matching(ways, agency=Account.agency, unit=Account.unit, holder=cast(Account.id, Text))
    )
