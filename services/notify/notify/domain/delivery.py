"""The life of a delivery: queued, sending, and one final state; when it is tried again."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from regulation.zone import local as local_time

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
