"""A broker that dies young, forgets a queue or is full: what was confirmed arrives, once."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime

import aio_pika
import asyncpg
import pytest
from common import outbox
from common.carriers import Outbound, RabbitCarrier
from common.carriers.rejected import rejected_count, resend
from common.database import Database
from common.topology import apply_topology, queue_of
from rig.ledger import Ledger
from rig.pipeline import READER, FactTold, RunPlace, census, fact, parts, settled, tell_all, told
from suite.cli import topology
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder
from suite.testing.links import Link

pytestmark = [pytest.mark.faults, pytest.mark.broker, pytest.mark.slow]
MakePlace = Callable[[str], Awaitable[RunPlace]]
QUEUE = queue_of(READER)
BACK = 45.0  # seconds in which everything is told once the broker is whole again


@pytest.fixture(scope="module")
def rabbit() -> Iterator[RabbitServer]:
    """Give a broker of our own: it is struck, and must not be shared with anybody."""
    server = RabbitServer(private_folder("struck-mq"))
    server.start()
    yield server
    server.stop()


async def until(what: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Wait until something holds. Raises: TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if await what():
                return
            await asyncio.sleep(0.05)


async def unpublished(place: RunPlace) -> int:
    return (await census(place))[1]["unpublished"]


async def messages(url: str) -> list[str]:
    """Take everything out of the reader's queue and return the ids."""
    connection, found = await aio_pika.connect(url), list[str]()
    async with connection:
        queue = await (await connection.channel()).get_queue(QUEUE)
        while message := await queue.get(fail=False, no_ack=True):
            found.append(str(message.message_id))
    return found


def outbound(number: int) -> Outbound:
    row = outbox.outbox_values(fact(f"c{number:05d}"), "sender")
    return Outbound(row.id, row.type, row.routing_key, row.envelope_json)


def die_and_come_back(rabbit: RabbitServer) -> None:
    """End a broker as a power cut would and start it again."""
    rabbit.kill()
    rabbit.start()


async def test_r7_what_a_broker_confirmed_is_there_after_it_was_killed(
    make_place: MakePlace, rabbit: RabbitServer
) -> None:
    await make_place("rabbitmq")
    carrier, confirmed, sent = RabbitCarrier(rabbit.url), set[uuid.UUID](), 0

    async def publish() -> None:
        nonlocal sent
        while rabbit.process is not None and not rabbit.has_ended():
            batch = [outbound(sent + number) for number in range(50)]
            sent += len(batch)
            confirmed.update((await carrier.deliver(batch)).done)

    publishing = asyncio.create_task(publish())
    await until(lambda: _at_least(confirmed, 1000), 30)
    await asyncio.to_thread(rabbit.kill)
    await publishing
    await carrier.close()
    await asyncio.to_thread(rabbit.start)
    found = await messages(rabbit.url)
    assert {str(one) for one in confirmed} <= set(found), "a confirmed message is gone"
    print(f"broker killed: {len(confirmed)} confirmed of {sent} sent, {len(found)} found")


async def _at_least(found: set[uuid.UUID], count: int) -> bool:
    return len(found) >= count


async def test_r7_a_message_that_nobody_keeps_on_disk_is_missed(rabbit: RabbitServer) -> None:
    connection = await aio_pika.connect(rabbit.url)
    channel = await connection.channel()
    queue = await channel.declare_queue("control", durable=True, arguments={"x-queue-type": "classic"})
    fleeting = aio_pika.Message(b"-", delivery_mode=aio_pika.DeliveryMode.NOT_PERSISTENT)
    await channel.default_exchange.publish(fleeting, queue.name)
    await connection.close()
    await asyncio.to_thread(die_and_come_back, rabbit)
    connection = await aio_pika.connect(rabbit.url)
    async with connection:
        left = await (await connection.channel()).get_queue("control")
        assert await left.get(fail=False) is None


async def test_r8_a_broker_that_dies_right_after_its_queues_were_made_serves_again(
    make_place: MakePlace, rabbit: RabbitServer
) -> None:
    """Seen failing where nobody waits for new queues: this broker brings them back without a leader, for ever."""
    place = await make_place("rabbitmq")
    connection = await aio_pika.connect(rabbit.url)
    async with connection:
        await (await connection.channel()).queue_delete(QUEUE)
    await topology._applied(rabbit.url, {READER: (FactTold.type,)}, 10)
    await asyncio.to_thread(die_and_come_back, rabbit)
    with parts(place, "relaying", "reading"):
        await told(place, 0, 30)
        verdict = await settled(place, seconds=BACK)
    assert verdict.clean, str(verdict)


async def test_r9_a_queue_that_is_gone_with_a_thousand_events_is_filled_again_from_the_database(
    make_place: MakePlace, rabbit: RabbitServer
) -> None:
    place = await make_place("rabbitmq")
    names, ledger, sender = [f"n{n:05d}" for n in range(1000)], Ledger(place.ledger), Database(place.sender)
    await tell_all(sender, names)
    for name in names:
        ledger.sent(name)
        ledger.acknowledged(name, name)
    connection = await aio_pika.connect(rabbit.url)
    with parts(place, "relaying"):
        await until(lambda: _none_left(place), 30)
        async with connection:
            await (await connection.channel()).queue_delete(QUEUE)
    await apply_topology(rabbit.url, {READER: (FactTold.type,)})
    with parts(place, "relaying", "reading"):
        lost = await settled(place, seconds=2)
        assert len(lost.lost) == 1000, f"the queue was not gone: {lost}"
        since = (await _oldest(place)).replace(microsecond=0)
        assert await outbox.replay(sender, since=since, to=READER) == 1000
        verdict = await settled(place, seconds=BACK)
    await sender.dispose()
    assert verdict.clean, str(verdict)
    assert verdict.effects == 1000


async def _none_left(place: RunPlace) -> bool:
    return await unpublished(place) == 0


async def _oldest(place: RunPlace) -> datetime:
    connection = await asyncpg.connect(place.sender)
    try:
        found: datetime = await connection.fetchval("select min(created_at) from outbox")
        return found
    finally:
        await connection.close()


async def bury(url: str, events: Sequence[Outbound]) -> None:
    """Let messages die in the reader's queue: given up by a reader that could not have them."""
    carrier = RabbitCarrier(url)
    assert len((await carrier.deliver(events)).done) == len(events)
    await carrier.close()
    connection = await aio_pika.connect(url)
    async with connection:
        queue = await (await connection.channel()).get_queue(QUEUE)
        for _ in events:
            await (await queue.get()).reject(requeue=False)
    await until(lambda: _buried(url, len(events)), 20)


async def _buried(url: str, count: int) -> bool:
    return await rejected_count(url) == count


async def test_r15_dead_letters_sent_again_twice_and_broken_off_take_effect_once(
    make_place: MakePlace, rabbit: RabbitServer
) -> None:
    place = await make_place("rabbitmq")
    await told(place, 0, 40)
    connection = await asyncpg.connect(place.sender)
    rows = await connection.fetch("select id, type, routing_key, envelope::text from outbox")
    await connection.execute("update outbox set published_at = clock_timestamp()")
    await connection.close()
    await bury(rabbit.url, [Outbound(*row) for row in rows])
    assert len((await settled(place, seconds=0)).lost) == 40, "nothing was dead"
    async with Link(("127.0.0.1", rabbit.port)) as link:
        breaking = asyncio.create_task(resend(link.through(rabbit.url), READER))
        await until(lambda: _fewer(rabbit.url, 40), 20)
        link.break_all()
        with pytest.raises(Exception):  # noqa: B017, PT011 - however the library says that its connection is gone
            await breaking
    with parts(place, "reading"):
        await asyncio.gather(resend(rabbit.url, READER), resend(rabbit.url, READER))
        verdict = await settled(place, seconds=BACK)
    assert verdict.clean, str(verdict)
    assert await rejected_count(rabbit.url) == 0


async def _fewer(url: str, count: int) -> bool:
    found = await rejected_count(url)
    return found is not None and found < count


MEMORY = ("set_vm_memory_high_watermark", "absolute")
FULL = {
    "memory": ((*MEMORY, "1MB"), (*MEMORY, "1GB")),
}
"""What makes a broker full, and what makes it free again."""


@pytest.mark.slow
@pytest.mark.parametrize("what", FULL)
async def test_r16_while_the_broker_is_full_changes_are_kept_and_told_afterwards(
    make_place: MakePlace, rabbit: RabbitServer, what: str
) -> None:
    place, (fill, free) = await make_place("rabbitmq"), FULL[what]
    with parts(place, "relaying", "reading"):
        await told(place, 0, 20)
        assert (await settled(place)).clean
        await asyncio.to_thread(rabbit.control, *fill)
        try:
            took = await told(place, 1000, 20)
            carrier, began = RabbitCarrier(rabbit.url), time.monotonic()
            assert (await carrier.deliver([outbound(1)])).done == [], f"the {what} was not full"
            waited = time.monotonic() - began
            await carrier.close()
            left = await unpublished(place)
        finally:
            await asyncio.to_thread(rabbit.control, *free)
        began = time.monotonic()
        verdict = await settled(place, seconds=BACK)
    assert left == 20
    assert waited < 12, "a publisher waits without an end"
    assert verdict.clean, str(verdict)
    print(f"{what} full: 20 changes in {took:.1f} s, all told {time.monotonic() - began:.1f} s after")
