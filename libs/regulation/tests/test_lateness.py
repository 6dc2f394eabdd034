"""On time, early and overdue, fixed once; report periods; the checklist before a regulation takes effect."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.lateness import (
    Cycle,
    Outcome,
    Period,
    Preparation,
    Progress,
    Scheme,
    Standing,
    flags,
    not_ready,
    open_items,
    outcome,
    period_of,
    standing,
)
from regulation.profiles import PROVINCES, load

HANOI = dt.timezone(dt.timedelta(hours=7))
DUE = dt.datetime(2026, 9, 10, 17, 30, tzinfo=HANOI)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("profile", PROVINCES)
@pytest.mark.parametrize(
    ("finished", "counts"),
    [
        (DUE - 3 * DAY, Outcome.EARLY),
        (dt.datetime(2026, 9, 9, 23, 59, tzinfo=HANOI), Outcome.EARLY),
        (dt.datetime(2026, 9, 10, 0, 0, tzinfo=HANOI), Outcome.ON_TIME),
        (dt.datetime(2026, 9, 9, 17, 0, tzinfo=dt.UTC), Outcome.ON_TIME),
        (DUE - MINUTE, Outcome.ON_TIME),
        (DUE, Outcome.ON_TIME),
        (DUE + MINUTE, Outcome.LATE),
        (DUE + 30 * DAY, Outcome.LATE),
    ],
)
def test_r_sta_19_on_time_is_up_to_the_due_instant_and_early_before_the_due_day(
    profile: str, finished: dt.datetime, counts: Outcome
) -> None:
    assert load(profile).number("processing.max_extensions") == 1
    assert outcome(DUE, finished) is counts
    assert outcome(DUE.astimezone(dt.UTC), finished.astimezone(dt.UTC)) is counts


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sta_19_overdue_counts_against_the_original_date_after_an_extension(profile: str) -> None:
    assert load(profile).number("processing.max_extensions") == 1
    extended = Progress(DUE, extended_to=DUE + 5 * DAY)
    assert standing(extended, DUE) is Standing.IN_TIME
    assert standing(extended, DUE + MINUTE) is Standing.OVERDUE
    finished = Progress(DUE, extended_to=DUE + 5 * DAY, finished_at=DUE + 2 * DAY)
    assert standing(finished, DUE + 9 * DAY) is Standing.LATE
    assert flags(finished, DUE + 9 * DAY) == {"overdue", "extended"}


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sta_19_a_dossier_waiting_for_a_supplement_is_not_late(profile: str) -> None:
    assert load(profile).text("processing.clock_on_supplement") == "pause_and_restart"
    waiting = Progress(DUE, waiting_since=DUE)
    assert standing(waiting, DUE + 60 * DAY) is Standing.WAITING
    assert flags(waiting, DUE + 60 * DAY) == frozenset()


def test_a_pause_or_a_wait_hides_no_lateness_that_was_already_there() -> None:
    assert standing(Progress(DUE, waiting_since=DUE + MINUTE), DUE + DAY) is Standing.OVERDUE
    assert standing(Progress(DUE, paused_since=DUE + MINUTE), DUE + DAY) is Standing.OVERDUE
    assert standing(Progress(DUE, paused_since=DUE), DUE + DAY) is Standing.PAUSED


def test_flags_stand_beside_the_state() -> None:
    assert flags(Progress(DUE), DUE) == frozenset()
    assert flags(Progress(DUE), DUE + MINUTE) == {"overdue"}
    assert flags(Progress(DUE, finished_at=DUE - DAY), DUE) == {"early"}
    assert flags(Progress(DUE, finished_at=DUE), DUE) == frozenset()


@given(st.integers(-100_000, 100_000), st.integers(0, 100_000))
def test_nothing_done_later_makes_a_dossier_less_late(minutes: int, more: int) -> None:
    ranks = [Outcome.EARLY, Outcome.ON_TIME, Outcome.LATE]
    earlier = outcome(DUE, DUE + minutes * MINUTE)
    assert ranks.index(outcome(DUE, DUE + (minutes + more) * MINUTE)) >= ranks.index(earlier)


@pytest.mark.parametrize(
    ("on", "cycle", "scheme", "first", "last"),
    [
        ("2026-02-28", Cycle.MONTH, Scheme.CALENDAR, "2026-02-01", "2026-02-28"),
        ("2026-12-31", Cycle.MONTH, Scheme.CALENDAR, "2026-12-01", "2026-12-31"),
        ("2026-04-01", Cycle.QUARTER, Scheme.CALENDAR, "2026-04-01", "2026-06-30"),
        ("2026-07-01", Cycle.HALF_YEAR, Scheme.CALENDAR, "2026-07-01", "2026-12-31"),
        ("2024-02-29", Cycle.YEAR, Scheme.CALENDAR, "2024-01-01", "2024-12-31"),
        ("2026-01-14", Cycle.MONTH, Scheme.FIFTEENTH, "2025-12-15", "2026-01-14"),
        ("2026-01-15", Cycle.MONTH, Scheme.FIFTEENTH, "2026-01-15", "2026-02-14"),
        ("2025-12-15", Cycle.QUARTER, Scheme.FIFTEENTH, "2025-12-15", "2026-03-14"),
        ("2026-03-14", Cycle.QUARTER, Scheme.FIFTEENTH, "2025-12-15", "2026-03-14"),
        ("2026-03-15", Cycle.QUARTER, Scheme.FIFTEENTH, "2026-03-15", "2026-06-14"),
        ("2026-06-14", Cycle.HALF_YEAR, Scheme.FIFTEENTH, "2025-12-15", "2026-06-14"),
        ("2026-06-15", Cycle.HALF_YEAR, Scheme.FIFTEENTH, "2026-06-15", "2026-12-14"),
        ("2026-12-14", Cycle.YEAR, Scheme.FIFTEENTH, "2025-12-15", "2026-12-14"),
        ("2026-12-15", Cycle.YEAR, Scheme.FIFTEENTH, "2026-12-15", "2027-12-14"),
    ],
)
def test_report_periods_are_those_of_the_regulations(
    on: str, cycle: Cycle, scheme: Scheme, first: str, last: str
) -> None:
    wanted = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert period_of(dt.date.fromisoformat(on), cycle, scheme) == wanted


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 1, 1)), st.sampled_from(Cycle), st.sampled_from(Scheme))
def test_periods_follow_one_another_without_gap(on: dt.date, cycle: Cycle, scheme: Scheme) -> None:
    period = period_of(on, cycle, scheme)
    after = period_of(period.last + DAY, cycle, scheme)
    assert period.first <= on <= period.last
    assert period_of(period.first, cycle, scheme) == period
    assert after.first == period.last + DAY
    assert period.ends_at == after.starts_at
    assert period.covers(period.starts_at)
    assert not period.covers(period.ends_at)


def test_a_period_begins_at_local_midnight() -> None:
    period = period_of(dt.date(2026, 9, 5), Cycle.MONTH)
    assert period.starts_at == dt.datetime(2026, 8, 31, 17, 0, tzinfo=dt.UTC)
    assert period.ends_at == dt.datetime(2026, 9, 30, 17, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_org_07_an_agency_that_is_not_prepared_shows_from_the_effective_date(profile: str) -> None:
    since = load(profile).day("regulation.effective_from")
    agencies = {"H42.101": set(Preparation), "H42.102": {Preparation.CONTENT}, "H42.15": set[Preparation]()}
    assert not_ready(agencies, since, since - DAY) == {}
    assert not_ready(agencies, since, since) == {
        "H42.102": (Preparation.INFRASTRUCTURE, Preparation.INTERNAL_PROCESSES),
        "H42.15": tuple(Preparation),
    }
    assert open_items(agencies["H42.102"]) == (Preparation.INFRASTRUCTURE, Preparation.INTERNAL_PROCESSES)


def test_r_org_07_each_regulation_has_its_effective_date() -> None:
    dates = {name: load(name).day("regulation.effective_from").isoformat() for name in PROVINCES}
    assert dates == {
        "ninh-binh": "2019-09-15",
        "thai-nguyen": "2020-05-28",
        "binh-dinh": "2019-09-01",
        "quang-tri": "2024-12-13",
        "ha-nam": (dt.date(2013, 11, 22) + 10 * DAY).isoformat(),
    }


@pytest.mark.parametrize("cycle", Cycle)
def test_the_last_day_a_calendar_knows_has_its_period(cycle):
    assert period_of(dt.date(9999, 12, 31), cycle).last == dt.date(9999, 12, 31)
    assert period_of(dt.date(2024, 2, 29), Cycle.MONTH).last == dt.date(2024, 2, 29)
