"""Telling the present state again: in batches, to one or to all, going on where it stopped."""

import pytest
from board.events import NoticeTaken, posted
from board.models import Notice
from board.reader import effects, reading, until, working
from common.announcing import Stock, Told, announce
from common.carriers import PostgresCarrier, SubscriberTarget
from common.copies import keep_newest, put
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError


@pytest.fixture
async def board(fresh_database):
    made = await fresh_database("board")
    async with made.sessions.begin() as session:
        session.add_all(Notice(name=f"n{number:02}", text="họp") for number in range(25))
    return made


async def notices(session, after, limit):
    """Page through the notices; each tells that it was posted."""
    query = select(Notice).where(Notice.name > after).order_by(Notice.name).limit(limit)
    rows = (await session.scalars(query)).all()
    return [Told(row.name, [posted(row.name, row.text, row.version)]) for row in rows]


NOTICES = Stock("notices", notices)


def carrier(**readers) -> PostgresCarrier:
    return PostgresCarrier({name: SubscriberTarget(database.dsn) for name, database in readers.items()})


async def sent(board) -> list[str]:
    rows = await (await board.pool()).fetch("select envelope->>'subject' from outbox order by seq")
    return [row[0] for row in rows]


async def test_a_reader_that_begins_late_learns_everything_and_the_others_hear_nothing(board, fresh_database):
    late, other = await fresh_database("board"), await fresh_database("board")
    seen = []
    async with (
        working("board", board, carrier(late=late, other=other)),
        working("late", late, carrier(), reading("late")),
        working("other", other, carrier(), reading("other")),
    ):
        told = await announce(board, [NOTICES], to="late", batch=10, progress=lambda *now: seen.append(now))
        await until(lambda: _knows(late, 25))
    assert told == {"notices": 25}
    assert seen == [("notices", 10), ("notices", 20), ("notices", 25)]
    assert await effects(other) == {}
    assert set((await effects(late)).values()) == {1}


async def _knows(database, count: int) -> bool:
    return len(await effects(database)) == count


async def test_an_announcement_that_was_interrupted_goes_on_where_it_stopped(board):
    def stop(_name: str, count: int) -> None:
        if count == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await announce(board, [NOTICES], batch=10, progress=stop)
    assert await announce(board, [NOTICES], batch=10) == {"notices": 25}
    assert await sent(board) == [f"n{number:02}" for number in range(25)]
    assert await announce(board, [NOTICES], batch=10) == {"notices": 25}  # the next one begins anew
    assert len(await sent(board)) == 50


async def test_it_waits_for_the_relay_and_leaves_out_what_nobody_listens_to(board, fresh_database):
    late = await fresh_database("board")
    told = await announce(board, [NOTICES], to="late", wanted=lambda fact: fact.type == NoticeTaken.type)
    assert told == {"notices": 0}
    assert await sent(board) == []
    pool = await board.pool()
    most = []

    async def watched(session, after, limit):
        most.append(await pool.fetchval("select count(*) from outbox where published_at is null"))
        return await notices(session, after, limit)

    async with working("board", board, carrier(late=late)):
        await announce(board, [Stock("notices", watched)], to="late", batch=1)
    assert len(most) == 26
    assert max(most) < 10


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (2, 2, 3)])
async def test_the_newest_version_is_kept_whatever_order_the_facts_come_in(board, order):
    async with board.sessions.begin() as session:
        row = Notice(name="a", text="v0", version=0, times=7)
        session.add(row)
        await session.flush()
        for version in order:
            values = {"name": "a", "text": f"v{version}"}
            kept = await keep_newest(session, Notice, values, version=version, first={"times": 0})
            assert kept is None or kept.text == f"v{version}"
        assert (row.text, row.version, row.times) == ("v3", 3, 7)  # what was loaded before is told too


async def test_a_first_fact_fills_what_later_ones_leave_alone(board):
    async with board.sessions.begin() as session:
        for version in (1, 2):
            values = {"name": "new", "text": f"v{version}"}
            await keep_newest(session, Notice, values, version=version, first={"times": version})
        row = await session.get_one(Notice, "new")
        assert (row.text, row.times) == ("v2", 1)


@pytest.mark.parametrize(
    ("there", "text", "version"),
    [("stays", "old", 2), ("older", "old", 2), ("replaced", "new", 1)],
)
async def test_many_rows_are_put_at_once_and_what_is_there_meets_its_rule(board, there, text, version):
    async with board.sessions.begin() as session:
        await put(session, Notice, [{"name": "a", "text": "old", "version": 2, "times": 7}])
        rows = [{"name": name, "text": "new", "version": 1} for name in ("a", "b")]
        written = await put(session, Notice, rows, there=there)
        assert sorted(row.name for row in written) == (["a", "b"] if there == "replaced" else ["b"])
        row = await session.get_one(Notice, "a")
        assert (row.text, row.version, row.times) == (text, version, 7)
        assert await put(session, Notice, [], there=there) == ()


async def test_a_row_that_cannot_be_there_is_refused_where_it_is(board):
    async with board.sessions() as session:
        await put(session, Notice, [{"name": "a", "text": "x", "version": 1, "times": 1}])
        with pytest.raises(IntegrityError):
            await put(session, Notice, [{"name": "a", "text": "y", "version": 2, "times": 1}])
