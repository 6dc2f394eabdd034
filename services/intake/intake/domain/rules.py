"""What the province's regulation profile says about intake, read once and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from procedures import Limit as PublishedLimit
from procedures.levels import is_partial
from regulation.calendar import WorkingCalendar
from regulation.clock import Ledger, Remaining, Rule, Urgency, due, rule_for
from regulation.durations import Duration, Unit
from regulation.profiles import Profile
from regulation.profiles.limits import Limit
from regulation.zone import local_day

from intake.domain.errors import (
    ResultAddressMissingError,
    ResultChannelNotOfferedError,
    TimeLimitUnusableError,
)

_CHANNELS = {
    "online": "online",
    "electronic": "online",
    "email": "online",
    "portal_store": "online",
    "desk": "counter",
    "post": "post",
    "delivery": "post",
}


@dataclass(frozen=True)
class Reminder:
    """How long before a deadline the desk is reminded: a share of the period, at least so many working minutes."""

    share: Fraction
    at_least_minutes: int


@dataclass(frozen=True)
class DeskRules:
    """The values of one profile that the desk works by."""

    check_deadline: Duration
    forward_deadline: Limit
    single_supplement: bool
    supplement_wait_days: int
    component_sources: tuple[str, ...]
    one_file_per_document: bool
    signed_papers: frozenset[str]
    result_channels_l3: tuple[str, ...]
    result_channels_l4: tuple[str, ...]
    compare_at_pickup: bool
    reminder: Reminder
    code_pattern: str

    def result_channels(self, service_level: str) -> tuple[str, ...]:
        """Return the ways to receive the result at this service level, the usual one first.

        Source: NB Đ.17.2; TN Đ.11.5; BD Đ.9.2; HN Đ.8.2; R-SUB-12
        """
        return self.result_channels_l3 if is_partial(service_level) else self.result_channels_l4

    def compares(self, service_level: str) -> bool:
        """Tell whether the form is signed and originals are compared at pick-up.

        Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
        """
        return self.compare_at_pickup and is_partial(service_level)

    def must_sign(self, paper: str) -> bool:
        """Tell whether the profile requires a digital signature on this paper.

        Source: TN Đ.11.3.b; R-INT-09
        """
        return paper in self.signed_papers


def read_rules(profile: Profile) -> DeskRules:
    """Return the desk's rules out of a loaded profile."""
    signing = profile.record("documents.signed")
    return DeskRules(
        check_deadline=profile.duration("intake.check_deadline"),
        forward_deadline=profile.limit("intake.forward_deadline"),
        single_supplement=profile.flag("intake.single_supplement_rule"),
        supplement_wait_days=profile.number("intake.supplement_wait_days"),
        component_sources=profile.listing("submission.component_sources"),
        one_file_per_document=profile.flag("submission.one_file_per_document"),
        signed_papers=frozenset(_papers(signing) if signing["mode"] == "required" else ()),
        result_channels_l3=_channels(profile, "results.channels.l3"),
        result_channels_l4=_channels(profile, "results.channels.l4"),
        compare_at_pickup=profile.text("submission.sign_and_compare_at_pickup") == "L3",
        reminder=_reminder(profile.record("reminders.before_due")),
        code_pattern=profile.text("dossier_code.pattern"),
    )


def _papers(signing: Mapping[str, object]) -> tuple[str, ...]:
    papers = signing["papers"]
    assert isinstance(papers, tuple)
    return papers


def _reminder(record: Mapping[str, object]) -> Reminder:
    return Reminder(
        share=Fraction(str(record["share"])) / 100, at_least_minutes=int(str(record["at_least_minutes"]))
    )


def _channels(profile: Profile, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_CHANNELS[token] for token in profile.listing(key)))


def choose_channel(rules: DeskRules, service_level: str, wanted: str | None, address: str | None) -> str:
    """Return the way the result goes back; none named means the usual one of the level.

    Raises:
        ResultChannelNotOfferedError, ResultAddressMissingError: what the wish lacks.

    Source: TN PL.B1; NB Đ.10.3; BD Đ.9.2.b; R-SUB-12
    """
    offered = rules.result_channels(service_level)
    chosen = wanted or offered[0]
    if chosen not in offered:
        raise ResultChannelNotOfferedError(
            field="result_channel", rule="enum", channel=chosen, offered=", ".join(offered)
        )
    if chosen == "post" and not (address or "").strip():
        raise ResultAddressMissingError(field="result_address", rule="required")
    return chosen


def check_due(rules: DeskRules, started_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the instant (UTC) until which the desk checks a dossier that reached it at `started_at`.

    Source: TN Đ.11.3.a; TN PL.B2; R-INT-02
    """
    return due(rule_for(rules.check_deadline), started_at, rules.check_deadline, calendar).due_at


def soon_until(rules: DeskRules, now: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the instant (UTC) up to which a check deadline counts as near: the desk is reminded of those before it.

    Source: requirements §0.3.2; R-INT-02
    """
    return due(Rule.HOURS, now, Duration(_warning_hours(rules), Unit.WORKING_HOUR), calendar).due_at


def urgency(rules: DeskRules, left: int | None, *, overdue: bool) -> Urgency:
    """Return how urgent a deadline of the desk is, measured by the time it has for a check.

    Source: requirements §0.3.2; R-INT-02
    """
    total, warned = int(rules.check_deadline.amount * 60), int(_warning_hours(rules) * 60)
    left = total if left is None else left
    return Remaining(left, total, overdue, soon=left <= warned).urgency


def _warning_hours(rules: DeskRules) -> Fraction:
    share = rules.check_deadline.amount * rules.reminder.share
    return max(share, Fraction(rules.reminder.at_least_minutes, 60))


def answer_by(rules: DeskRules, requested_at: datetime, calendar: WorkingCalendar) -> date:
    """Return the last local day for answering a supplement request.

    Source: R-INT-19; `intake.supplement_wait_days`
    """
    wait = Duration(Fraction(rules.supplement_wait_days), Unit.DAY)
    return local_day(due(Rule.CALENDAR_DAYS, requested_at, wait, calendar).due_at)


def forward_due(
    rules: DeskRules, accepted_at: datetime, check_due_at: datetime, calendar: WorkingCalendar
) -> datetime:
    """Return the instant (UTC) until which an accepted dossier is with the specialist unit.

    Source: NB Đ.22.3.d; TN PL.B2; HN Đ.11.2; NĐ 61/2018 Đ.18; R-INT-11
    """
    limit = rules.forward_deadline
    if limit.word == "inside_check":
        return check_due_at
    if limit.duration is not None:
        return due(rule_for(limit.duration), accepted_at, limit.duration, calendar).due_at
    return due(Rule.FORWARD_15H, accepted_at, None, calendar).due_at


def promise(
    limit: PublishedLimit | None, accepted_at: datetime, calendar: WorkingCalendar, source: str
) -> Ledger:
    """Return the ledger of the due date that the receipt promises; handling time starts at acceptance.

    Raises:
        TimeLimitUnusableError: nothing is published from which a date follows.

    Source: TN Đ.11.4.b; R-INT-12
    """
    if limit is not None and limit.rule is Rule.SAME_DAY_15H:
        return due(limit.rule, accepted_at, None, calendar, source=source)
    if limit is None or limit.rule is None or limit.duration is None:
        raise TimeLimitUnusableError(rule="timeLimit", text=limit.text if limit else "—")
    return due(limit.rule, accepted_at, limit.duration, calendar, source=source)
