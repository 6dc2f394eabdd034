"""One-time codes: six digits, ten minutes, five tries, and no more than five sendings."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from identity.domain.errors import CodeExhaustedError, CodeSentTooOftenError, CodeWrongError

DIGITS = 6
LIFETIME = timedelta(minutes=10)
ATTEMPTS = 5
SENDINGS = 5
PAUSE = timedelta(seconds=60)
HOUR = timedelta(hours=1)
FOR_OTHERS = 60
"""Codes an officer sends for people at the counter in an hour: one a minute."""


class Purpose(StrEnum):
    """What the code proves (mục đích của mã xác nhận)."""

    REGISTRATION = "registration"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a purpose, not a secret
    EMAIL_CHANGE = "email_change"
    PHONE_PROOF = "phone_proof"
    COUNTER = "counter"


def new_code() -> str:
    """Give six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def must_be_open(*, now: datetime, expires_at: datetime, attempts_count: int, used: bool) -> None:
    """Refuse a try on a code that is used, too old or tried too often.

    Raises: CodeWrongError, CodeExhaustedError.
    Source: R-ACC-01; R-ACC-24
    """
    if used or now >= expires_at:
        raise CodeWrongError(field="code", rule="one-time-code")
    if attempts_count >= ATTEMPTS:
        raise CodeExhaustedError(retry_after=int(PAUSE.total_seconds()))


def must_be_few(sent: int) -> None:
    """Refuse a sixth code of one purpose in an hour; `sent` are those of the last hour.

    Raises: CodeSentTooOftenError.
    Source: R-ACC-24
    """
    if sent >= SENDINGS:
        raise CodeSentTooOftenError(seconds=3600, retry_after=3600)


def must_be_handled(sent: int) -> None:
    """Refuse what no hands at a counter need; `sent` are the codes one officer sent for people in the last hour.

    Raises: CodeSentTooOftenError.
    Source: R-ACC-24; R-INT-16
    """
    if sent >= FOR_OTHERS:
        raise CodeSentTooOftenError(seconds=3600, retry_after=3600)


def must_be_sendable(*, now: datetime, last_sent_at: datetime, sendings_count: int) -> None:
    """Refuse a new sending within a minute of the last one, or after the fifth.

    Raises: CodeSentTooOftenError.
    Source: R-ACC-24
    """
    wait = last_sent_at + PAUSE - now
    if sendings_count >= SENDINGS:
        wait = timedelta(hours=1)
    if wait > timedelta():
        seconds = max(1, int(wait.total_seconds()))
        raise CodeSentTooOftenError(seconds=seconds, retry_after=seconds)
