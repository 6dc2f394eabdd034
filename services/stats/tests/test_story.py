"""The story of a dossier, whatever order its facts come in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.lateness import Move, account
from stats.domain import story
from stats.domain.periods import PeriodNotPublishedError, Shown, YearOutOfRangeError, label, periods_of
from stats.domain.story import NOBODYS, Closing, Fact, Hands, tell

T0 = datetime(2026, 11, 19, 20, tzinfo=UTC)  # three in the morning of the 20th, local time
HOUR = timedelta(hours=1)


def fact(kind: str, version: int, hours: float, due: float | None = None) -> Fact:
    return Fact(kind, version, T0 + hours * HOUR, T0 + due * HOUR if due is not None else None)


WHOLE = (
    fact(story.RECEIVED, 1, 0, due=4),
    fact(story.PAUSED, 2, 1),
    fact(story.RESUMED, 3, 30, due=34),
    fact(story.ACCEPTED, 4, 31, due=39),
    fact(story.READY, 3, 38),
    fact(story.RETURNED, 6, 38.1),
)


@given(st.permutations(WHOLE), st.lists(st.sampled_from(WHOLE), max_size=6))
def test_order_and_repetition_change_nothing(order: list[Fact], again: list[Fact]) -> None:
    assert tell([*order, *again]) == tell(WHOLE)


@given(st.sets(st.sampled_from(WHOLE), min_size=1))
def test_whatever_has_arrived_makes_a_lawful_history(arrived: set[Fact]) -> None:
    told = tell(arrived)
    counted = account({"code": told.moves}, T0 - HOUR, T0 + 1000 * HOUR)
    assert counted.totals.holds


@pytest.mark.parametrize(
    ("facts", "closing", "closed_after"),
    [
        (WHOLE[:1], None, None),
        (WHOLE[:2], None, None),
        (WHOLE, Closing.ON_TIME, 38),
        ((*WHOLE[:4], fact(story.READY, 3, 40)), Closing.LATE, 40),
        ((*WHOLE[:4], fact(story.REJECTED, 3, 39)), Closing.ON_TIME, 39),
        ((WHOLE[0], fact(story.REFUSED, 2, 5)), Closing.LATE, 5),
        ((WHOLE[0], fact(story.REFUSED, 2, 3)), Closing.ON_TIME, 3),
        ((WHOLE[0], fact(story.REDIRECTED, 2, 3)), Closing.WITHDRAWN, 3),
        ((WHOLE[0], fact(story.ACCEPTED, 2, 1, due=100), fact(story.READY, 2, 30)), Closing.EARLY, 30),
        ((*WHOLE[:4], fact(story.RETURNED, 5, 31)), Closing.ON_TIME, 31),
    ],
)
def test_r_sta_19_lateness_is_judged_once_against_the_original_due_date(
    facts: tuple[Fact, ...], closing: Closing | None, closed_after: float | None
) -> None:
    told = tell(facts)
    assert told.closing == closing
    assert told.closed_at == (T0 + closed_after * HOUR if closed_after is not None else None)


def test_r_sta_19_a_dossier_waiting_for_its_supplement_is_paused() -> None:
    told = tell(WHOLE[:2])
    assert told.moves[-1].move is Move.PAUSED
    assert told.pauses[0].until is None
    assert tell(WHOLE[:3]).pauses[0].until == T0 + 30 * HOUR


IN_HANDLING = (
    *WHOLE[:4],
    fact(story.PAUSED, 5, 33),
    fact(story.SUPPLEMENTED, 6, 60, due=68),
    fact(story.READY, 9, 67),
)


def test_r_prc_10_handling_that_waited_for_a_supplement_is_paused_and_then_counted_anew() -> None:
    waiting = tell(IN_HANDLING[:5])
    assert (waiting.moves[-1].move, waiting.due_at) == (Move.PAUSED, T0 + 39 * HOUR)
    told = tell(IN_HANDLING)
    assert (told.due_at, told.closing) == (T0 + 68 * HOUR, Closing.ON_TIME)
    assert [(one.since - T0) / HOUR for one in told.pauses] == [1, 33]
    assert told.pauses[-1].until == T0 + 60 * HOUR
    assert tell((*IN_HANDLING[:6], fact(story.READY, 9, 69))).closing is Closing.LATE


def held(kind: str, version: int, hours: float, unit: str, officer_id: str | None) -> Fact:
    return fact(kind, version, hours)._replace(hands=Hands(unit, officer_id))


MOVES = (
    held(story.OPENED, 1, 31, "land", None),
    held(story.ASSIGNED, 2, 32, "land", "an"),
    held(story.SENT_BACK, 3, 33, "water", None),
    held(story.ASSIGNED, 4, 34, "water", "chi"),
)


@pytest.mark.parametrize(
    ("facts", "hands"),
    [
        (WHOLE, NOBODYS),
        ((*WHOLE, MOVES[0]), Hands("land", None)),
        ((*WHOLE, *MOVES[:2]), Hands("land", "an")),
        ((*WHOLE, *MOVES[:3]), Hands("water", None)),
        ((*WHOLE, *MOVES), Hands("water", "chi")),
        ((*MOVES[::-1], *WHOLE), Hands("water", "chi")),
        ((*WHOLE, held(story.ASSIGNED, 4, 33, "water", "chi")), Hands("water", "chi")),
    ],
    ids=("none", "opened", "assigned", "sent back", "whole", "reversed", "announced"),
)
def test_a_dossier_is_in_the_hands_that_the_newest_fact_of_its_settling_names(
    facts: tuple[Fact, ...], hands: Hands
) -> None:
    assert tell(facts).hands == hands
    assert tell(facts).moves == tell(WHOLE).moves


def test_a_story_needs_a_fact() -> None:
    with pytest.raises(ValueError, match="at least one fact"):
        tell([])


def test_periods_of_a_year_that_has_begun() -> None:
    months = periods_of(Shown.MONTH, 2026, T0, ["month", "year"])
    assert [label(period, Shown.MONTH) for period in months][-2:] == ["2026-10", "2026-11"]
    assert [label(period, Shown.YEAR) for period in periods_of(Shown.YEAR, 2025, T0, ["year"])] == ["2025"]
    quarters = periods_of(Shown.QUARTER, 2026, T0, ["quarter"])
    assert [label(period, Shown.QUARTER) for period in quarters] == [
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
    ]


def test_the_local_new_year_begins_seven_hours_before_utc() -> None:
    eve = datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert label(periods_of(Shown.MONTH, 2027, eve, ["month"])[0], Shown.MONTH) == "2027-01"


@pytest.mark.parametrize("year", [2012, 2027])
def test_a_year_without_figures_is_refused(year: int) -> None:
    with pytest.raises(YearOutOfRangeError) as refusal:
        periods_of(Shown.MONTH, year, T0, ["month"])
    assert str(year) in refusal.value.message("vi")


def test_a_period_the_regulation_does_not_publish_is_refused() -> None:
    with pytest.raises(PeriodNotPublishedError) as refusal:
        periods_of(Shown.QUARTER, 2026, T0, ["month", "year"])
    assert "month, year" in refusal.value.message("en")
