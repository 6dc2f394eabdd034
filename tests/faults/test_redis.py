"""Redis stops, freezes and forgets under load, with two replicas of intake: nobody waits, nothing is lost."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from rig.census import Suite
from rig.run import PATIENCE, Run, assert_whole, load_on
from rig.strikes import stopped
from suite.run.running import running_in
from suite.testing.folders import private_folder
from suite.testing.redis import RedisServer
from suite.testing.replicas import replicas_of, tell_gateway, usual
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = pytest.mark.faults
FAULT = 2.0  # seconds each fault lasts
REST = 1.0  # seconds between two
BOUND = (
    1.5  # seconds the slowest answer may take on a busy machine; a store that is away costs each a twentieth
)


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """Give a server that the suite shares its limits and news over."""
    server = RedisServer(private_folder("faults-valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running(redis: RedisServer) -> Iterator[RunningSuite]:
    """Give a suite over that Redis, with one replica more of intake's API, of which the gateway is told."""
    state = private_folder("faults-redis")
    file = state / "gateway.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_REDIS_URL", redis.url)
        patch.setenv("MOTCUA_GATEWAY_FILE", str(file))
        patch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "100000")
        started = start_suite("faults-redis", state=state)
    try:
        plan, _ = running_in(state)
        with replicas_of(state, "intake") as more:
            tell_gateway(file, {"intake": [usual(plan, "intake"), more["intake"].address]})
            yield started
    finally:
        stop_suite(started)


@pytest.fixture
async def suite(running: RunningSuite) -> Suite:
    """Give the suite with a procedure to submit and a witness beside every inbox."""
    found = Suite(running)
    await found.install_witness()
    await found.publish()
    return found


@dataclass
class Looks:
    """Somebody who looks a dossier up again and again: how it was answered, and the slowest answer in seconds."""

    url: str
    answers: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    async def go_on(self, code: str, ended: asyncio.Event) -> None:
        """Look until it has ended."""
        async with httpx.AsyncClient(base_url=self.url, timeout=10) as web:
            while not ended.is_set():
                begun = time.monotonic()
                answer = await web.get(f"/api/intake/tracking/{code}")
                self.slowest = max(self.slowest, time.monotonic() - begun)
                self.answers[answer.status_code] += 1
                await asyncio.sleep(0.02)


async def submitted(suite: Suite, ledger: Path) -> str:
    """Submit one dossier or a few and return the code of one."""
    load = load_on(suite, ledger)
    await load.run(1, PATIENCE)
    assert load.ledger.names(), (dict(load.answers), load.refused)
    return next(iter(load.ledger.names().values()))


@contextmanager
def away(redis: RedisServer) -> Iterator[None]:
    redis.stop()
    yield
    redis.start()


@contextmanager
def frozen(redis: RedisServer) -> Iterator[None]:
    redis.freeze()
    yield
    redis.thaw()


@contextmanager
def emptied(redis: RedisServer) -> Iterator[None]:
    assert redis.ask("FLUSHALL") == "+OK"
    yield
    assert redis.ask("FLUSHALL") == "+OK"


async def test_whatever_redis_does_citizens_are_answered_and_nothing_is_lost(
    suite: Suite, redis: RedisServer, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    assert redis.ask("DBSIZE") != ":0", "nothing is shared over Redis, so its faults prove nothing"
    code, ended = await submitted(suite, tmp_path / "first.jsonl"), asyncio.Event()
    assert (await suite.quiet(longest=60)).left == {}
    run, looks = await Run(suite, load, "Redis").begin(), Looks(suite.running.url)
    looking = asyncio.create_task(looks.go_on(code, ended))
    submitting = asyncio.create_task(load.run(3 * (FAULT + REST), PATIENCE))
    for fault in (away, frozen, emptied):
        with fault(redis):
            await asyncio.sleep(FAULT)
        await asyncio.sleep(REST)
    await submitting
    ended.set()
    await looking
    outcome = await run.judged(f"{looks.answers.total()} looks, the slowest {looks.slowest:.2f} s")
    assert_whole(outcome, load)
    assert set(load.answers) == {"201"}, dict(load.answers)
    assert set(looks.answers) == {200}, dict(looks.answers)
    assert max(load.slowest, looks.slowest) < BOUND


async def test_what_does_keep_citizens_waiting_is_seen(suite: Suite, tmp_path: Path) -> None:
    code, looks, ended = (
        await submitted(suite, tmp_path / "one.jsonl"),
        Looks(suite.running.url),
        asyncio.Event(),
    )
    looking = asyncio.create_task(looks.go_on(code, ended))
    with stopped(suite.running.note["pids"]["intake"]):
        await asyncio.sleep(BOUND + 0.5)
    ended.set()
    await looking
    assert looks.slowest >= BOUND
