"""The notice board, over Redis, over PostgreSQL and within one process."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from live import Board, place, thing, wire_of
from live.wires import LARGEST, messages
from suite.run.postgres import PostgresServer
from suite.testing.redis import RedisServer

CARRIERS = ("redis", "postgres")


async def until(holds: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait for a condition, failing when the time is over."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def board(redis_url: str = "", notify_url: str = "") -> AsyncIterator[Board]:
    """Give a board that listens."""
    made = Board(wire_of(redis_url, notify_url))
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        listening.cancel()
        await made.aclose()


@pytest.fixture
def addresses(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "redis":
        return {"redis_url": request.getfixturevalue("redis").url}
    server: PostgresServer = request.getfixturevalue("postgres")
    return {"notify_url": server.dsn()}


@pytest.mark.parametrize("addresses", CARRIERS, indirect=True)
async def test_another_process_hears_within_half_a_second(addresses: dict[str, str]) -> None:
    async with board(**addresses) as ours, board(**addresses) as theirs:
        await until(lambda: theirs.hearing)
        with theirs.ear([thing("42")]) as about, theirs.ear([thing("43")]) as other:
            ours.tell(thing("42"))
            assert await about.news(0.5)
            assert not await other.news(0.05)


@pytest.mark.parametrize("addresses", CARRIERS, indirect=True)
async def test_a_thousand_changes_arrive_in_few_messages(addresses: dict[str, str]) -> None:
    async with board(**addresses) as ours, board(**addresses) as theirs:
        await until(lambda: theirs.hearing)
        with (
            theirs.ear([thing(f"H42.101-{n:06}") for n in range(1000)]) as about,
            theirs.ear([thing("end")]) as end,
        ):
            ours.tell(*[thing(f"H42.101-{n:06}") for n in range(1000)], thing("end"))
            assert await end.news(2)
            assert await about.news(0)


def test_messages_stay_below_what_a_notification_may_hold() -> None:
    topics = [thing(f"Đ{n:05}") for n in range(3000)]
    packed = list(messages(topics))
    assert max(len(message.encode()) for message in packed) <= LARGEST + 2 * 3
    assert sum(message.count("thing:") for message in packed) == 3000


async def test_a_place_hears_of_the_places_in_it_and_of_no_neighbour() -> None:
    ours = Board()
    with ours.ear([place("H42")]) as province, ours.ear([place("H42.1")]) as neighbour:
        ours.tell(place("H42.101.03"))
        assert await province.news(0)
        assert not await neighbour.news(0)


async def test_whoever_left_is_forgotten() -> None:
    ours = Board()
    with ours.ear([thing("1")]):
        pass
    assert ours._ears == {}


async def test_news_come_again_after_redis_was_away(redis: RedisServer) -> None:
    async with board(redis.url) as ours, board(redis.url) as theirs:
        await until(lambda: theirs.hearing)
        with theirs.ear([thing("1")]) as ear:
            redis.stop()
            await until(lambda: not theirs.hearing)
            assert await ear.news(0)  # whoever listens must know that it is deaf now
            ours.tell(thing("1"))
            redis.start()
            await until(lambda: theirs.hearing)
            assert await ear.news(0)  # something may have been missed
            ours.tell(thing("1"))
            assert await ear.news(2)


async def test_a_frozen_redis_is_noticed_and_delays_nobody(redis: RedisServer) -> None:
    async with board(redis.url) as ours:
        await until(lambda: ours.hearing)
        redis.freeze()
        begun = time.perf_counter()
        for _ in range(1000):
            ours.tell(thing("1"))
        assert time.perf_counter() - begun < 0.2
        await until(lambda: not ours.hearing)
        redis.thaw()
        await until(lambda: ours.hearing)


async def test_closing_rings_everybody() -> None:
    ours = Board()
    with ours.ear([thing("1")]) as ear:
        ours.close()
        assert await ear.news(0)
        assert ours.closed


async def test_what_is_remembered_is_bounded_and_what_was_dropped_counts_as_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("live.board.MOST_REMEMBERED", 100)
    made, before = Board(), time.time()
    made.tell(thing("first"))
    for number in range(300):
        made.tell(thing(f"n{number}"))
    assert len(made._recent) == 100
    with made.ear([thing("first")], since=before) as ear:
        assert await ear.news(0.01)
    with made.ear([thing("n299")], since=before) as ear:
        assert await ear.news(0.01)
    with made.ear([thing("elsewhere")], since=time.time() + 1) as ear:
        assert not await ear.news(0.01)


async def test_a_page_that_asks_since_before_all_news_of_others_hears_nothing() -> None:
    made = Board()
    made.tell(thing("a"))
    with made.ear([thing("b")], since=time.time() - 5) as ear:
        assert not await ear.news(0.01)
