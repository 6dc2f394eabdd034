"""Seed accounts: the people of the demonstration province, made once and left alone afterwards."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.acceptance import PasswordAge, asked_of
from identity.domain.officers import officer
from identity.domain.registration import DECLARATION, INDIVIDUAL, applicant
from identity.models import Acceptance, Account
from identity.ports import Passwords

# The same person has the same id in every installation, which makes a second seeding find the first.
NAMESPACE = uuid.UUID("6f1c1f0e-6a56-5d0c-9f6b-6d6f74637561")


def seeded_id(login: str) -> uuid.UUID:
    """Give the id of a seeded account."""
    return uuid.uuid5(NAMESPACE, login)


async def seed_accounts(
    session: AsyncSession, accounts: Sequence[Mapping[str, Any]], *, passwords: Passwords, now: datetime
) -> int:
    """Make those accounts that do not exist yet and announce the officers; give how many were made.

    Each account is a mapping with `kind` (individual or officer), `full_name`, `id_number`, `email`, `phone`,
    `password`, and for officers `login`, `agency`, `unit`, `roles`, `scope`, `must_change_password`.

    Raises: InvalidInputError for an account that could not have been made by hand.
    """
    made = 0
    for entry in accounts:
        identifier = seeded_id(entry.get("login") or entry["email"])
        if await session.get(Account, identifier) is not None:
            continue
        secret = await passwords.hash(entry["password"])
        if entry["kind"] == INDIVIDUAL:
            account = _citizen(identifier, entry, secret, now)
            session.add(account)
            await session.flush()
        else:
            account = _officer(identifier, entry, secret, now)
            session.add(account)
            await session.flush()
            await record(session, account.officer_changed(now))
        session.add_all(_accepted(account, now))
        made += 1
    await session.flush()
    return made


def _accepted(account: Account, now: datetime) -> list[Acceptance]:
    """Let a demonstration's people have read what must be read, so that each begins with the work."""
    asked = asked_of(officer=account.is_officer, bound_at=None, age=PasswordAge())
    return [
        Acceptance(account_id=account.id, kind=one.kind, version=one.version, accepted_at=now)
        for one in asked
    ]


def _citizen(identifier: uuid.UUID, entry: Mapping[str, Any], secret: str, now: datetime) -> Account:
    who = applicant(
        kind=INDIVIDUAL,
        full_name=entry["full_name"],
        number=entry["id_number"],
        nationality="VN",
        email=entry["email"],
        phone=entry["phone"],
        password=entry["password"],
        channels=("portal", "email"),
        organisation=None,
        tax=None,
    )
    return Account.registered(identifier, who, DECLARATION, secret, now)


def _officer(identifier: uuid.UUID, entry: Mapping[str, Any], secret: str, now: datetime) -> Account:
    who = officer(
        login=entry["login"],
        full_name=entry["full_name"],
        number=entry["id_number"],
        email=entry["email"],
        phone=entry.get("phone"),
        agency=entry["agency"],
        unit=entry.get("unit"),
        roles=entry["roles"],
        scope=entry.get("scope"),
        default_scope="own",
    )
    must_change = bool(entry.get("must_change_password", False))
    account = Account.of_officer(identifier, who, secret, now, must_change=must_change)
    account.password_changed_at = None if must_change else now
    account.first_password_until = None  # a demonstration waits for its people as long as it stands
    return account
