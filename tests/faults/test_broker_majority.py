"""Two brokers of three stand still: nothing is confirmed that could be lost, nobody's work stops, all is told after."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

import aiormq
import pytest
from rig.pipeline import RunPlace, census, parts, settled, told
from suite.testing.brokers import BrokerCluster
from suite.testing.folders import private_folder

pytestmark = [pytest.mark.faults, pytest.mark.broker, pytest.mark.slow]
MakePlace = Callable[[str], Awaitable[RunPlace]]
STILL = 20.0  # seconds without a majority
BACK = 60.0  # seconds in which everything is told once there is one


@pytest.fixture(scope="module")
def rabbit() -> Iterator[BrokerCluster]:
    """Give three brokers of our own."""
    cluster = BrokerCluster(private_folder("three-mq"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


async def test_r10_without_its_majority_the_broker_confirms_nothing_and_work_goes_on(
    make_place: MakePlace, rabbit: BrokerCluster
) -> None:
    place = await make_place("rabbitmq")
    with parts(place, "relaying", "reading"):
        await told(place, 0, 100)
        assert (await settled(place, seconds=BACK)).clean
        with rabbit.without_majority():
            began, slowest, number = time.monotonic(), 0.0, 1000
            while time.monotonic() - began < STILL:
                slowest = max(slowest, await told(place, number, 5))
                number += 5
                await asyncio.sleep(0.5)
            left = (await census(place))[1]["unpublished"]
        began = time.monotonic()
        verdict = await settled(place, seconds=BACK)
    assert left == number - 1000, "a broker alone confirmed what only it has"
    assert slowest < 2, "whoever changes something waited for the broker"
    assert verdict.clean, str(verdict)
    print(
        f"no majority for {STILL:.0f} s: {left} changes kept, slowest five {slowest:.2f} s, "
        f"all told {time.monotonic() - began:.1f} s after"
    )


async def test_r10_what_one_broker_keeps_alone_is_confirmed_and_would_be_seen(rabbit: BrokerCluster) -> None:
    """The same strike against a queue that lives on one broker: confirmed, so the silence above says something."""
    connection = await aiormq.connect(rabbit.url)
    channel = await connection.channel(publisher_confirms=True)
    await channel.queue_declare("alone", durable=True, arguments={"x-queue-type": "classic"})
    with rabbit.without_majority():
        answer = await channel.basic_publish(b"-", routing_key="alone", timeout=5)
    assert type(answer).__name__ == "Ack"
    await channel.queue_delete("alone")
    await connection.close()


async def test_r10_each_queue_lives_on_three(make_place: MakePlace, rabbit: BrokerCluster) -> None:
    await make_place("rabbitmq")
    told_ = await asyncio.to_thread(
        rabbit.brokers[0].control, "list_queues", "--quiet", "--formatter", "csv", "name", "type", "members"
    )
    quorum = [line for line in told_.splitlines() if "quorum" in line]
    assert quorum
    assert all(line.count("@localhost") == len(rabbit.brokers) for line in quorum), told_
