"""Limits that all replicas share."""

import time

import pytest
from live import Limiter
from suite.testing.redis import RedisServer


async def hits(limiter: Limiter, count: int, who: str = "203.0.113.7") -> list[bool]:
    """Ask so many times."""
    return [await limiter.allows("lookup", who, most=5, seconds=60) for _ in range(count)]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a request wait for Redis however busy the machine is: what is proven here is what they count together."""
    monkeypatch.setattr("live.patience.WAIT", 10.0)


async def test_within_one_process() -> None:
    limiter = Limiter()
    assert await hits(limiter, 7) == [True] * 5 + [False] * 2
    assert await hits(limiter, 1, "203.0.113.8") == [True]
    assert await limiter.allows("other", "203.0.113.7", most=5, seconds=60)


@pytest.mark.usefixtures("patient")
async def test_replicas_count_together(redis: RedisServer) -> None:
    here, there = Limiter(redis.url), Limiter(redis.url)
    assert await hits(here, 3) == [True] * 3
    assert await hits(there, 3) == [True, True, False]


@pytest.mark.usefixtures("patient")
async def test_an_emptied_redis_lets_no_flood_through(redis: RedisServer) -> None:
    here, there = Limiter(redis.url), Limiter(redis.url)
    await hits(here, 6)
    redis.ask("FLUSHALL")
    redis.ask("SCRIPT", "FLUSH")
    assert await hits(here, 3) == [False] * 3
    assert await hits(there, 6) == [True] * 5 + [False]


@pytest.mark.parametrize("fault", ["stop", "freeze"])
async def test_without_redis_each_process_counts_what_it_saw(redis: RedisServer, fault: str) -> None:
    limiter = Limiter(redis.url)
    await hits(limiter, 2)
    getattr(redis, fault)()
    begun = time.perf_counter()
    assert await hits(limiter, 5) == [True] * 3 + [False] * 2
    assert await hits(limiter, 1, "203.0.113.8") == [True]
    assert time.perf_counter() - begun < 0.5
