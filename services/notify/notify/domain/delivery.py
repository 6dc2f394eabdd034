"""The life of a delivery: queued, sending, and one final state; when it is tried again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from regulation.zone import local as local_time

from notify.domain.channels import Channel
from notify.domain.kinds import LEGAL, Kind

MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# A process that died while sending leaves its delivery in `sending`; after this time it is taken up again.
FORGOTTEN = timedelta(minutes=10)


class State(StrEnum):
    """Where a delivery stands (trạng thái gửi)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SKIPPED = "skipped"
    FAILED = "failed"


FINAL = frozenset({State.SENT, State.DELIVERED, State.SKIPPED, State.FAILED})
NOT_CHOSEN = "not-chosen"
NO_ACCOUNT = "no-account"
NO_ADDRESS = "no-address"
"""Why a delivery was skipped; with the last somebody who wanted, or was owed, the channel left no address for it."""


@dataclass(frozen=True)
class Way:
    """How a notice stands on one channel."""

    channel: Channel
    state: State
    reason: str | None

    @property
    def missed(self) -> bool:
        """Whether it was to reach somebody by this channel and cannot."""
        return self.state is State.FAILED or self.reason == NO_ADDRESS


def unreached(ways: Iterable[Way]) -> bool:
    """Tell whether a notice reached nobody outside the inbox though it was to: somebody should telephone.

    Source: NB Đ.8.2; TN Đ.11.5.c; R-NTF-13
    """
    outside = [way for way in ways if way.channel is not Channel.PORTAL]
    on_its_way = any(way.state not in FINAL or way.state is State.SENT for way in outside)
    return not on_its_way and any(way.missed for way in outside)


def first_state(channel: Channel, now: datetime) -> dict[str, State | datetime | None]:
    """Return state and end of a delivery that begins; the portal inbox is reached at once."""
    reached = channel is Channel.PORTAL
    return {"state": State.DELIVERED if reached else State.QUEUED, "finished_at": now if reached else None}


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended; `until` postpones it without counting as an attempt."""

    state: State
    reason: str | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What is written down of a delivery: its state, the attempts that count, the next of them or the end."""

    state: State
    attempts: int
    next_attempt_at: datetime
    finished_at: datetime | None
    reason: str | None


def after(outcome: Outcome, attempts: int, now: datetime) -> Standing:
    """Return where a delivery stands after its `attempts`-th attempt; one that failed too often has ended as failed.

    Source: R-NTF-14
    """
    if outcome.until is not None:
        return Standing(State.QUEUED, attempts - 1, outcome.until, None, None)
    if outcome.state is not State.QUEUED:
        return Standing(outcome.state, attempts, now, now, outcome.reason)
    again = next_attempt(attempts, now)
    if again is None:
        return Standing(State.FAILED, attempts, now, now, outcome.reason or "")
    return Standing(State.QUEUED, attempts, again, None, outcome.reason or "")


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` failures, or None when enough was tried.

    Source: R-NTF-14 (suite default: waits double from 30 seconds to one hour, 8 attempts)
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
    return now + min(doubled, LONGEST_WAIT)


def quiet_until(kind: Kind, now: datetime, quiet: tuple[time, time] | None) -> datetime | None:
    """Return when a text message may leave, or None for at once; legal notices never wait.

    `quiet` is local time from–to and may span midnight. Source: TN Đ.19.2; R-NTF-14
    """
    if quiet is None or kind in LEGAL:
        return None
    start, end = quiet
    local = local_time(now)
    at = local.timetz().replace(tzinfo=None)
    inside = start <= at < end if start <= end else at >= start or at < end
    if not inside:
        return None
    opening = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return opening if opening > local else opening + timedelta(days=1)
