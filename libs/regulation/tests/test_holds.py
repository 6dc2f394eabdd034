"""What a decision keeps: from the proposal on, until a second person ends it, whatever its day."""

from datetime import date, timedelta

import pytest
from regulation.holds import Held, HoldState, has_fair_end, reminder_is_due

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("state", "keeps", "waits"),
    [
        (HoldState.PROPOSED, True, True),
        (HoldState.IN_FORCE, True, False),
        (HoldState.RELEASE_PROPOSED, True, True),
        (HoldState.REFUSED, False, False),
        (HoldState.RELEASED, False, False),
    ],
)
def test_sec_20_a_hold_keeps_from_its_proposal_on_until_it_is_ended(state, keeps, waits):
    assert (state.keeps, state.waits) == (keeps, waits)


def test_sec_20_a_second_word_begins_and_ends_a_hold_and_a_no_leaves_what_was():
    assert HoldState.PROPOSED.confirmed() is HoldState.IN_FORCE
    assert HoldState.PROPOSED.refused() is HoldState.REFUSED
    assert HoldState.RELEASE_PROPOSED.confirmed() is HoldState.RELEASED
    assert HoldState.RELEASE_PROPOSED.refused() is HoldState.IN_FORCE


@pytest.mark.parametrize(("days", "fair"), [(0, False), (1, True), (1830, True), (1831, False), (-1, False)])
def test_sec_20_a_hold_names_a_day_within_five_years(days, fair):
    assert has_fair_end(TODAY + timedelta(days=days), TODAY) is fair


@pytest.mark.parametrize(
    ("until", "reminded", "due"),
    [(15, None, False), (14, None, True), (14, 0, False), (7, -7, True), (0, -6, False), (-40, -7, True)],
)
def test_sec_20_who_decided_is_reminded_two_weeks_before_and_each_week_until_it_ends(until, reminded, due):
    last = None if reminded is None else TODAY + timedelta(days=reminded)
    assert reminder_is_due(TODAY + timedelta(days=until), last, TODAY) is due


@pytest.mark.parametrize("one", [*Held, *HoldState])
def test_sec_20_kinds_and_states_are_said_in_both_languages(one):
    assert one.said("vi") != one.said("en")
