"""When sign-in slows down: a question after three failures, a lock after five, free again by itself.

Failures are counted per name and network address, so that a stranger elsewhere cannot lock a citizen out;
an officer's account is locked for everybody, because it opens other people's dossiers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from identity.domain.errors import CaptchaRequiredError, SignInLockedError

FORGET_AFTER = timedelta(minutes=15)
LOCK_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Thresholds:
    """How many failures in a row bring the question and the lock; None where there is none."""

    captcha: int | None
    lock: int | None


PAIR = Thresholds(captcha=3, lock=5)
OFFICER = Thresholds(captcha=3, lock=5)
# An office of two hundred people shares one address: it is asked questions, never locked.
ADDRESS = Thresholds(captcha=20, lock=None)
# Whoever holds somebody's open session must not find the password by trying.
CURRENT_PASSWORD = Thresholds(captcha=None, lock=5)


@dataclass(frozen=True)
class Tally:
    """Failures in a row of one key, and when the first and the last of them were (UTC)."""

    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


def live(tally: Tally, now: datetime) -> Tally:
    """Give the tally as it counts now: forgotten when old, and after a lock has run out.

    Source: R-ACC-24
    """
    if tally.locked_until is not None and now >= tally.locked_until:
        return Tally()
    if tally.locked_until is None and (tally.last_at is None or now - tally.last_at >= FORGET_AFTER):
        return Tally()
    return tally


def after_failure(tally: Tally, thresholds: Thresholds, now: datetime) -> Tally:
    """Count one failure, and lock when it reaches the threshold.

    Source: R-ACC-24
    """
    failures = live(tally, now).failures + 1
    locks = thresholds.lock is not None and failures >= thresholds.lock
    return Tally(failures, now, now + LOCK_FOR if locks else None)


def must_be_admitted(tally: Tally, thresholds: Thresholds, now: datetime, *, captcha_answered: bool) -> None:
    """Refuse an attempt while locked, or without an answered question after the threshold.

    Raises: SignInLockedError, CaptchaRequiredError.
    Source: NB Đ.24.3; TN Đ.9.3; R-ACC-24
    """
    current = live(tally, now)
    if current.locked_until is not None:
        left = current.locked_until - now
        raise SignInLockedError(
            minutes=ceil(left.total_seconds() / 60), retry_after=ceil(left.total_seconds())
        )
    wanted = thresholds.captcha is not None and current.failures >= thresholds.captcha
    if wanted and not captcha_answered:
        raise CaptchaRequiredError(field="captcha", rule="required")
