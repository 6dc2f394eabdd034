"""Lets the fault tests import their rig, and keeps faults made on purpose out of the output."""

import dataclasses
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aio_pika
import pytest
import structlog
from common.topology import apply_topology, queue_of
from suite.testing import FreshDatabase, private_folder
from suite.testing.prometheus import reading
from suite.testing.suites import RunningSuite, start_suite, stop_suite

sys.path.insert(0, str(Path(__file__).parent))
from rig.census import Suite
from rig.pipeline import READER, FactTold, RunPlace, open_rig, prepare
from rig.watch import Watch

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

CARRIERS = [
    pytest.param("postgres", id="postgres"),
    pytest.param("rabbitmq", id="rabbitmq", marks=pytest.mark.broker),
]


def seconds() -> float:
    """Return how long the random faults last: short in `make test`, 60 in `make faults`."""
    return float(os.environ.get("MOTCUA_FAULT_SECONDS", "10"))


def seeds() -> list[int]:
    """Return the seeds of the random faults."""
    return [int(seed) for seed in os.environ.get("MOTCUA_FAULT_SEEDS", "1").split(",")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "carrier_name" in metafunc.fixturenames:
        metafunc.parametrize("carrier_name", CARRIERS, scope="module")
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", seeds(), ids=lambda seed: f"seed{seed}")


@pytest.fixture
async def make_place(
    fresh_database: FreshDatabase, request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[str], Awaitable[RunPlace]]:
    """Give a maker of pipelines: two fresh databases, an empty queue, an empty ledger."""
    open_rig()

    async def make(carrier: str) -> RunPlace:
        sender, reader = await fresh_database("stats"), await fresh_database("stats")
        place = RunPlace(carrier, sender.dsn, reader.dsn, tmp_path / "ledger.jsonl")
        if carrier == "rabbitmq":
            url = request.getfixturevalue("rabbit").url
            await apply_topology(url, {READER: (FactTold.type,)})
            connection = await aio_pika.connect(url)
            async with connection:
                await (await (await connection.channel()).get_queue(queue_of(READER))).purge()
            place = dataclasses.replace(place, amqp_url=url)
        await prepare(place)
        return place

    return make


@pytest.fixture(scope="module")
def province() -> Iterator[RunningSuite]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "100000")
        started = start_suite("runbooks")
    yield started
    stop_suite(started)


@pytest.fixture(scope="module")
def watch(province: RunningSuite) -> Iterator[Watch]:
    told = province.note["watched"].items()
    targets = {name: (f"{name}-api", port) for name, port in told if not name.endswith("-worker")}
    with reading(private_folder("runbooks-figures"), targets) as server:
        yield Watch(Suite(province), server, targets)


@pytest.fixture(scope="session")
def fault_seconds() -> float:
    return seconds()
