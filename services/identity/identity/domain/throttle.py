"""When sign-in slows down: work after three failures, a lock after five, free again by itself.

Failures are counted per account found and network, so that no stranger elsewhere can lock anybody out. Who tries from
many networks meets the count of the account itself, which holds for networks and devices the account never came from.
A device that came in before has a count of its own: nothing that others do from the same network stands in its way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from identity.domain.errors import SignInLockedError, WorkRequiredError
from identity.domain.work import PATIENCE

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Thresholds:
    """How many failures in a row ask for work and bring the lock; None where there is none.

    Failures are forgotten, and a lock opens, after `span`.
    """

    work: int | None
    lock: int | None
    span: timedelta = QUARTER


PAIR = Thresholds(work=3, lock=5)
DEVICE = Thresholds(work=3, lock=5)
ACCOUNT = Thresholds(work=10, lock=100)
# An office of two hundred people shares one address: it is asked for work, never locked.
ADDRESS = Thresholds(work=20, lock=None)
# Whoever holds somebody's open session must not find the password by trying.
CURRENT_PASSWORD = Thresholds(work=None, lock=5)
# Wrong codes of one account, over all codes sent in a day; who meets this is helped at the desk.
CODES = Thresholds(work=None, lock=10, span=timedelta(days=1))
# Letters with a code to one mailbox, whoever asks for them.
LETTERS = Thresholds(work=None, lock=5, span=timedelta(hours=1))
# Wrong codes of registrations with one mailbox.
REGISTERING = Thresholds(work=None, lock=10, span=timedelta(hours=1))
# Wrong codes of a second factor, from one place.
FACTOR = Thresholds(work=None, lock=5)
# And from all the places the account never proved it in: nobody's own place is closed by them.
FACTOR_ELSEWHERE = Thresholds(work=None, lock=10, span=timedelta(hours=1))
# Counted for the doors beside it, and itself never closed by it.
COUNTED = Thresholds(work=None, lock=None)

Keys = Mapping[str, Thresholds]


@dataclass(frozen=True)
class Tally:
    """Failures in a row of one key, and when the first and the last of them were (UTC)."""

    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


def sign_in_keys(who: str, network: str, *, device: str | None, familiar: bool) -> tuple[Keys, Keys]:
    """Give what a sign-in counts under: keys of its own, which a success clears, and keys that others share.

    `who` is the account found, else the name typed; `device` one from which it came in before; `familiar` says that
    the account came from this network before.

    Source: NB Đ.24.3; TN Đ.9.3; R-ACC-24
    """
    address = f"address|{network}"
    if device is not None:
        return {f"device|{who}|{device}": DEVICE}, {address: COUNTED}
    everywhere = {} if familiar else {f"account|{who}": ACCOUNT}
    return {f"pair|{who}|{network}": PAIR}, {address: ADDRESS, **everywhere}


def code_keys(who: str | None, network: str) -> tuple[Keys, Keys]:
    """Give what a try of a one-time code counts under: the account it is for, and the address over all doors.

    Source: R-ACC-24
    """
    return {f"code|{who}": CODES} if who else {}, {f"address|{network}": COUNTED}


def registration_keys(mailbox: str, network: str) -> tuple[Keys, Keys]:
    """Give what a try of a registration's code counts under: the mailbox over all registrations, and the address.

    Source: R-ACC-24
    """
    return {f"registration|{mailbox}": REGISTERING}, {f"address|{network}": COUNTED}


def code_owner(account: object, sent_to: str | None, address: str) -> str:
    """Give whom a reset code counts for: an account, and by itself its way back, which no thief may use up."""
    return str(account) if sent_to in (None, address) else f"{account}|way back"


def factor_keys(who: str, place: str, *, familiar: bool) -> tuple[Keys, Keys]:
    """Give what a try of a second factor counts under: a key of its own, and one that all unfamiliar places share.

    `place` is the sign-in where the factor was shown in it before, else the network; `familiar` says that the factor
    was shown there before. Who has the password alone closes no place but his own.

    Source: R-ACC-24
    """
    everywhere = {} if familiar else {f"factor|{who}": FACTOR_ELSEWHERE}
    return {f"factor|{who}|{place}": FACTOR}, everywhere


def lock_keys(who: str, networks: Iterable[str], devices: Iterable[str], sign_ins: Iterable[str]) -> Keys:
    """Give all that may keep the owner of an account out, for the networks, devices and sign-ins known of it.

    Source: R-ACC-24
    """
    known = list(networks)
    pairs = {f"pair|{who}|{network}": PAIR for network in known}
    own = {f"device|{who}|{device}": DEVICE for device in devices}
    factors = {f"factor|{who}|{place}": FACTOR for place in [*known, *sign_ins]}
    return {
        **pairs,
        **own,
        **factors,
        f"account|{who}": ACCOUNT,
        f"password|{who}": CURRENT_PASSWORD,
        f"code|{who}": CODES,
        f"factor|{who}": FACTOR_ELSEWHERE,
    }


def live(tally: Tally, now: datetime, span: timedelta = QUARTER) -> Tally:
    """Give the tally as it counts now: forgotten when old, and after a lock has run out.

    Source: R-ACC-24
    """
    if tally.locked_until is not None and now >= tally.locked_until:
        return Tally()
    if tally.locked_until is None and (tally.last_at is None or now - tally.last_at >= span):
        return Tally()
    return tally


def after_failure(tally: Tally, thresholds: Thresholds, now: datetime) -> Tally:
    """Count one failure, and lock when it reaches the threshold.

    Source: R-ACC-24
    """
    failures = live(tally, now, thresholds.span).failures + 1
    locks = thresholds.lock is not None and failures >= thresholds.lock
    return Tally(failures, now, now + thresholds.span if locks else None)


def must_be_admitted(tally: Tally, thresholds: Thresholds, now: datetime, *, worked: bool) -> None:
    """Refuse an attempt while locked, or without work or patience after the threshold.

    Raises: SignInLockedError, WorkRequiredError.
    Source: NB Đ.24.3; TN Đ.9.3; R-ACC-24
    """
    current = live(tally, now, thresholds.span)
    if current.locked_until is not None:
        left = current.locked_until - now
        raise SignInLockedError(
            minutes=ceil(left.total_seconds() / 60), retry_after=ceil(left.total_seconds())
        )
    wanted = thresholds.work is not None and current.failures >= thresholds.work
    if not wanted or worked or current.last_at is None:
        return
    if now - current.last_at < PATIENCE:
        raise WorkRequiredError(field="work", rule="required", seconds=int(PATIENCE.total_seconds()))
