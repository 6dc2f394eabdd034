"""The RabbitMQ carrier on a real broker: confirms, wrong messages, lost connections, replay."""

import asyncio
import dataclasses
from datetime import timedelta

import aio_pika
import pytest
from board.events import AT, NoticeTaken, posted
from board.reader import effects, reading, until, working
from board.wire import wire_to
from common import outbox
from common.carriers import Outbound, RabbitCarrier
from common.carriers.rejected import Rejected, rejected, resend
from common.outbox import outbox_values
from common.topology import DEAD, DIRECT, EXCHANGE, UNHEARD, apply_topology, direct_key, queue_of

pytestmark = pytest.mark.broker
TYPES = ("board.notice_posted.v1",)


@pytest.fixture
async def board(fresh_database):
    return await fresh_database("board")


@pytest.fixture
async def reader(fresh_database):
    return await fresh_database("board")


@pytest.fixture
async def url(rabbit):
    await apply_topology(rabbit.url, {"reader": TYPES})
    connection = await aio_pika.connect(rabbit.url)
    async with connection:
        channel = await connection.channel()
        for queue in (queue_of("reader"), DEAD):
            await (await channel.get_queue(queue)).purge()
    return rabbit.url


async def post(database, *events):
    async with database.sessions() as session:
        await outbox.record(session, *events)
        await session.commit()


def outbound(name: str, only: tuple[str, ...] | None = None) -> Outbound:
    row = outbox_values(posted(name), "board")
    return Outbound(row.id, row.type, row.routing_key, row.envelope_json, only)


async def held(url: str, queue: str) -> int:
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        return (await channel.declare_queue(queue, passive=True)).declaration_result.message_count or 0


async def _has(database, count: int) -> bool:
    return len(await effects(database)) >= count


async def _gone(database) -> bool:
    return not await (await database.pool()).fetchval(
        "select count(*) from outbox where published_at is null"
    )


async def test_events_travel_in_order_and_take_effect_once(url, board, reader):
    await post(board, *(posted(f"n{n}") for n in range(500)))
    async with (
        working("board", board, RabbitCarrier(url)),
        working("reader", reader, RabbitCarrier(url), reading()),
    ):
        await until(lambda: _has(reader, 500))
        await outbox.replay(board, since=AT - timedelta(days=1))
        await until(lambda: _gone(board))
        await post(board, posted("last"))
        await until(lambda: _has(reader, 501))
    assert set((await effects(reader)).values()) == {1}
    rows = await (await reader.pool()).fetch("select envelope->>'subject' from inbox order by seq limit 500")
    assert [row[0] for row in rows] == [f"n{n}" for n in range(500)]


async def test_an_event_nobody_listens_to_blocks_nothing_and_is_kept_aside(url, board):
    taken = NoticeTaken(aggregate_id="a", aggregate_version=2, agency="H42.15.03", occurred_at=AT)
    await post(board, taken)
    async with working("board", board, RabbitCarrier(url)):
        await until(lambda: _gone(board))
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(10)
        unheard = await channel.get_queue(UNHEARD)
        seen: asyncio.Queue[str | None] = asyncio.Queue()

        async def note(message) -> None:
            await message.ack()
            await seen.put(message.routing_key)

        await unheard.consume(note, arguments={"x-stream-offset": "first"})
        async with asyncio.timeout(10):
            while await seen.get() != "board.notice_taken.v1.H42.15.03":
                pass


async def test_without_the_topology_nothing_counts_as_delivered(url, board):
    connection = await aio_pika.connect(url)
    carrier = RabbitCarrier(url)
    async with connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(EXCHANGE)
        await (await channel.get_queue(UNHEARD)).unbind(UNHEARD)
        await (await channel.get_queue(queue_of("reader"))).unbind(exchange, f"{TYPES[0]}.#")
        assert (await carrier.deliver([outbound("a"), outbound("b")])).done == []
        await apply_topology(url, {"reader": TYPES})
        rows = [outbound("a"), outbound("b")]
        assert (await carrier.deliver(rows)).done == [row.id for row in rows]
    await carrier.close()


async def test_a_replay_reaches_only_the_service_it_is_for(url):
    await apply_topology(url, {"other": TYPES})
    carrier = RabbitCarrier(url)
    assert len((await carrier.deliver([outbound("a", only=("other",))])).done) == 1
    await carrier.close()
    assert (await held(url, queue_of("other")), await held(url, queue_of("reader"))) == (1, 0)


async def test_what_is_told_to_one_alone_fits_its_topic_like_all_else(url, reader):
    row, other = outbox_values(posted("a"), "board"), "clerk.notice_posted.v1.H42"
    connection = await aio_pika.connect(url)
    async with connection:
        direct = await (await connection.channel()).get_exchange(DIRECT)
        for topic in (other, row.routing_key):
            body = row.envelope_json.encode()
            message = aio_pika.Message(body, message_id=str(row.id), type=row.type)
            await direct.publish(message, direct_key(topic, "reader"))
    async with working("reader", reader, RabbitCarrier(url), reading()):
        await until(lambda: _has(reader, 1))
    assert await held(url, DEAD) == 1


async def test_a_message_that_is_no_event_goes_to_the_dead_letters(url, board, reader):
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(EXCHANGE)
        row = outbox_values(posted("x"), "board")
        for body, id_ in (
            (b"\xff", str(row.id)),
            (b"{}", "no id"),
            (b"not json", str(row.id)),
            (outbox_values(posted("x"), "board").envelope_json.encode(), str(row.id)),  # not its own id
            (
                row.envelope_json.replace('"x"', '"\\u0000"').encode(),
                str(row.id),
            ),  # PostgreSQL cannot keep it
        ):
            await exchange.publish(aio_pika.Message(body, message_id=id_, type=TYPES[0]), row.routing_key)
        copied = aio_pika.Message(
            row.envelope_json.encode(), message_id=str(row.id), type=TYPES[0], headers={"CC": ["elsewhere"]}
        )
        await exchange.publish(copied, row.routing_key)  # its sender addressed queues beside its topic
    async with (
        working("board", board, RabbitCarrier(url)),
        working("reader", reader, RabbitCarrier(url), reading()),
    ):
        await post(board, posted("good"))
        await until(lambda: _has(reader, 1))
        await until(lambda: _dead(url, 6))
    assert await effects(reader) == {"good": 1}


async def _dead(url: str, count: int) -> bool:
    return await held(url, DEAD) == count


async def bury(url: str, service: str, *messages: aio_pika.Message) -> None:
    """Let messages die in a service's queue, as a reader does that cannot read them."""
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        queue = await channel.get_queue(queue_of(service))
        await queue.purge()
        for message in messages:
            before = await held(url, DEAD)
            await channel.default_exchange.publish(message, queue.name)
            found = await queue.get(timeout=5)
            await found.reject(requeue=False)
            await until(lambda wanted=before + 1: _dead(url, wanted))


async def test_what_the_broker_holds_as_dead_is_listed_again_and_again_without_its_content(url):
    row = outbound("a")
    event = aio_pika.Message(row.envelope_json.encode(), message_id=str(row.id), type=row.type)
    private = aio_pika.Message(b"Anh", message_id="Nguyễn Văn Anh", type="CCCD 037190000001")
    await apply_topology(url, {"other": TYPES})
    await bury(url, "reader", event, private)
    await bury(url, "other", aio_pika.Message(b"x"))
    for _ in range(3):
        listed = await rejected(url, "reader")
        assert [letter.dead_at.tzinfo is not None for letter in listed] == [True, True]
        assert [dataclasses.replace(letter, dead_at=None) for letter in listed] == [
            Rejected(row.id, TYPES[0], queue_of("reader"), "rejected", None, len(event.body)),
            Rejected(None, None, queue_of("reader"), "rejected", None, 3),
        ]
        assert await held(url, DEAD) == 3
    assert [letter.size for letter in await rejected(url, "other")] == [1]


async def test_dead_messages_go_back_to_the_queue_they_died_in(url, board, reader):
    rows = [outbound("a"), outbound("b")]
    events = [
        aio_pika.Message(row.envelope_json.encode(), message_id=str(row.id), type=row.type) for row in rows
    ]
    await apply_topology(url, {"other": TYPES})
    await bury(url, "reader", *events, aio_pika.Message(b"\xff", message_id="none", type=TYPES[0]))
    await bury(url, "other", events[0])
    assert await resend(url, "reader", type_="something.else.v1") == 0
    assert await resend(url, "reader", [rows[1].id]) == 1
    assert await held(url, DEAD) == 3
    async with working("reader", reader, RabbitCarrier(url), reading()):
        await until(lambda: _has(reader, 1))
        assert await effects(reader) == {"b": 1}
        assert await resend(url, "reader") == 2
        await until(lambda: _has(reader, 2))
        await until(lambda: _dead(url, 2))  # that of the other service, and what is no event
    assert len(await rejected(url, "reader")) == 1
    assert await resend(url, "other") == 1


async def test_a_message_that_names_no_queue_stays_among_the_dead(url):
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        await channel.default_exchange.publish(aio_pika.Message(b"x"), DEAD)
    await until(lambda: _dead(url, 1))
    assert (await resend(url, "reader"), await rejected(url, "reader"), await held(url, DEAD)) == (0, [], 1)


async def test_events_arrive_after_the_connections_were_cut(url, board, reader):
    async with (
        wire_to(url) as (wire, near),
        working("board", board, RabbitCarrier(near)),
        working("reader", reader, RabbitCarrier(near), reading()),
    ):
        for round_ in range(4):
            await post(board, *(posted(f"{round_}-{n}") for n in range(150)))
            await asyncio.sleep(0.01 * round_)
            assert wire.cut() or round_ == 0
            await until(lambda wanted=150 * (round_ + 1): _has(reader, wanted))
    assert set((await effects(reader)).values()) == {1}


async def test_a_reader_whose_database_is_away_gives_no_message_back(url, board, reader):
    fails = {"left": 4}
    carrier = RabbitCarrier(url)
    kept: list[str] = []
    stop = asyncio.Event()

    async def store(arrivals):
        if fails["left"]:
            fails["left"] -= 1
            raise ConnectionError
        kept.extend(str(arrival.id) for arrival in arrivals)
        stop.set()

    rows = [outbound(f"n{n}") for n in range(5)]
    await carrier.deliver(rows)
    await asyncio.wait_for(carrier.receive("reader", store, stop), 20)
    await carrier.close()
    assert set(kept) <= {str(row.id) for row in rows}
    assert (fails["left"], await held(url, DEAD)) == (0, 0)


async def test_nothing_counts_as_sent_while_the_broker_is_away():
    assert not (await RabbitCarrier("amqp://x:y@127.0.0.1:1/").deliver([outbound("a")])).done


async def test_applying_the_topology_again_changes_nothing(url):
    await apply_topology(url, {"reader": TYPES})
    await apply_topology(url, {"reader": TYPES})
