"""Reads of accounts, their codes, their history and their log."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from common.errors import NotFoundError
from common.sealing import Ring, ring_of
from common.security import Caller
from sqlalchemy import ColumnElement, Select, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.codes import Purpose
from identity.domain.errors import CodeWrongError
from identity.domain.logins import Kind, read_login
from identity.domain.profile import correctable
from identity.domain.registration import INDIVIDUAL, Applicant
from identity.models import AccessEntry, Account, AccountChange, Action, Challenge, ProviderAccount
from identity.models.account import OFFICER


def sign_in_condition(login: str, ring: Ring | None) -> ColumnElement[bool]:
    """Give the condition that finds the account of a sign-in name.

    Officers sign in by their own name; citizens by e-mail, telephone or personal number.
    """
    public = Account.realm != OFFICER
    kind, value = read_login(login)
    if kind is Kind.EMAIL:
        return public & Account.email.equals(ring, value)
    if kind is Kind.PHONE:
        return public & Account.phone_proven & Account.phone.equals(ring, value)
    if kind is Kind.NUMBER:
        return (Account.realm == INDIVIDUAL) & Account.id_number.equals(ring, value)
    return (Account.realm == OFFICER) & (Account.login == value)


async def account_for_sign_in(session: AsyncSession, login: str) -> Account | None:
    """Find the account that a person means by a sign-in name."""
    found: Account | None = await session.scalar(
        select(Account).where(sign_in_condition(login, ring_of(session)))
    )
    return found


async def account_numbered(session: AsyncSession, number: str, *, officer: bool) -> Account | None:
    """Find the account of the person with a national number, a citizen's or an officer's. Source: R-ACC-04."""
    realm = OFFICER if officer else INDIVIDUAL
    same = (Account.realm == realm) & Account.id_number.equals(ring_of(session), number)
    found: Account | None = await session.scalar(select(Account).where(same).with_for_update())
    return found


async def correctable_of(session: AsyncSession, account: Account) -> tuple[str, ...]:
    """Return which fields of the profile its person may correct. Source: R-ACC-09"""
    by_provider = select(ProviderAccount.account_id).where(ProviderAccount.account_id == account.id).limit(1)
    vouched = await session.scalar(by_provider) is not None
    return correctable(officer=account.is_officer, vouched=vouched)


async def own_account(session: AsyncSession, caller: Caller, *, lock: bool = False) -> Account:
    """Give the caller's own account.

    Raises: NotFoundError.
    """
    return await account(session, caller.subject, lock=lock)


async def sender(session: AsyncSession, caller: Caller) -> Account | None:
    """Give the account of who sends something for somebody else, locked: each sends one thing after the other."""
    key = key_named(caller.subject)
    return await session.get(Account, key, with_for_update=True) if key else None


async def sent_by(session: AsyncSession, sender: Account, purpose: Purpose, since: datetime) -> int:
    """Count the codes of one purpose that an account sent since a moment."""
    sent = (Challenge.account_id == sender.id, Challenge.purpose == purpose, Challenge.created_at > since)
    return await session.scalar(select(func.count()).where(*sent)) or 0


async def account(session: AsyncSession, identifier: str, *, lock: bool = False) -> Account:
    """Give one account by id; when asked, locked against other changes and read anew as it is now.

    Raises: NotFoundError.
    """
    key = key_named(identifier)
    if key is None:
        raise NotFoundError
    locked = select(Account).where(Account.id == key).with_for_update()
    found: Account | None = (
        await session.scalar(locked.execution_options(populate_existing=True))
        if lock
        else await session.get(Account, key)
    )
    if found is None:
        raise NotFoundError
    return found


async def accounts(session: AsyncSession, identifiers: Collection[str]) -> Sequence[Account]:
    """Give those of the named accounts that exist; what is no id names none."""
    keys = {key for one in identifiers if (key := key_named(one)) is not None}
    return (await session.scalars(select(Account).where(Account.id.in_(keys)).order_by(Account.id))).all()


def key_named(identifier: str) -> uuid.UUID | None:
    """Read an id; None for what is none."""
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return None


async def closings_due(
    session: AsyncSession, before: datetime, *, behind: Account | None, limit: int
) -> Sequence[Account]:
    """List accounts whose people asked before an instant to close them, and that are not erased; the oldest first.

    `behind` is the last one of the page before.
    """
    place = Account.closing_at, Account.id
    due = Account.erased_at.is_(None) & (Account.closing_at <= before)
    if behind is not None:
        due &= tuple_(*place) > (behind.closing_at, behind.id)
    return (await session.scalars(select(Account).where(due).order_by(*place).limit(limit))).all()


async def erased_since(session: AsyncSession, moment: datetime) -> dict[uuid.UUID, datetime]:
    """Return the accounts that were erased since a moment, and when each was."""
    found = await session.execute(select(Account.id, Account.erased_at).where(Account.erased_at >= moment))
    return {row.id: row.erased_at for row in found}


async def phone_holder(session: AsyncSession, account: Account) -> Account | None:
    """Find the other citizen's account that a telephone is a way into, locked; officers' are ways into nothing."""
    same = Account.phone.equals(ring_of(session), account.phone)
    holds = same & Account.phone_proven & (Account.realm != OFFICER)
    found: Account | None = await session.scalar(
        select(Account).where(holds & (Account.id != account.id)).with_for_update()
    )
    return found


async def twins_of(session: AsyncSession, who: Applicant) -> Sequence[Account]:
    """List the accounts that already have the person, the address or the number of a registration.

    Source: R-ACC-01; R-ACC-05
    """
    public, ring = Account.realm != OFFICER, ring_of(session)
    person: ColumnElement[bool] = (Account.realm == who.kind) & Account.id_number.equals(
        ring, who.identity.value
    )
    if who.tax_code:
        person = Account.tax_code.equals(ring, who.tax_code)
    phone = Account.phone_proven & Account.phone.equals(ring, who.phone)
    contact = Account.email.equals(ring, who.email) | phone
    return (await session.scalars(select(Account).where(person | public & contact))).all()


async def email_twin(session: AsyncSession, account: Account, address: str) -> Account | None:
    """Find the other citizen's account that has an address; officers' addresses are keys to nothing."""
    if account.is_officer:
        return None
    same = Account.email.equals(ring_of(session), address)
    twin = same & (Account.realm != OFFICER) & (Account.id != account.id)
    found: Account | None = await session.scalar(select(Account).where(twin))
    return found


async def entries_since(session: AsyncSession, account_id: uuid.UUID, action: Action, since: datetime) -> int:
    """Count what happened to an account since an instant."""
    happened = select(func.count()).where(
        AccessEntry.account_id == account_id, AccessEntry.action == action, AccessEntry.at >= since
    )
    return await session.scalar(happened) or 0


async def resets_since(
    session: AsyncSession, account_id: uuid.UUID, subject: str | None, since: datetime
) -> int:
    """Count the resets asked for an account since an instant, by its address or by its way back."""
    asked = (AccessEntry.account_id == account_id) & (AccessEntry.action == Action.PASSWORD_RESET_ASKED)
    same = AccessEntry.subject.is_not_distinct_from(subject)
    return await session.scalar(select(func.count()).where(asked & same, AccessEntry.at >= since)) or 0


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


async def void_open(session: AsyncSession, account_id: uuid.UUID, purpose: Purpose, now: datetime) -> None:
    """Make every open code of a purpose worthless: an account has one at a time."""
    await session.execute(
        update(Challenge)
        .where(Challenge.account_id == account_id, Challenge.purpose == purpose, Challenge.used_at.is_(None))
        .values(used_at=now)
    )


async def letters_since(
    session: AsyncSession, account_id: uuid.UUID, purpose: Purpose, since: datetime
) -> int:
    """Count the codes of a purpose made for an account since an instant."""
    made = select(func.count()).where(
        Challenge.account_id == account_id, Challenge.purpose == purpose, Challenge.created_at >= since
    )
    return await session.scalar(made) or 0


async def who_did(
    session: AsyncSession, account_id: uuid.UUID, action: Action, since: datetime
) -> Sequence[str]:
    """List who did something to an account since an instant."""
    done = select(AccessEntry.subject).where(
        AccessEntry.account_id == account_id, AccessEntry.action == action, AccessEntry.at >= since
    )
    return [by for by in await session.scalars(done) if by]


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


def key_of(caller: Caller) -> uuid.UUID | None:
    """Give the caller's account id; None for a service, which has no account."""
    try:
        return uuid.UUID(caller.subject)
    except ValueError:
        return None
