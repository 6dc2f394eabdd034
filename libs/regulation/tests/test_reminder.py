"""Reminders before a due time: one rule for every deadline, from one key of the profile."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from regulation import profiles
from regulation.calendar import national
from regulation.clock import Rule, Urgency
from regulation.clock.by_profile import Term, term_of
from regulation.clock.ledger import Ledger
from regulation.clock.reminder import Reminder, reminder_of
from regulation.durations import Duration, Unit

CALENDAR = national()
QUARTER = Reminder(Fraction(1, 4), 30)


def at(hour: int, minute: int = 0) -> datetime:
    """Return a local time of Monday 7 December 2026 in UTC."""
    return datetime(2026, 12, 7, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("due", "soon"), [(at(17, 30), at(15, 30)), (at(8, 30), at(8)), (at(7, 45), at(7, 30))]
)
def test_a_deadline_is_near_for_the_last_quarter_of_its_period_and_at_least_half_an_hour(due, soon):
    assert QUARTER.soon_at(at(7, 30), due, CALENDAR) == soon


@pytest.mark.parametrize(
    ("now", "left", "urgency"),
    [
        (at(7, 30), 480, Urgency.PLENTY),
        (at(11, 30), 240, Urgency.HALF),
        (at(15, 29), 121, Urgency.HALF),
        (at(15, 30), 120, Urgency.SOON),
        (at(17, 31), 0, Urgency.OVERDUE),
    ],
)
def test_the_urgency_turns_when_the_reminder_is_due(now, left, urgency):
    time = QUARTER.remaining(at(7, 30), at(17, 30), now, CALENDAR)
    assert (time.left, time.total, time.urgency) == (left, 480, urgency)


@pytest.mark.parametrize(
    ("term", "now", "near"),
    [
        (Term(Rule.HOURS, Duration(Fraction(8), Unit.WORKING_HOUR)), at(15, 30), at(17, 30)),
        (Term(Rule.FORWARD_15H, None), at(8), at(9, 52)),
        (Term(Rule.FORWARD_15H, None), at(17), at(17, 30)),
    ],
)
def test_what_is_near_now_are_the_deadlines_that_are_reminded_of_by_now(term, now, near):
    assert QUARTER.near_until(term, now, CALENDAR) == near


def test_the_profile_is_read_and_nothing_is_invented():
    assert reminder_of(profiles.load("ninh-binh")) == QUARTER


def test_a_deadline_keeps_rule_article_and_calendar_and_its_lines_are_drawn_again_from_them():
    term = term_of(profiles.load("thai-nguyen"), "intake.check_deadline")
    ledger = term.starting(at(16), CALENDAR)
    kept = ledger.facts()
    assert (kept["rule"], kept["amount"], kept["source"]) == ("hours", "4 wh", "TN Đ.11.3.a; TN PL.B2")
    assert "intervals" not in kept
    assert Ledger.from_dict(kept, CALENDAR) == ledger == Ledger.from_dict(ledger.to_dict())
