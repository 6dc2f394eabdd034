"""Named reads, among them every read whose answer depends on who asks."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from common.conditions import matching
from common.errors import DomainError, NotFoundError
from common.security import Caller
from regulation.roles import Right, view
from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.codes import Purpose
from identity.domain.contacts import e164, email_address
from identity.domain.errors import CodeWrongError
from identity.domain.people import id_number
from identity.domain.registration import INDIVIDUAL, Applicant
from identity.models import AccessEntry, Account, AccountChange, Challenge, SigningKey, SignInSession
from identity.models.account import OFFICER


def sign_in_condition(login: str) -> ColumnElement[bool]:
    """Give the condition that finds the account of a sign-in name.

    Officers sign in by their own name; citizens by e-mail, telephone or personal number.
    """
    public = Account.realm != OFFICER
    for read, column in ((email_address, Account.email), (e164, Account.phone)):
        try:
            return public & (column == read(login))
        except DomainError:
            continue
    try:
        number = id_number(login, "VN").value
    except DomainError:
        return (Account.realm == OFFICER) & (Account.login == login.strip().lower())
    return (Account.realm == INDIVIDUAL) & (Account.id_number == number)


async def account_for_sign_in(session: AsyncSession, login: str) -> Account | None:
    """Find the account that a person means by a sign-in name."""
    found: Account | None = await session.scalar(select(Account).where(sign_in_condition(login)))
    return found


async def own_account(session: AsyncSession, caller: Caller, *, lock: bool = False) -> Account:
    """Give the caller's own account.

    Raises: NotFoundError.
    """
    return await account(session, caller.subject, lock=lock)


async def account(session: AsyncSession, identifier: str, *, lock: bool = False) -> Account:
    """Give one account by id, locked against other changes when asked.

    Raises: NotFoundError.
    """
    key = _key(identifier)
    if key is None:
        raise NotFoundError
    found = await session.get(Account, key, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFoundError
    return found


async def accounts(session: AsyncSession, identifiers: Collection[str]) -> Sequence[Account]:
    """Give those of the named accounts that exist; what is no id names none."""
    keys = {key for one in identifiers if (key := _key(one)) is not None}
    return (await session.scalars(select(Account).where(Account.id.in_(keys)).order_by(Account.id))).all()


def _key(identifier: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return None


async def taken_field(session: AsyncSession, who: Applicant) -> str | None:
    """Name the first field of a registration that another account already has, without telling whose.

    Source: R-ACC-01; R-ACC-05
    """
    public = Account.realm != OFFICER
    twins: list[tuple[str, ColumnElement[bool]]] = [
        ("email", public & (Account.email == who.email)),
        ("phone", public & (Account.phone == who.phone)),
    ]
    if who.tax_code:
        twins.insert(0, ("tax_code", Account.tax_code == who.tax_code))
    else:
        twins.insert(
            0, ("id_number", (Account.realm == who.kind) & (Account.id_number == who.identity.value))
        )
    for field, twin in twins:
        if await session.scalar(select(Account.id).where(twin)):
            return field
    return None


async def officer_twin(session: AsyncSession, login: str, number: str) -> str | None:
    """Name the field of a new officer that another officer already has.

    Source: NB Đ.2.3; R-ACC-11
    """
    if await session.scalar(select(Account.id).where(Account.login == login)):
        return "login"
    same_person = (Account.realm == OFFICER) & (Account.id_number == number)
    return "id_number" if await session.scalar(select(Account.id).where(same_person)) else None


async def challenge(session: AsyncSession, identifier: uuid.UUID, purpose: Purpose) -> Challenge:
    """Give one challenge of a purpose, locked.

    Raises: CodeWrongError, the same as for a wrong code.
    """
    found = await session.scalar(
        select(Challenge).where(Challenge.id == identifier, Challenge.purpose == purpose).with_for_update()
    )
    if found is None:
        raise CodeWrongError(field="code", rule="one-time-code")
    return found


async def letters_since(
    session: AsyncSession, account_id: uuid.UUID, purpose: Purpose, since: datetime
) -> int:
    """Count the codes of a purpose made for an account since an instant."""
    made = select(func.count()).where(
        Challenge.account_id == account_id, Challenge.purpose == purpose, Challenge.created_at >= since
    )
    return await session.scalar(made) or 0


async def open_sessions(session: AsyncSession, account_id: uuid.UUID) -> Sequence[SignInSession]:
    """List the sign-ins of an account that have not been ended, locked."""
    rows = await session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .with_for_update()
    )
    return rows.all()


async def signing_keys(session: AsyncSession) -> Sequence[SigningKey]:
    """List every signing key, oldest first."""
    return (await session.scalars(select(SigningKey).order_by(SigningKey.active_from))).all()


async def page(
    session: AsyncSession, statement: Select[Any], *, limit: int, offset: int
) -> tuple[Sequence[Any], int]:
    """Give one page of rows and how many there are in all."""
    total = await session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    return (await session.scalars(statement.limit(limit).offset(offset))).all(), total


def history_of(account_id: uuid.UUID) -> Select[tuple[AccountChange]]:
    """Select the changes of one profile, newest first. Source: R-ACC-09."""
    return (
        select(AccountChange)
        .where(AccountChange.account_id == account_id)
        .order_by(AccountChange.version.desc(), AccountChange.id)
    )


def access_of(account_id: uuid.UUID) -> Select[tuple[AccessEntry]]:
    """Select the access log of one account, newest first."""
    return (
        select(AccessEntry)
        .where(AccessEntry.account_id == account_id)
        .order_by(AccessEntry.at.desc(), AccessEntry.id.desc())
    )


def officers_visible_to(caller: Caller, agency: str | None) -> Select[tuple[Account]] | None:
    """Select the officers a caller may see, by name; None when the agency asked for is out of his scope.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    officers = select(Account).where(Account.realm == OFFICER).order_by(Account.full_name, Account.id)
    seen = view(Right.READ_OFFICERS, caller)
    ways = seen.alternatives()
    if not ways or (agency is not None and not seen.reaches(agency)):
        return None
    if agency:
        officers = officers.where(Account.agency == agency)
    return officers.where(
        matching(ways, agency=Account.agency, unit=Account.unit, holder=cast(Account.id, Text))
    )


def key_of(caller: Caller) -> uuid.UUID | None:
    """Give the caller's account id; None for a service, which has no account."""
    try:
        return uuid.UUID(caller.subject)
    except ValueError:
        return None
