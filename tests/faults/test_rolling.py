"""Two replicas of a service restart in turn, the way a new version comes in: nobody who submits or reads notices."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

import httpx
import pytest
from rig.census import Suite
from rig.run import PATIENCE, Run, assert_whole, load_on
from suite.run.processes import answers
from suite.run.running import running_in
from suite.testing.folders import private_folder
from suite.testing.replicas import DRAIN, Replica, await_ready, start_replica, tell_gateway, usual
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = [pytest.mark.faults, pytest.mark.slow]
SERVICES = ("intake", "catalog", "identity")
READS = (
    "/api/catalog/procedures?q=khai+sinh",
    "/api/identity/jwks",
    "/api/intake/dossiers?limit=5",
)
QUIET = 15.0  # seconds before the first restart
SUBMITTED, READ = 30, 70  # a second
FOLLOWED = 5.0  # seconds in which the gateway hears of a change and has asked who is ready


@pytest.fixture(scope="module")
def running() -> Iterator[RunningSuite]:
    """Give a suite of our own whose gateway can be told of further replicas."""
    folder = private_folder("rolling")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "100000")
        patch.setenv("MOTCUA_GATEWAY_FILE", str(folder / "gateway.json"))
        patch.setenv("MOTCUA_DRAIN", str(DRAIN))
        started = start_suite("rolling", state=folder)
    yield started
    stop_suite(started)


class Readers:
    """Who reads at a steady rate meanwhile; nothing is asked twice."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token, self.answers, self.took = url, token, Counter[str](), list[float]()

    async def run_until(self, ended: Callable[[], bool]) -> None:
        """Read until it has ended."""
        told = {"Authorization": f"Bearer {self.token}"}
        async with (
            httpx.AsyncClient(base_url=self.url, headers=told, timeout=15) as web,
            asyncio.TaskGroup() as under_way,
        ):
            while not ended():
                under_way.create_task(self._read(web, READS[self.answers.total() % len(READS)]))
                await asyncio.sleep(1 / READ)

    async def _read(self, web: httpx.AsyncClient, path: str) -> None:
        began = time.monotonic()
        try:
            told = str((await web.get(path)).status_code)
        except httpx.HTTPError as error:
            told = type(error).__name__
        self.answers[told] += 1
        self.took.append(time.monotonic() - began)

    def tail(self, first: int, last: int | None = None) -> float:
        """Return the 99th percentile of some of the answers, in seconds, in the order they came."""
        return quantiles(self.took[first:last], n=100)[-1]


def restart_in_turn(running: RunningSuite, file: Path, seconds: float) -> int:
    """Restart both replicas of each service, one after the other, after some quiet seconds; returns how many."""
    plan, _ = running_in(running.state)
    time.sleep(seconds)
    with ExitStack() as ending:
        second: dict[str, Replica] = {}
        for service in SERVICES:
            for _ in range(2):  # the second replica, and its successor
                successor = start_replica(running.state, service)
                ending.callback(successor.end)
                await_ready([successor])
                before, second[service] = second.get(service), successor
                told = {each: [usual(plan, each), one.address] for each, one in second.items()}
                tell_gateway(file, told)
                time.sleep(FOLLOWED)
                if before is not None:
                    before.end()
            _restart_usual(running, service)
        tell_gateway(file, {})
        time.sleep(FOLLOWED)
    return 2 * len(SERVICES)


def _restart_usual(running: RunningSuite, service: str) -> None:
    plan, _ = running_in(running.state)
    old = running.note["pids"][service]
    os.kill(old, signal.SIGTERM)
    deadline = time.monotonic() + 60
    while running.note["pids"][service] == old or not answers(f"{plan.watch_url(service)}/health/ready"):
        assert time.monotonic() < deadline, f"{service} did not come back"
        time.sleep(0.1)
    time.sleep(FOLLOWED)


async def test_replicas_restart_in_turn_and_every_request_is_answered_at_the_first_try(
    running: RunningSuite, tmp_path: Path
) -> None:
    suite = Suite(running)
    await suite.install_witness()
    await suite.publish()
    load = load_on(suite, tmp_path / "ledger.jsonl")
    load.rate, readers = SUBMITTED, Readers(running.url, load.token)
    run = await Run(suite, load, "two replicas restarted in turn").begin()
    restarting = asyncio.create_task(
        asyncio.to_thread(restart_in_turn, running, running.state / "gateway.json", QUIET)
    )
    await asyncio.gather(load.run_until(restarting.done, PATIENCE), readers.run_until(restarting.done))
    calm = int(QUIET * READ * 0.8)  # answers of the quiet seconds, whatever the sleeping added
    before, after = readers.tail(0, calm), readers.tail(calm)  # told, not judged: R20 claims no tail
    told = f"p99 {before * 1e3:.0f} ms before, {after * 1e3:.0f} ms from then on"
    outcome = await run.judged(f"{await restarting} restarts; reads {dict(readers.answers)}, {told}")
    assert_whole(outcome, load)
    assert set(load.answers) == {"201"}, dict(load.answers)
    assert set(readers.answers) == {"200"}, dict(readers.answers)


async def test_a_service_without_a_second_replica_is_missed(running: RunningSuite, tmp_path: Path) -> None:
    readers = Readers(running.url, load_on(Suite(running), tmp_path / "ledger.jsonl").token)
    restarting = asyncio.create_task(asyncio.to_thread(_restart_usual, running, "intake"))
    await readers.run_until(restarting.done)
    await restarting
    assert readers.answers.keys() - {"200"}, "a service that was away answered: the control proves nothing"
