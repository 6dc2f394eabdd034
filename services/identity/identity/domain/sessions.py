"""How long a sign-in lasts, and when a renewal shows that its key was stolen."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from regulation.roles import ADMINISTRATORS

from identity.domain.keys import TOKEN_LIFETIME

RENEWAL_LIFETIME = timedelta(hours=12)
"""How long a sign-in lasts at most, whatever is done in it."""
TOLD_FOR = TOKEN_LIFETIME + timedelta(minutes=1)
"""How long it is told that a sign-in ended: no token of it lives longer."""
TOLD_AGAIN = timedelta(minutes=1)
"""How far back an answer repeats: an end is told by when it was asked for, and may be written half a minute later.

A transaction waits thirty seconds for a lock at most, and the clocks of replicas differ a little.
"""
# Two tabs, or a double click, renew at the same moment; that is no theft.
SAME_MOMENT = timedelta(seconds=10)
# A renewal whose answer never arrived is asked for again by whoever only has the old token.
ANSWER_LOST = timedelta(minutes=2)


@dataclass(frozen=True)
class Idling:
    """How long nobody needs to do anything before a sign-in ends (thời gian chờ), by who signed in."""

    citizen: timedelta = timedelta(minutes=30)
    officer: timedelta = timedelta(minutes=15)
    administrator: timedelta = timedelta(minutes=5)

    def of(self, roles: Iterable[str], *, officer: bool) -> timedelta:
        """Give the time for an account with these roles."""
        if not officer:
            return self.citizen
        return self.officer if ADMINISTRATORS.isdisjoint(roles) else self.administrator


class Renewal(StrEnum):
    """What a refresh token is worth now."""

    GOOD = "good"
    LOST = "lost"
    SPENT = "spent"
    STOLEN = "stolen"


def new_secret() -> str:
    """Give a random text of 256 bits."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """Give what is stored instead of a random secret: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_id(session_id: object) -> str:
    """Give a fresh token id that tells which sign-in it belongs to."""
    return f"{session_id}.{secrets.token_hex(8)}"


def session_of(token: str) -> str:
    """Give the sign-in a token id belongs to."""
    return token.partition(".")[0]


def told_since(asked: datetime | None, now: datetime) -> datetime:
    """Give the instant since which ended sign-ins are told to one whose last answer was of `asked`."""
    oldest = now - TOLD_FOR
    return oldest if asked is None else max(asked - TOLD_AGAIN, oldest)


def token_life(expires_at: datetime, now: datetime) -> timedelta:
    """Give how long an access token lives: never beyond its sign-in."""
    return min(TOKEN_LIFETIME, expires_at - now)


def slept(*, now: datetime, issued_at: datetime, idle: timedelta) -> bool:
    """Tell whether nobody can have done anything for so long that the sign-in is over.

    Who is at work renews when the access token ends, so the last deed was at most a token's life after that.
    """
    return now > issued_at + TOKEN_LIFETIME + idle


def renewal(
    *,
    now: datetime,
    expires_at: datetime,
    used_at: datetime | None,
    ended_at: datetime | None,
    answered: bool = False,
) -> Renewal:
    """Judge a refresh token: one that was used before, and not just now, is a stolen one.

    Unless nobody came with what it was `answered` with: then for two minutes the answer counts as lost on its way.

    Source: R-ACC-24; NB Đ.24.3
    """
    if ended_at is not None or now >= expires_at:
        return Renewal.SPENT
    if used_at is None or now - used_at <= SAME_MOMENT:
        return Renewal.GOOD
    return Renewal.STOLEN if answered or now - used_at > ANSWER_LOST else Renewal.LOST
