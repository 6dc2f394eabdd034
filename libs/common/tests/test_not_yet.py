"""Events that rest on something that has not arrived: they wait, in order, for as long as it takes."""

import json
from datetime import timedelta

import pytest
from board.events import NoticePosted, PostedSlice, posted
from board.models import Notice
from board.reader import until
from common import inbox
from common.handling import InboxHandler
from common.inbox import Arrival, NotYetError, Subscriptions
from common.jobs import run_if_due, upkeep
from common.outbox import outbox_values
from common.settings import Keeping
from sqlalchemy import text
from suite.testing import captured_logs

_ADD = text("insert into notice (name, text, times, version) values (:name, :text, 1, :version)")


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


def arrival(name: str, said: str = "x", version: int = 1, source: str = "board") -> Arrival:
    row = outbox_values(posted(name, said, version), source)
    return Arrival(row.id, row.type, row.envelope_json)


class Reader:
    """A reader for whom each notice `needs …` rests on another one, and who writes down the order of effects."""

    def __init__(self, database) -> None:
        self.database = database
        self.order: list[str] = []
        subscriptions = Subscriptions("reader")
        subscriptions.on(PostedSlice, self.read)
        self.handler = InboxHandler(database, subscriptions, first_delay=0.001, attempts=2)

    async def read(self, session, event, meta) -> None:
        if event.text.startswith("needs "):
            needed = event.text.removeprefix("needs ")
            if await session.get(Notice, needed) is None:
                raise NotYetError("notice", needed)
        key = f"{event.aggregate_id}/{meta.aggregate_version}"
        await session.execute(_ADD, {"name": key, "text": event.text, "version": meta.aggregate_version})
        self.order.append(key)

    async def hear(self, *arrivals: Arrival) -> None:
        await inbox.store(await self.database.pool(), arrivals)
        for _ in range(3):
            self.handler._looked_at = 0.0
            await self.handler.one_pass()

    async def rows(self) -> list[tuple[int, bool, str | None]]:
        pool = await self.database.pool()
        found = await pool.fetch("select attempts, dead_at is not null, waits_for from inbox order by seq")
        return [tuple(row) for row in found]

    async def settle(self) -> None:
        async def nothing_left() -> bool:
            await self.hear()
            pool = await self.database.pool()
            return await pool.fetchval("select count(*) from inbox where done_at is null") == 0

        await until(nothing_left)


async def test_an_event_waits_for_what_it_rests_on_and_uses_up_no_attempt(database):
    reader = Reader(database)
    await reader.hear(arrival("a", "needs b/1"))
    for _ in range(20):  # far more often than an ordinary failure may be tried
        await (await database.pool()).execute("update inbox set retry_at = now()")
        await reader.hear()
    assert await reader.rows() == [(0, False, "notice b/1")]
    await reader.hear(arrival("b"))
    await reader.settle()
    assert reader.order == ["b/1", "a/1"]
    assert await inbox.waiting(database) == []


async def test_later_facts_of_the_same_aggregate_wait_behind_it_and_others_do_not(database):
    reader = Reader(database)
    await reader.hear(arrival("a", "needs z/1"), arrival("a", version=2), arrival("c"))
    await reader.hear(arrival("a", version=3), arrival("a", version=5, source="elsewhere"))
    assert reader.order == ["c/1", "a/5"]
    assert [waits for _, _, waits in await reader.rows()] == [
        "notice z/1",
        "an earlier fact of a",
        None,
        "an earlier fact of a",
        None,
    ]
    await reader.hear(arrival("z"))
    await reader.settle()
    assert reader.order[2:] == ["z/1", "a/1", "a/2", "a/3"]


async def test_a_fact_that_overtook_its_ground_lets_the_earlier_fact_pass(database):
    reader = Reader(database)
    await reader.hear(arrival("a", "needs a/1", version=2))
    await reader.hear(arrival("a"))
    await reader.settle()
    assert reader.order == ["a/1", "a/2"]


async def test_one_of_those_that_wait_for_the_same_is_tried_and_all_come_when_it_has_arrived(database):
    reader = Reader(database)
    await reader.hear(*(arrival(f"n{n}", "needs z/1") for n in range(30)))
    pool = await database.pool()
    await pool.execute("update inbox set retry_at = now()")
    reader.handler._looked_at = 0.0
    assert await reader.handler.one_pass() == 1
    assert await pool.fetchval("select count(*) from inbox where retry_at <= now()") == 0
    assert [(one.count, one.waits_for) for one in await inbox.waiting(database)] == [(30, "notice z/1")]
    await reader.hear(arrival("z"))
    await pool.execute("update inbox set retry_at = now() where waits_for is not null")
    await reader.settle()
    assert len(reader.order) == 31


async def test_an_event_that_fails_after_it_waited_dies_like_any_other(database):
    reader = Reader(database)
    await reader.hear(arrival("a", "needs z/1"), arrival("a", version=2))
    pool = await database.pool()
    await pool.execute("insert into notice values ('z/1', '', 1, 1), ('a/1', 'in the way', 1, 1)")
    await until(lambda: _dead(reader, pool))
    assert (await reader.rows())[0][:2] == (2, True)
    await reader.hear()
    assert reader.order == ["a/2"]


async def _dead(reader, pool) -> bool:
    await pool.execute("update inbox set retry_at = now()")
    await reader.hear()
    return (await reader.rows())[0][1]


@pytest.mark.parametrize(("minutes", "told"), [(14, 0), (16, 1)])
async def test_people_are_told_of_a_wait_that_is_too_long(database, minutes, told):
    reader = Reader(database)
    await reader.hear(arrival("a", "needs z/1"))
    await (await database.pool()).execute(
        "update inbox set waits_since = now() - make_interval(mins => $1)", minutes
    )
    with captured_logs() as logs:
        await run_if_due("reader", database, upkeep(Keeping())[1])
    assert [line["waits_for"] for line in logs if line["log_level"] == "error"] == ["notice z/1"] * told


async def test_patience_and_retention_are_what_the_settings_say(database):
    keeping = Keeping(outbox=timedelta(days=2), patience=timedelta(seconds=0))
    pool = await database.pool()
    for days in (1, 3):
        row = outbox_values(posted(f"n{days}"), "board")
        await pool.execute(
            """insert into outbox (id, type, routing_key, envelope, published_at)
            values ($1, $2, $3, $4, now() - make_interval(days => $5))""",
            *row,
            days,
        )
    await run_if_due("board", database, upkeep(keeping)[0])
    kept = await pool.fetch("select envelope->>'subject' from outbox")
    assert [row[0] for row in kept] == ["n1"]


async def test_an_announcement_is_marked(database):
    told = []

    async def note(session, event, meta):
        told.append(meta.announcement)

    subscriptions = Subscriptions("reader")
    subscriptions.on(PostedSlice, note)
    row = outbox_values(posted("a"), "board", announcement=True)
    old = json.loads(outbox_values(posted("b"), "board").envelope_json)
    del old["announcement"]  # an envelope from before announcements existed
    old_arrival = Arrival(arrival("b").id, NoticePosted.type, json.dumps(old))
    await inbox.store(await database.pool(), [Arrival(row.id, row.type, row.envelope_json), old_arrival])
    await InboxHandler(database, subscriptions).one_pass()
    assert told == [True, False]
