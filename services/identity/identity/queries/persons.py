"""Which accounts are a person's: for inspectors who ask the access log about one."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from common.errors import DomainError
from common.sealing import Ring, ring_of
from regulation.text import cleaned_line, fold
from sqlalchemy import ColumnElement, Text, cast, false, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.contacts import e164, email_address, mailbox
from identity.domain.people import id_number, tax_code
from identity.domain.registration import ORGANISATION
from identity.models import Account, GrantProposal, Suspension
from identity.models.account import OFFICER
from identity.models.indexes import NAME_KEY


async def kept_of(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Return the ids of a person's accounts, and of the suspensions and grants proposed about them.

    A name is the whole name, with or without marks; numbers and addresses may be written in any way.

    Source: R-SEC-22
    """
    ways = list(_ways(person, ring_of(session)))
    whose = select(Account.id).where(or_(false(), *ways)).order_by(Account.id.desc()).limit(limit)
    ids = (await session.scalars(whose)).all()
    about = union_all(
        *(select(cast(one.id, Text)).where(one.account_id.in_(ids)) for one in (Suspension, GrantProposal))
    )
    return [*map(str, ids), *await session.scalars(about.limit(limit))][:limit]


def _ways(person: str, ring: Ring | None) -> Iterator[ColumnElement[bool]]:
    """Give a condition for each thing that a word may be, each with an index of its own."""
    public = Account.realm != OFFICER
    with suppress(DomainError):
        address = email_address(person)
        boxed = Account.email.mark_of(ring, mailbox(address), "mailbox_mark")
        yield public & Account.email.equals(ring, address)
        yield ~public & (Account.email.equals(ring, address) | _has(Account.mailbox_mark, boxed))
    with suppress(DomainError):
        phone = e164(person)
        yield public & Account.phone_proven & Account.phone.equals(ring, phone)
        yield ~public & Account.phone.equals(ring, phone)
        yield _has(Account.phone_mark, Account.phone.mark_of(ring, phone))
    with suppress(DomainError):
        number = id_number(person).value
        yield (Account.realm != ORGANISATION) & Account.id_number.equals(ring, number)
        yield _has(Account.id_number_mark, Account.id_number.mark_of(ring, number))
    with suppress(DomainError):
        yield Account.tax_code.equals(ring, tax_code(person))
    name = cleaned_line(person)
    yield literal_column(NAME_KEY, Text) == fold(name).lower()
    yield Account.login == name.lower()


def _has(column: Any, mark: str | None) -> ColumnElement[bool]:
    return false() if mark is None else column == mark
