"""The inbox: one effect per event, patience with the ones that fail, a way back for the dead."""

import asyncio
import json
import uuid
from datetime import timedelta
from functools import partial

import pytest
from board.events import NoticePosted, PostedSlice, posted
from board.models import Notice
from board.reader import effects, reading, remember, until
from common import inbox
from common.handling import InboxHandler
from common.inbox import Arrival, Subscriptions
from common.outbox import outbox_values


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


def arrival(name: str, text: str = "x", version: int = 1) -> Arrival:
    row = outbox_values(posted(name, text, version), "board")
    return Arrival(row.id, row.type, row.envelope_json)


async def keep(database, *arrivals: Arrival) -> None:
    await inbox.store(await database.pool(), arrivals)


def impatient(database, subscriptions=None, attempts: int = 3) -> InboxHandler:
    return InboxHandler(database, subscriptions or reading(), attempts=attempts, first_delay=0.001)


async def counts(database) -> tuple[int, int, int]:
    row = await (await database.pool()).fetchrow("""select count(*) filter (where done_at is not null),
        count(*) filter (where dead_at is not null), count(*) from inbox""")
    return row[0], row[1], row[2]


async def settle(database, handler) -> None:
    async def nothing_left() -> bool:
        await handler.one_pass()
        done, dead, all_ = await counts(database)
        return done + dead == all_

    await until(nothing_left)


async def test_a_duplicate_and_shuffled_delivery_has_one_effect(database):
    arrivals = [arrival(f"n{n}") for n in range(30)]
    for order in (arrivals, arrivals[::-1], arrivals[10:] + arrivals[:10]):
        await keep(database, *order)
        await settle(database, impatient(database))
    assert await effects(database) == {f"n{n}": 1 for n in range(30)}


async def test_a_poison_message_among_a_thousand_stops_nothing_and_ends_as_a_dead_letter(database):
    poison = arrival("p", "poison")
    arrivals = [arrival(f"n{n}") for n in range(999)]
    await keep(database, *arrivals[:500], poison, *arrivals[500:])
    await settle(database, impatient(database))
    assert await counts(database) == (999, 1, 1000)
    assert set((await effects(database)).values()) == {1}
    letters = await inbox.dead(database)
    assert [(letter.id, letter.aggregate_id, letter.attempts) for letter in letters] == [(poison.id, "p", 3)]
    assert "ValueError at reader.py:" in letters[0].error
    assert "Nguyễn" not in letters[0].error


async def test_a_redriven_letter_takes_effect_once_its_cause_is_mended(database):
    await keep(database, arrival("p", "poison"), arrival("q", "poison"))
    await settle(database, impatient(database))
    letters = {letter.aggregate_id: letter.id for letter in await inbox.dead(database)}
    await (await database.pool()).execute(
        """update inbox set envelope = jsonb_set(envelope, '{data,text}', '"good"')"""
    )
    assert await inbox.redrive(database, type_="something.else.v1") == 0
    assert await inbox.redrive(database, [letters["p"]]) == 1
    await settle(database, impatient(database))
    assert await effects(database) == {"p": 1}
    assert await inbox.redrive(database) == 1
    await settle(database, impatient(database))
    assert await effects(database) == {"p": 1, "q": 1}


async def test_an_event_that_fails_waits_before_its_next_try_and_forgets_its_error(database):
    failing = {"now": True}

    async def sometimes(session, event, meta):
        if failing["now"]:
            raise KeyError(event.text)

    subscriptions = Subscriptions("reader")
    subscriptions.on(PostedSlice, sometimes)
    handler = InboxHandler(database, subscriptions, first_delay=30)
    await keep(database, arrival("a"))
    await handler.one_pass()
    pool = await database.pool()
    row = await pool.fetchrow("select attempts, extract(epoch from retry_at - now()) as s, error from inbox")
    assert row["attempts"] == 1
    assert 20 < row["s"] < 40
    assert "KeyError" in row["error"]
    await asyncio.sleep(0.25)
    assert await handler.one_pass() == 0
    failing["now"] = False
    await pool.execute("update inbox set retry_at = now()")
    await asyncio.sleep(0.25)
    assert await handler.one_pass() == 1
    assert await pool.fetchrow("select error, done_at is not null from inbox") == (None, True)


async def test_what_a_failing_handler_wrote_is_undone(database):
    async def write_then_fail(session, event, meta):
        session.add(Notice(name=event.aggregate_id, text="half"))
        await session.flush()
        raise RuntimeError

    subscriptions = Subscriptions("reader")
    subscriptions.on(PostedSlice, write_then_fail)
    await keep(database, arrival("a"), arrival("b"))
    await settle(database, impatient(database, subscriptions))
    assert await effects(database) == {}


async def test_a_lost_database_uses_up_no_attempt(database):
    async def lose(session, event, meta):
        connection = await (await session.connection()).get_raw_connection()
        connection.driver_connection.terminate()
        await session.get(Notice, "a")

    subscriptions = Subscriptions("reader")
    subscriptions.on(PostedSlice, lose)
    await keep(database, arrival("a"))
    with pytest.raises(Exception, match="closed"):
        await impatient(database, subscriptions).one_pass()
    assert await (await database.pool()).fetchval("select attempts from inbox") == 0


async def test_the_handler_is_told_what_is_known_about_the_event(database):
    told = []

    async def note(session, event, meta):
        told.append((event, meta))

    subscriptions = Subscriptions("reader")
    subscriptions.on(PostedSlice, note)
    sent = arrival("a", "x", 7)
    await keep(database, sent)
    await settle(database, impatient(database, subscriptions))
    event, meta = told[0]
    assert event == PostedSlice(aggregate_id="a", text="x")
    assert (meta.id, meta.aggregate_id, meta.aggregate_version, meta.agency) == (sent.id, "a", 7, "H42.101")
    assert meta.time.tzinfo is not None


async def test_an_event_nobody_listens_to_any_more_is_done_at_once(database):
    await keep(database, Arrival(uuid.uuid4(), "old.fact_told.v1", json.dumps({"data": {}})))
    await settle(database, impatient(database))
    assert await counts(database) == (1, 0, 1)


async def test_an_event_of_the_wrong_shape_becomes_a_dead_letter(database):
    good = json.loads(arrival("a").envelope_json)
    await keep(database, Arrival(uuid.uuid4(), NoticePosted.type, json.dumps(good | {"data": {"text": 5}})))
    await settle(database, impatient(database))
    assert await counts(database) == (0, 1, 1)


async def test_two_handlers_at_once_take_each_event_once(database):
    await keep(database, *(arrival(f"n{n}") for n in range(300)))
    handlers = [InboxHandler(database, reading(), batch=20) for _ in range(3)]
    async with asyncio.timeout(20):
        while any(await asyncio.gather(*(handler.one_pass() for handler in handlers))):
            pass
    assert await effects(database) == {f"n{n}": 1 for n in range(300)}


async def test_only_what_took_effect_long_ago_is_forgotten(database):
    await keep(database, arrival("a"), arrival("b"), arrival("p", "poison"))
    await settle(database, impatient(database))
    pool = await database.pool()
    await pool.execute(
        "update inbox set done_at = now() - interval '40 days' where envelope->>'subject' = 'a'"
    )
    assert await inbox.forget_done(database, timedelta(days=37)) == 1
    assert await counts(database) == (1, 1, 2)


def test_a_type_has_one_handler():
    subscriptions = reading()
    assert subscriptions.types == (NoticePosted.type,)
    with pytest.raises(ValueError, match=NoticePosted.type):
        subscriptions.on(PostedSlice, None)


async def test_an_event_that_ends_its_process_is_told_from_its_neighbours_and_dies(database):
    arrivals = [arrival(f"n{n}") for n in range(20)]
    await keep(database, *arrivals)
    killer = arrivals[7].id

    async def start_anew() -> None:
        """Play a process that ends when it handles the killer: its transaction vanishes, nobody says goodbye."""
        handler, stop = impatient(database), asyncio.Event()
        handler._lease = 0.01
        take = handler._take

        async def taking(session, rows):
            if killer in [row.id for row in rows]:
                await session.rollback()
                raise asyncio.CancelledError
            await take(session, rows)

        handler._take = taking
        running = asyncio.create_task(handler.run(asyncio.Event(), stop))
        await asyncio.wait([running], timeout=0.2)
        stop.set()
        await asyncio.wait([running])

    async def nothing_left() -> bool:
        await start_anew()
        done, dead, all_ = await counts(database)
        return done + dead == all_

    await until(nothing_left)
    assert await counts(database) == (19, 1, 20)
    letter = (await inbox.dead(database))[0]
    assert letter.id == killer
    assert letter.error.startswith("common.handling.ProcessEndedError")
    assert set((await effects(database)).values()) == {1}


async def test_events_that_stand_together_are_handled_in_one_call_and_a_failing_one_alone(database):
    calls: list[list[str]] = []

    async def together(session, told) -> None:
        calls.append([event.aggregate_id for event, _ in told])
        for event, meta in told:
            await remember(session, event, meta)

    subscriptions = Subscriptions("reader")
    subscriptions.on_many((PostedSlice,), together)
    await keep(database, *(arrival(name) for name in "abc"))
    await settle(database, impatient(database, subscriptions))
    await keep(database, arrival("d"), arrival("p", "poison"), arrival("e"))
    await settle(database, impatient(database, subscriptions))
    assert calls[:5] == [["a", "b", "c"], ["d", "p", "e"], ["d"], ["p"], ["e"]]
    assert await effects(database) == dict.fromkeys("abcde", 1)
    with pytest.raises(ValueError, match="already listens"):
        subscriptions.on_many((PostedSlice,), together)


async def test_what_comes_close_behind_a_first_event_is_handled_with_it(database):
    calls: list[int] = []
    arrived, stop = asyncio.Event(), asyncio.Event()

    async def count(session, told) -> None:
        calls.append(len(told))

    subscriptions = Subscriptions("reader", gather=2)
    subscriptions.on_many((PostedSlice,), count)
    arrived.set()
    running = asyncio.create_task(impatient(database, subscriptions).run(arrived, stop))
    await until(partial(_is_clear, arrived))  # what lay there before it began is handled one by one
    for name, done in (("first", 1), ("a", 0), ("b", 0), ("c", 4)):
        await keep(database, arrival(name))
        arrived.set()
        await until(partial(_so_many_done, database, done))
    stop.set()
    arrived.set()
    await running
    assert calls == [1, 3]


async def _is_clear(arrived: asyncio.Event) -> bool:
    return not arrived.is_set()


async def _so_many_done(database, count: int) -> bool:
    return (await counts(database))[0] >= count
