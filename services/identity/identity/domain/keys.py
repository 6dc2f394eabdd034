"""Which key signs tokens now, and which keys others must still trust."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

TOKEN_LIFETIME = timedelta(minutes=15)
# Verifiers keep the key list for a minute; a new key is published twice as long before it signs.
ANNOUNCED_BEFORE = timedelta(minutes=2)
KEPT_AFTER = TOKEN_LIFETIME + timedelta(minutes=1)
ROTATE_EVERY = timedelta(days=90)


class DatedKey(Protocol):
    """A signing key with the instants (UTC) from which it signs and after which nobody needs it."""

    active_from: datetime
    published_until: datetime | None


K = TypeVar("K", bound=DatedKey)


def signing_key(keys: Sequence[K], now: datetime) -> K | None:
    """Give the youngest key that already signs, or None when there is no key yet."""
    active = [key for key in published(keys, now) if key.active_from <= now]
    return max(active, key=lambda key: key.active_from, default=None)


def published(keys: Sequence[K], now: datetime) -> list[K]:
    """Give the keys whose public halves are handed out: signing, coming, and needed for tokens still alive."""
    return [key for key in keys if key.published_until is None or now < key.published_until]


def first_signing_instant(keys: Sequence[DatedKey], now: datetime) -> datetime:
    """Give the instant from which a key made now signs: at once when it is the first, else after it is known."""
    return now if signing_key(keys, now) is None else now + ANNOUNCED_BEFORE


def rotation_is_due(keys: Sequence[DatedKey], now: datetime) -> bool:
    """Say whether the youngest key is old enough to be followed by a new one."""
    return all(now - key.active_from >= ROTATE_EVERY for key in published(keys, now))
