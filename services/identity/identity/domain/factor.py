"""The second factor of officers: who needs one, which code is right, and what helps when the telephone is lost."""

import hmac
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import pyotp

from identity.domain.errors import FactorWrongError, SecondPersonNeededError

SECONDS: Final = 30
DRIFT: Final = 1
"""Steps by which the clock of a telephone may be wrong."""
APART: Final = timedelta(days=1)
"""How long who gave a first password takes no second factor away, and who took it away gives no first password."""
OFFERED_FOR: Final = timedelta(minutes=30)
"""How long a secret waits in the sign-in it was offered to."""
CODES: Final = 10
GROUPS: Final = 4
GROUP: Final = 6
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER: Final = "motcua"


class Owed(StrEnum):
    """What an officer must do before anything else is open (việc phải làm để xác thực hai bước)."""

    NOTHING = ""
    PROOF = "proof"
    ENROLMENT = "enrolment"


def owed(roles: Collection[str], asked_of: Collection[str], *, enrolled: bool, proven: bool) -> Owed:
    """Tell what a sign-in still owes: whoever has a second factor shows it, whoever needs one gets it first.

    Source: NB Đ.24.3; QT Đ.29.7; R-ACC-10
    """
    if enrolled:
        return Owed.NOTHING if proven else Owed.PROOF
    return Owed.NOTHING if set(roles).isdisjoint(asked_of) else Owed.ENROLMENT


def new_key() -> str:
    """Make the secret that an authenticator app keeps, in base 32."""
    return pyotp.random_base32()


def address_of(key: str, login: str) -> str:
    """Give the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(key).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(key: str, code: str, now: datetime, *, last: int) -> int:
    """Give the time step of a right code; one that was used, or an older one, is wrong.

    Raises: FactorWrongError.
    Source: RFC 6238; R-ACC-24
    """
    here, app = int(now.timestamp()) // SECONDS, pyotp.TOTP(key)
    for step in range(here - DRIFT, here + DRIFT + 1):
        if step > last and hmac.compare_digest(
            app.generate_otp(step).encode(), plain(code).encode(errors="replace")
        ):
            return step
    raise FactorWrongError(field="code", rule="second-factor")


def recovery_codes() -> list[str]:
    """Make ten codes, each good once, for the day the telephone is gone: so long that a hash of one tells nothing.

    Source: OWASP ASVS 5.0, 6.5.2 and 6.5.3
    """
    return ["-".join(_group() for _ in range(GROUPS)) for _ in range(CODES)]


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP))


def plain(code: str) -> str:
    """Read a typed code: blanks and hyphens are no part of it, and wide digits are digits."""
    return "".join(unicodedata.normalize("NFKC", code).lower().replace("-", " ").split())


def must_be_another(resetter: str, clearer: str) -> None:
    """Refuse that one person gives a first password and takes the second factor away: together they are a way in.

    Raises: SecondPersonNeededError.
    Source: requirements C, segregation rules
    """
    if resetter == clearer:
        raise SecondPersonNeededError(rule="second-person")
