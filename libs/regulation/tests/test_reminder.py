"""Reminders before a due time: one rule for every deadline, from one key of the profile."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from regulation import profiles
from regulation.calendar import national
from regulation.clock import Urgency
from regulation.clock.by_profile import term_of
from regulation.clock.ledger import Ledger
from regulation.clock.reminder import Reminder, reminder_of

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
    ("left", "urgency"),
    [
        (480, Urgency.PLENTY),
        (240, Urgency.HALF),
        (121, Urgency.HALF),
        (120, Urgency.SOON),
        (-1, Urgency.OVERDUE),
    ],
)
def test_the_urgency_turns_when_the_reminder_is_due(left, urgency):
    assert QUARTER.urgency(left, 480, overdue=left < 0) is urgency


def test_what_is_near_now_are_the_deadlines_that_are_reminded_of_by_now():
    now = at(15, 30)
    assert QUARTER.near_until(480, now, CALENDAR) == at(17, 30)
    assert QUARTER.soon_at(at(7, 30), QUARTER.near_until(480, now, CALENDAR), CALENDAR) == now


def test_the_profile_is_read_and_nothing_is_invented():
    assert reminder_of(profiles.load("ninh-binh")) == QUARTER


def test_a_deadline_keeps_rule_article_and_calendar_and_its_lines_are_drawn_again_from_them():
    term = term_of(profiles.load("thai-nguyen"), "intake.check_deadline")
    ledger = term.starting(at(16), CALENDAR)
    kept = ledger.facts()
    assert (kept["rule"], kept["amount"], kept["source"]) == ("hours", "4 wh", "TN Đ.11.3.a; TN PL.B2")
    assert "intervals" not in kept
    assert Ledger.from_dict(kept, CALENDAR) == ledger == Ledger.from_dict(ledger.to_dict())
