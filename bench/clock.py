"""How many due dates a second one core computes, with their ledgers, beside a bare binary search in the same run."""

import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from regulation.calendar import WorkingCalendar, national
from regulation.clock import Rule, due
from regulation.durations import Duration

from bench.findings import Finding, show
from bench.machine import family, rss_of

CASES, ROUNDS, TARGET = 10_000, 3, 30_000
Case = tuple[Rule, datetime, Duration]


def cases() -> list[Case]:
    """What a province asks all day long: checks in hours, handling in days, a few by the wall calendar."""
    dice = random.Random(7)
    limits = [("8 wh", 40), ("4 wh", 20), ("3 wd", 15), ("5 wd", 10), ("15 wd", 5), ("½ wd", 5), ("30 d", 5)]
    rules = {"wh": Rule.HOURS, "wd": Rule.WORKING_DAYS, "d": Rule.CALENDAR_DAYS}
    chosen = dice.choices([text for text, _ in limits], [weight for _, weight in limits], k=CASES)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    minutes = [dice.randrange(2 * 365 * 1440) for _ in range(CASES)]
    return [
        (rules[text.split()[1]], start + timedelta(minutes=minute), Duration.parse(text))
        for text, minute in zip(chosen, minutes, strict=True)
    ]


def best_rate(work: Callable[[], None], count: int) -> float:
    """Answers a second of processor time, the best of a few rounds: neighbours on the machine only slow it down."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return count / min(taken)


def bare_bisect(calendar: WorkingCalendar, asked: Sequence[Case]) -> Callable[[], None]:
    """Two binary searches and an addition per case: the least any such clock must do."""
    first = calendar.valid_from
    opens = [
        n * 1440 + p.opens for n in range(calendar.days) for p in calendar.periods_on(first + timedelta(n))
    ]
    lengths = [
        p.closes - p.opens for n in range(calendar.days) for p in calendar.periods_on(first + timedelta(n))
    ]
    done = [0]
    for length in lengths:
        done.append(done[-1] + length)
    ticks = [calendar.tick_of(received) // 60_000_000 for _, received, _ in asked]

    def work() -> None:
        for tick in ticks:
            wanted = done[bisect_right(opens, tick) - 1] + 480
            index = bisect_left(done, wanted) - 1
            _ = opens[index] + wanted - done[index]

    return work


def findings() -> list[Finding]:
    """Measure both ways of asking, per core and second, beside the bare search."""
    calendar, asked = national(), cases()
    due(*asked[0], calendar).explain("vi")

    def dates() -> None:
        for rule, received, amount in asked:
            _ = due(rule, received, amount, calendar).due_at

    def ledgers() -> None:
        for rule, received, amount in asked:
            _ = due(rule, received, amount, calendar).intervals

    bare = best_rate(bare_bisect(calendar, asked), CASES)
    found = []
    for what, work in (("due date, ledger drawn when asked", dates), ("due date with every line", ledgers)):
        rate = best_rate(work, CASES)
        found.append(
            Finding(
                what, rate, "/s", f"≥ {TARGET:,}/s", rate >= TARGET, bare, "bare bisect", rss_of(family()[:1])
            )
        )
    return found


if __name__ == "__main__":
    show(findings())
