"""The time line answers for its first and last moments as for all others, and refuses what lies beyond."""

from collections.abc import Callable

import pytest
from regulation.calendar.timeline import DAY, MINUTE, Timeline


class BeyondError(Exception):
    """The refusal this test hands to the time line."""


def line(*days: list[tuple[int, int]]) -> Timeline:
    """Days given by their periods in minutes."""
    return Timeline(days, BeyondError)


WORK, REST = [(60, 120), (180, 240)], list[tuple[int, int]]()


@pytest.mark.parametrize(
    ("minute", "work", "following"),
    [
        (0, 0, 60),
        (59, 0, 60),
        (60, 0, 60),
        (61, 1, 61),
        (119, 59, 119),
        (120, 60, 180),
        (180, 60, 180),
        (239, 119, 239),
        (240, 120, 2 * 1440 + 60),
        (2 * 1440 + 60, 120, 2 * 1440 + 60),
        (2 * 1440 + 239, 239, 2 * 1440 + 239),
    ],
)
def test_work_is_counted_from_the_first_moment_and_goes_on_at_the_next_opening(
    minute: int, work: int, following: int
) -> None:
    time = line(WORK, REST, WORK)
    assert time.work_at(minute * MINUTE) == work * MINUTE
    assert time.next_working(minute * MINUTE) == following * MINUTE


@pytest.mark.parametrize(
    ("work", "minute"), [(1, 61), (60, 120), (61, 181), (120, 240), (121, 2941), (240, 3120)]
)
def test_the_moment_of_some_work_is_the_first_at_which_it_is_done(work: int, minute: int) -> None:
    assert line(WORK, REST, WORK).moment_of(work * MINUTE) == minute * MINUTE


def test_days_know_whether_they_are_worked_and_when_they_open_and_close() -> None:
    time = line(WORK, REST, WORK, REST)
    assert [time.is_working_day(day) for day in range(4)] == [True, False, True, False]
    assert [time.is_working_day(day) for day in (1, 0)] == [False, True]
    assert (time.opening_of(0), time.close_of(0)) == (60 * MINUTE, 240 * MINUTE)
    assert (time.opening_of(2), time.close_of(2)) == (2 * DAY + 60 * MINUTE, 2 * DAY + 240 * MINUTE)
    assert [time.working_day_after(0, 1), time.working_day_after(1, 1)] == [2, 2]
    assert [time.working_day_from(0), time.working_day_from(1), time.working_day_from(2)] == [0, 2, 2]
    assert not line(REST, WORK).is_working_day(0)


@pytest.mark.parametrize(
    ("ask", "tick"),
    [
        (lambda time: time.check(-1), -1),
        (lambda time: time.check(3 * DAY + 1), 3 * DAY + 1),
        (lambda time: time.work_at(-1), -1),
        (lambda time: time.next_working(3 * DAY + 1), 3 * DAY + 1),
        (lambda time: time.next_working(120 * MINUTE + 2 * DAY), 3 * DAY),
        (lambda time: time.moment_of(120 * MINUTE + 1), 3 * DAY),
        (lambda time: time.is_working_day(3), 3 * DAY),
        (lambda time: time.is_working_day(-1), -DAY),
        (lambda time: time.working_day_after(2, 1), 3 * DAY),
        (lambda time: time.working_day_after(0, 2), 3 * DAY),
        (lambda time: time.working_day_from(3), 3 * DAY),
    ],
)
def test_what_lies_beyond_is_refused_with_its_tick(ask: Callable[[Timeline], object], tick: int) -> None:
    time = line([(60, 120)], REST, [(60, 120)])
    assert (time.check(0), time.check(3 * DAY)) == (0, 3 * DAY)
    with pytest.raises(BeyondError) as refused:
        ask(time)
    assert refused.value.args == (tick,)
