"""Verify a registration: the right code makes the account and signs it in."""

import uuid
from datetime import datetime
from typing import Any

from audit import trying
from common.ids import uuid7
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.contacts import mailbox
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError
from identity.domain.people import DocumentKind, IdNumber
from identity.domain.registration import Applicant, Declaration
from identity.domain.terms import TERMS
from identity.domain.throttle import registration_keys
from identity.models import Acceptance, AccessEntry, Account, Action, Opened, count_attempt, forgive
from identity.ports import Passwords


async def verify_registration(
    session: AsyncSession,
    registration_id: uuid.UUID,
    code: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Opened:
    """Make the account whose contact the code proves.

    Raises: CodeWrongError, CodeExhaustedError, SignInLockedError.
    """
    challenge = await queries.challenge(session, registration_id, Purpose.REGISTRATION)
    own, shared = registration_keys(mailbox(challenge.sent_to or ""), visitor.network)
    async with trying(session):
        challenge.count_attempt(now)
        await count_attempt(session, {**own, **shared}, now)
    right = await passwords.matches(challenge.code_hash, code)
    if not right or not challenge.payload:  # where there is an account already, no code is right
        raise CodeWrongError(field="code", rule="one-time-code")
    await session.refresh(challenge, with_for_update=True)
    challenge.use(now)
    await forgive(session, own, shared)
    account, terms = _account(challenge.payload), challenge.payload.get("terms_version")
    # What was promised is now the account's; the waiting copy of the personal data goes.
    challenge.payload = {}
    opened = Opened.now(account, visitor, now)
    try:
        session.add(account)
        await session.flush()
    except IntegrityError:
        # Two registrations of one person raced; the unique keys of the table decided, and nobody hears of the other.
        raise CodeWrongError(field="code", rule="one-time-code") from None
    if terms:
        session.add(Acceptance(account_id=account.id, kind=TERMS, version=terms, accepted_at=now))
    session.add(AccessEntry.of(Action.REGISTERED, visitor, now, account.id))
    await opened.keep(session)
    return opened


def _account(payload: dict[str, Any]) -> Account:
    who = Applicant(
        kind=payload["kind"],
        full_name=payload["full_name"],
        identity=IdNumber(payload["id_number"], DocumentKind(payload["id_kind"])),
        nationality=payload["nationality"],
        email=payload["email"],
        phone=payload["phone"],
        password="",
        channels=tuple(payload["channels"]),
        organisation_name=payload["organisation_name"],
        tax_code=payload["tax_code"],
    )
    declaration = Declaration(payload["declaration_version"], "", "")
    accepted_at = datetime.fromisoformat(payload["declaration_accepted_at"])
    return Account.registered(uuid7(), who, declaration, payload["password_hash"], accepted_at)
