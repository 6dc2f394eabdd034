"""Who lost the same broker or database comes back one after the other, not all at once."""

import asyncio
import random
import time

import pytest
from common import worker
from common.carriers import PostgresCarrier, SubscriberTarget
from common.carriers.postgres import _Inbox
from common.database import Database
from common.relay import patience
from common.worker import Worker
from suite.testing import captured_logs

MANY, AWAY = 20, 300.0  # workers, and seconds for which all of them have lost the same


def came_back(seed: int) -> list[float]:
    """Return for each worker how long after the end of the outage it looks again, in seconds."""
    random.seed(seed)
    found = []
    for _ in range(MANY):
        now, failures = 0.0, 0
        while now < AWAY:
            failures += 1
            now += patience(failures)
        found.append(now - AWAY)
    return sorted(found)


def busiest(moments: list[float]) -> int:
    """Return how many come within one second, at most."""
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


def test_r22_after_an_outage_nobody_is_overrun() -> None:
    outages = [came_back(seed) for seed in range(50)]
    assert max(moments[-1] for moments in outages) <= 10
    assert max(map(busiest, outages)) <= 10
    assert min(moments[-1] - moments[0] for moments in outages) >= 5


def test_r22_without_chance_all_would_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda _least, most: most)
    assert busiest(came_back(1)) == MANY


def test_the_first_waits_are_short_and_the_longest_has_a_bound() -> None:
    assert patience(1) <= 0.2
    assert all(7.5 <= patience(1000) <= 10 for _ in range(100))


@pytest.mark.parametrize("failures", [1_024, 1_000_000])
def test_r17_an_outage_of_days_wears_nobody_out(failures: int) -> None:
    """Doubled a thousand times, a wait was a number too large to compute, and who waited never came back."""
    assert patience(failures) <= 10
    subscriber = _Inbox("reader", SubscriberTarget("postgresql://-"))
    subscriber._failures = failures
    subscriber._failed(OSError())
    assert subscriber._probe_at <= time.monotonic() + 5


async def test_r17_a_task_that_failed_for_days_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries, stop = 0, asyncio.Event()

    async def task() -> None:
        nonlocal tries
        tries += 1
        if tries < 1_100:
            raise ConnectionError("away")

    async def at_once(*_: object) -> None:
        """Wait for nothing."""

    monkeypatch.setattr(worker, "woken", at_once)
    patient = Worker("reader", Database("postgresql://-"), PostgresCarrier({}), None)
    with captured_logs():
        await patient._keep("receive", task, stop)
    assert tries == 1_100
