"""Due dates straight from a regulation profile: the rule, the limit and the article come from one key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from regulation.calendar import WorkingCalendar, from_yaml, national
from regulation.clock.due import due
from regulation.clock.ledger import Ledger
from regulation.clock.rules import Pause, Rule, rule_for
from regulation.durations import Duration
from regulation.profiles import Profile
from regulation.profiles.limits import BORROWING, Limit

CHECK_DEADLINE = "intake.check_deadline"


def calendar_of(profile: Profile, file: Path | None = None) -> WorkingCalendar:
    """Return the province's own calendar when it has a file, else the national one with the profile's periods.

    Raises: CalendarFileError.
    Source: requirements §A.2.
    """
    if file is not None:
        return from_yaml(file)
    return national(cast("dict[str, Sequence[str]]", profile.record("calendar.working_periods")))


@dataclass(frozen=True)
class Term:
    """A time limit as a profile sets it (thời hạn): its rule, its amount, its article; each deadline carries them."""

    rule: Rule
    amount: Duration | None
    source: str = ""

    def starting(self, received: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()) -> Ledger:
        """Return the ledger of the deadline of something received at an aware instant. Raises: what `due` raises."""
        return due(self.rule, received, self.amount, calendar, pauses, self.source)


def term_of(profile: Profile, key: str) -> Term:
    """Return the time limit a profile key sets. Raises: UnknownKeyError, WrongKindError."""
    return Term(*rule_of(profile, key), profile.get(key).source)


def rule_of(profile: Profile, key: str) -> tuple[Rule, Duration | None]:
    """Name the rule and the limit of a profile key; the 15:00 rule of transfers has no limit.

    `inside_check` means the check deadline itself; `promptly` and `national` borrow the default.
    Raises: UnknownKeyError, WrongKindError when the profile sets no limit (`none`).
    Source: NĐ 61/2018 Đ.18; TN Đ.18.2 (N-17); TN PL.B2; R-INT-11, R-FBK-08.
    """
    limit = _borrowed(profile, key)
    if limit.word == "inside_check":
        return rule_of(profile, CHECK_DEADLINE)
    if limit.word == "same_day_15h":
        return Rule.FORWARD_15H, None
    duration = profile.duration(key)
    return (Rule.WORKING_DAY_CLOCK_HOURS if limit.on_working_days else rule_for(duration)), duration


def _borrowed(profile: Profile, key: str) -> Limit:
    """Return the limit of a key, or the default's where the text only says "promptly" or "national rule"."""
    limit, usual = profile.limit(key), profile.get(key).usual
    if limit.word in BORROWING and isinstance(usual, Limit):
        return usual
    return limit


def due_by(
    profile: Profile,
    key: str,
    received: datetime,
    calendar: WorkingCalendar | None = None,
    pauses: Sequence[Pause] = (),
) -> Ledger:
    """Compute the due date that a profile key sets for something received at an aware instant.

    The calendar is the profile's unless a province's own is given; the ledger names the key's source.
    Raises: UnknownKeyError, WrongKindError, and what `due` raises.
    """
    return term_of(profile, key).starting(received, calendar or calendar_of(profile), pauses)
