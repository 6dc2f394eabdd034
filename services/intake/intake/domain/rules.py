"""What the province's regulation profile says about intake, read once and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from procedures import Limit as PublishedLimit
from procedures.levels import is_partial
from regulation.calendar import WorkingCalendar
from regulation.channels import AS_PROFILES_SAY, Channel
from regulation.clock import Ledger, Rule, due
from regulation.clock.by_profile import CHECK_DEADLINE, Term, term_of
from regulation.clock.reminder import Reminder, reminder_of
from regulation.durations import Duration, Unit
from regulation.profiles import Profile
from regulation.retention import Retention, retention_of
from regulation.states import State

from intake.domain.errors import (
    ResultAddressMissingError,
    ResultChannelNotOfferedError,
    TimeLimitUnusableError,
)
from intake.domain.unsigned import Consequence, consequence
from intake.domain.vault import Mode


@dataclass(frozen=True)
class DeskRules:
    """The values of one profile that the desk works by."""

    check: Term
    forward: Term | None
    """None where forwarding is part of the check."""
    answer: Term
    single_supplement: bool
    component_sources: tuple[str, ...]
    one_file_per_document: bool
    signed_papers: frozenset[str]
    result_channels_l3: tuple[str, ...]
    result_channels_l4: tuple[str, ...]
    compare_at_pickup: bool
    reminder: Reminder
    code_pattern: str
    retention: Retention
    backfill: bool
    """Whether what came on paper during an outage is written down afterwards."""
    clock_on_supplement: str
    """What becomes of the clock of a dossier that is supplemented while it is handled."""
    amend_unasked: bool
    """Whether the applicant amends before acceptance without being asked."""
    l4_signature: str
    """What the profile says of the applicant's signature on a full service."""
    vault: Mode = Mode.OFF

    def result_channels(self, service_level: str) -> tuple[str, ...]:
        """Return the ways to receive the result at this service level, the usual one first.

        Source: NB Đ.17.2; TN Đ.11.5; BD Đ.9.2; HN Đ.8.2; R-SUB-12
        """
        return self.result_channels_l3 if is_partial(service_level) else self.result_channels_l4

    def compares(self, service_level: str) -> bool:
        """Tell whether the form is signed and originals are compared at pick-up.

        Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
        """
        unsigned = self.unsigned(service_level) is Consequence.AS_L3
        return self.compare_at_pickup and (is_partial(service_level) or unsigned)

    def unsigned(self, service_level: str | None) -> Consequence | None:
        """Return what handing in without a signature leads to at this service level.

        Source: NB Đ.14.3.a; BD Đ.7.2.a; R-SUB-08
        """
        return consequence(self.l4_signature, service_level)

    def must_sign(self, paper: str) -> bool:
        """Tell whether the profile requires a digital signature on this paper.

        Source: TN Đ.11.3.b; R-INT-09
        """
        return paper in self.signed_papers


def read_rules(profile: Profile) -> DeskRules:
    """Return the desk's rules out of a loaded profile."""
    signing = profile.record("documents.signed")
    return DeskRules(
        check=term_of(profile, CHECK_DEADLINE),
        forward=_forward(profile, "intake.forward_deadline"),
        answer=_answer(profile, "intake.supplement_wait_days"),
        single_supplement=profile.flag("intake.single_supplement_rule"),
        component_sources=profile.listing("submission.component_sources"),
        one_file_per_document=profile.flag("submission.one_file_per_document"),
        signed_papers=frozenset(_papers(signing) if signing["mode"] == "required" else ()),
        result_channels_l3=_channels(profile, "results.channels.l3"),
        result_channels_l4=_channels(profile, "results.channels.l4"),
        compare_at_pickup=profile.text("submission.sign_and_compare_at_pickup") == "L3",
        reminder=reminder_of(profile),
        code_pattern=profile.text("dossier_code.pattern"),
        retention=retention_of(profile),
        backfill=profile.flag("intake.offline_backfill"),
        clock_on_supplement=profile.text("processing.clock_on_supplement"),
        amend_unasked=profile.text("submission.amend") != "on_request",
        l4_signature=profile.text("submission.l4_signature"),
        vault=Mode(profile.text("vault.enabled")),
    )


def _papers(signing: Mapping[str, object]) -> tuple[str, ...]:
    papers = signing["papers"]
    assert isinstance(papers, tuple)
    return papers


def _forward(profile: Profile, key: str) -> Term | None:
    return None if profile.limit(key).word == "inside_check" else term_of(profile, key)


def _answer(profile: Profile, key: str) -> Term:
    wait = Duration(Fraction(profile.number(key)), Unit.DAY)
    return Term(Rule.CALENDAR_DAYS, wait, profile.get(key).source)


def _channels(profile: Profile, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(AS_PROFILES_SAY[token] for token in profile.listing(key)))


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
    if chosen == Channel.POST and not (address or "").strip():
        raise ResultAddressMissingError(field="result_address", rule="required")
    return chosen


def near(rules: DeskRules, now: datetime, calendar: WorkingCalendar) -> Mapping[State, datetime]:
    """Return up to which instant (UTC) the clock of each state that the desk keeps counts as near.

    These are check, forwarding and the wait for an answer; what is with the unit is near in the unit's own lists.

    Source: requirements §0.3.2; R-INT-02, R-INT-11, R-INT-19
    """
    terms = {
        State.SUBMITTED: rules.check,
        State.ACCEPTED: rules.forward or rules.check,
        State.SUPPLEMENT_REQUESTED: rules.answer,
    }
    return {state: rules.reminder.near_until(term, now, calendar) for state, term in terms.items()}


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
