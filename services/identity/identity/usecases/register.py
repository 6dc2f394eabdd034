"""Register: check what a person says of himself and send a code to the address he gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.contacts import masked_email
from identity.domain.devices import Visitor
from identity.domain.letters import code_letter, exists_letter
from identity.domain.registration import Applicant, Declaration
from identity.models import AccessEntry, Account, Action, Challenge, count_letter
from identity.ports import Letter, Passwords

LETTERS_A_DAY = 3


@dataclass(frozen=True)
class Started:
    """A registration that waits for its code, and the letters to hand over once it is committed."""

    challenge: Challenge
    sent_to: str
    letters: tuple[Letter, ...]


async def register(
    session: AsyncSession,
    who: Applicant,
    declaration: Declaration,
    *,
    terms: str | None = None,
    visitor: Visitor,
    passwords: Passwords,
    recovery: str,
    now: datetime,
) -> Started:
    """Keep a checked registration until its code is entered; the caller sends the letters after the commit.

    Whether somebody has an account is told to nobody but its owner, by letter: the answer is always the same, and
    where there is an account no code goes out and none is right.

    Raises: CodeSentTooOftenError.
    Source: R-ACC-01; R-ACC-05; R-ACC-24
    """
    await count_letter(session, who.email, now)
    code = new_code()
    payload = {**await _payload(who, declaration, passwords, now), "terms_version": terms}
    twins = await queries.twins_of(session, who)
    challenge = Challenge.sent(
        Purpose.REGISTRATION,
        await passwords.hash(code),
        now,
        sent_to=who.email,
        payload={} if twins else payload,
    )
    session.add(challenge)
    owners = await _owners(session, twins, who, visitor, now)
    letters = [Letter(owner, *exists_letter(recovery)) for owner in sorted(owners)]
    if not twins:
        letters.append(Letter(who.email, *code_letter(Purpose.REGISTRATION, code)))
    await session.flush()
    return Started(challenge, masked_email(who.email), tuple(letters))


async def _owners(
    session: AsyncSession, twins: Sequence[Account], who: Applicant, visitor: Visitor, now: datetime
) -> set[str]:
    """Give the addresses of those who have such an account already.

    An owner is written to three times a day at most; who types the own address is written to as often as codes are.
    """
    owners: set[str] = set()
    for twin in twins:
        day = now - timedelta(days=1)
        told = await queries.entries_since(session, twin.id, Action.REGISTRATION_REPEATED, day)
        if told < LETTERS_A_DAY or twin.email == who.email:
            owners.add(twin.email)
        session.add(AccessEntry.of(Action.REGISTRATION_REPEATED, visitor, now, twin.id))
    return owners


async def _payload(
    who: Applicant, declaration: Declaration, passwords: Passwords, now: datetime
) -> dict[str, Any]:
    return {
        "kind": who.kind,
        "full_name": who.full_name,
        "id_number": who.identity.value,
        "id_kind": who.identity.kind.value,
        "nationality": who.nationality,
        "email": who.email,
        "phone": who.phone,
        "channels": list(who.channels),
        "organisation_name": who.organisation_name,
        "tax_code": who.tax_code,
        "password_hash": await passwords.hash(who.password),
        "declaration_version": declaration.version,
        "declaration_accepted_at": now.isoformat(),
    }
