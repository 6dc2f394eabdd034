"""Register: check what a person says of himself and send a code to the address he gave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.contacts import masked_email
from identity.domain.errors import AccountExistsError
from identity.domain.letters import code_letter
from identity.domain.registration import Applicant, Declaration
from identity.models import Challenge
from identity.ports import Letter, Passwords


@dataclass(frozen=True)
class Started:
    """A registration that waits for its code, and the letter to hand over once it is committed."""

    challenge: Challenge
    sent_to: str
    letter: Letter


async def register(
    session: AsyncSession,
    who: Applicant,
    declaration: Declaration,
    *,
    passwords: Passwords,
    recovery: str,
    now: datetime,
) -> Started:
    """Keep a checked registration until its code is entered; the caller sends the letter after the commit.

    Raises: AccountExistsError naming the field, and where to recover the account.
    """
    if field := await queries.taken_field(session, who):
        raise AccountExistsError(field=field, rule="unique", recovery=recovery)
    code = new_code()
    payload = {
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
    challenge = Challenge.sent(
        Purpose.REGISTRATION, await passwords.hash(code), now, sent_to=who.email, payload=payload
    )
    session.add(challenge)
    await session.flush()
    return Started(
        challenge, masked_email(who.email), Letter(who.email, *code_letter(Purpose.REGISTRATION, code))
    )
