"""The relay and the PostgreSQL carrier: nothing lost, nobody waits for somebody else's trouble."""

import asyncio
import random
from datetime import timedelta

import asyncpg
import pytest
from board.events import AT, NoticeTaken, posted
from board.reader import effects, reading, remember, until, working
from common import inbox, outbox
from common.carriers import Delivery, Outbound, PostgresCarrier, SubscriberTarget, carrier_from
from common.carriers.rabbit import RabbitCarrier
from common.events import Envelope
from common.relay import Relay
from common.settings import ServiceSettings

TYPES = ("board.notice_posted.v1",)
NOWHERE = "postgresql://nobody:x@127.0.0.1:1/none"


@pytest.fixture
async def board(fresh_database):
    return await fresh_database("board")


@pytest.fixture
async def reader(fresh_database):
    return await fresh_database("board")


async def post(database, *events):
    async with database.sessions() as session:
        await outbox.record(session, *events)
        await session.commit()


async def one_pass(database, carrier):
    connection = await database.connect()
    moved = await Relay("board", database, carrier).one_pass(connection)
    await connection.close()
    return moved


async def unpublished(database) -> int:
    return await (await database.pool()).fetchval("select count(*) from outbox where published_at is null")


async def test_an_event_takes_effect_at_the_reader_in_its_order(board, reader):
    await post(board, *(posted(f"n{n}") for n in range(250)))
    async with (
        working("board", board, PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})),
        working("reader", reader, PostgresCarrier({}), reading()),
    ):
        await until(lambda: _has(reader, 250))
    rows = await (await reader.pool()).fetch("select envelope from inbox order by seq")
    assert [Envelope.model_validate_json(row[0]).subject for row in rows] == [f"n{n}" for n in range(250)]
    assert await unpublished(board) == 0


async def _has(database, count: int) -> bool:
    return len(await effects(database)) >= count


async def test_eight_concurrent_writers_lose_no_event(board, reader):
    async def write(writer: int) -> None:
        dice = random.Random(writer)
        for number in range(40):
            async with board.sessions() as session:
                await outbox.record(session, posted(f"{writer}-{number}"))
                await asyncio.sleep(dice.random() / 100)
                await session.commit()

    async with (
        working("board", board, PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})),
        working("reader", reader, PostgresCarrier({}), reading()),
    ):
        await asyncio.gather(*(write(n) for n in range(8)))
        await until(lambda: _has(reader, 320))
    assert await effects(reader) == {f"{w}-{n}": 1 for w in range(8) for n in range(40)}


async def test_a_reader_gets_only_the_types_it_listens_to(board, reader):
    taken = NoticeTaken(aggregate_id="a", aggregate_version=2, agency=None, occurred_at=AT)
    await post(board, posted("a"), taken)
    carrier = PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})
    await _drained(board, carrier)
    assert await (await reader.pool()).fetchval("select array_agg(type) from inbox") == [
        "board.notice_posted.v1"
    ]


async def _drained(database, carrier) -> None:
    async def empty() -> bool:
        await one_pass(database, carrier)
        return await unpublished(database) == 0

    await until(empty)
    await carrier.close()


async def test_a_reader_that_is_down_makes_only_its_own_events_wait(board, reader):
    targets = {"reader": SubscriberTarget(reader.dsn, TYPES), "lame": SubscriberTarget(NOWHERE, TYPES)}
    carrier = PostgresCarrier(targets)
    for number in range(5):
        await post(board, *(posted(f"{number}-{n}") for n in range(300)))
        for _ in range(4):
            await one_pass(board, carrier)
    assert await (await reader.pool()).fetchval("select count(*) from inbox") == 1500
    assert await unpublished(board) == 1500
    pool = await board.pool()
    assert await pool.fetchval("select array_agg(distinct waiting_for) from outbox") == [["lame"]]
    healed = PostgresCarrier(targets | {"lame": SubscriberTarget(reader.dsn, TYPES)})
    await _drained(board, healed)


async def test_newer_events_do_not_overtake_those_that_wait(board, reader):
    await post(board, *(posted(f"old{n}") for n in range(450)))
    lame = PostgresCarrier({"reader": SubscriberTarget(NOWHERE, TYPES)})
    for _ in range(3):
        await one_pass(board, lame)
    await post(board, *(posted(f"new{n}") for n in range(3)))
    await _drained(board, PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)}))
    rows = await (await reader.pool()).fetch("select envelope->>'subject' from inbox order by seq")
    assert [row[0] for row in rows] == [*(f"old{n}" for n in range(450)), "new0", "new1", "new2"]


async def test_after_a_failed_delivery_newer_events_wait_until_the_failed_ones_have_arrived(reader):
    def outbound(name: str) -> Outbound:
        row = outbox.outbox_values(posted(name), "board")
        return Outbound(row.id, row.type, row.routing_key, row.envelope_json)

    carrier = PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})
    carrier.caught_up(["reader"])
    pool = await reader.pool()
    await pool.execute("alter table inbox rename to away")
    old, new = outbound("old"), outbound("new")
    assert (await carrier.deliver([old])).waiting == {old.id: ("reader",)}
    await pool.execute("alter table away rename to inbox")
    await until(lambda: _is(carrier.reachable() == ["reader"]))
    assert (await carrier.deliver([new])).waiting == {new.id: ("reader",)}
    late = [row._replace(only=("reader",)) for row in (old, new)]
    assert (await carrier.deliver(late)).done == [old.id, new.id]
    carrier.caught_up(["reader"])
    assert (await carrier.deliver([outbound("newest")])).waiting == {}
    await carrier.close()
    rows = await pool.fetch("select envelope->>'subject' from inbox order by seq")
    assert [row[0] for row in rows] == ["old", "new", "newest"]


async def _is(value: bool) -> bool:
    return value


async def test_every_event_sent_three_times_takes_effect_once(board, reader):
    await post(board, *(posted(f"n{n}") for n in range(60)))
    carrier = PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})
    for _ in range(3):
        await _drained(board, carrier)
        assert await outbox.replay(board, since=AT - timedelta(days=1), to="reader") == 60
    await _drained(board, carrier)
    async with working("reader", reader, PostgresCarrier({}), reading()):
        await until(lambda: _has(reader, 60))
    assert set((await effects(reader)).values()) == {1}


async def test_without_the_inbox_the_same_repeats_would_count_twice(reader):
    async with reader.sessions() as session:
        for _ in range(3):
            await remember(session, reading().get(TYPES[0]).model(aggregate_id="a", text="x"), None)
        await session.commit()
    assert await effects(reader) == {"a": 3}


async def test_a_new_reader_gets_the_past_by_replay(board, reader):
    await post(board, posted("a"), posted("b"))
    await _drained(board, PostgresCarrier({}))
    later = PostgresCarrier({"reader": SubscriberTarget(reader.dsn, TYPES)})
    assert (
        await outbox.replay(board, since=AT - timedelta(days=1), type_=TYPES[0], aggregate="b", to="reader")
        == 1
    )
    await _drained(board, later)
    assert await (await reader.pool()).fetchval("select array_agg(envelope->>'subject') from inbox") == ["b"]


class Deaf:
    """A carrier that never knows whether an event arrived."""

    tries = 0

    def reachable(self):
        return None

    def caught_up(self, names):
        pass

    async def deliver(self, rows):
        assert all(isinstance(row, Outbound) for row in rows)
        self.tries += 1
        return Delivery()


async def test_an_unknown_outcome_is_tried_again(board):
    carrier = Deaf()
    await post(board, posted("a"))
    assert await one_pass(board, carrier) == (0, True)
    assert await one_pass(board, carrier) == (0, True)
    assert (carrier.tries, await unpublished(board)) == (2, 1)


async def test_published_events_are_forgotten_when_their_time_is_over(board):
    await post(board, *(posted(f"n{n}") for n in range(3)))
    await _drained(board, PostgresCarrier({}))
    pool = await board.pool()
    await pool.execute("update outbox set published_at = now() - interval '31 days' where seq < 3")
    await post(board, posted("unsent"))
    assert await outbox.forget_published(board, timedelta(days=30)) == 2
    assert await pool.fetchval("select count(*) from outbox") == 2


async def test_the_carriers_role_may_insert_into_the_inbox_and_nothing_else(board, reader, postgres):
    pool = await reader.pool()
    await pool.execute("drop role if exists writer")
    await pool.execute("create role writer login password 'w'")
    for statement in inbox.grants_for_writer("writer"):
        await pool.execute(statement)
    dsn = reader.dsn.replace("postgres:", "writer:", 1).replace(
        reader.dsn.split(":")[2].split("@")[0], "w", 1
    )
    await post(board, posted("a"))
    await _drained(board, PostgresCarrier({"reader": SubscriberTarget(dsn, TYPES)}))
    assert await pool.fetchval("select count(*) from inbox") == 1
    writer = await asyncpg.connect(dsn)
    for forbidden in (
        "select * from inbox",
        "delete from inbox",
        "select * from notice",
        "update inbox set error = ''",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await writer.execute(forbidden)
    await writer.close()
    await pool.execute("drop owned by writer; drop role writer")


def test_the_carrier_is_the_one_configured():
    settings = ServiceSettings(inboxes={"reader": NOWHERE}, listens={"reader": ["x"]})
    assert isinstance(carrier_from(settings), PostgresCarrier)
    assert carrier_from(settings).reachable() == ["reader"]
    rabbit = ServiceSettings(carrier="rabbitmq", amqp_url="amqp://x")
    assert isinstance(carrier_from(rabbit), RabbitCarrier)
    with pytest.raises(ValueError, match="MOTCUA_AMQP_URL"):
        carrier_from(ServiceSettings(carrier="rabbitmq"))
