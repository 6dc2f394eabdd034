"""Tells the present state again, so that a subscriber can join a province that has run for years."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Database
from common.events import Event
from common.outbox import repeat

EVERYBODY = ""
_BEGIN = text("""insert into announcement (stock, recipient, after, count) values (:stock, :to, '', 0)
    on conflict (stock, recipient) do update set after = '', count = 0, done_at = null
    where announcement.done_at is not null""")
_PLACE = text("select after, count from announcement where stock = :stock and recipient = :to for update")
_MOVE = text(
    """update announcement set after = :after, count = :count where stock = :stock and recipient = :to"""
)
_END = text(
    """update announcement set done_at = clock_timestamp() where stock = :stock and recipient = :to"""
)
_UNSENT = "select count(*) from (select from outbox where published_at is null limit $1) as o"
_LOOK = 0.05


class Told(NamedTuple):
    """One aggregate, by its key, with the facts that tell its present state, the earliest first."""

    key: str
    facts: Sequence[Event]


class Stock(NamedTuple):
    """One kind of aggregate that a service can tell of again: its name, and a page in the order of the keys."""

    name: str
    page: Callable[[AsyncSession, str, int], Awaitable[Sequence[Told]]]


Progress = Callable[[str, int], None]
Wanted = Callable[[Event], bool]


async def announce(
    database: Database,
    stocks: Sequence[Stock],
    *,
    to: str | None = None,
    wanted: Wanted = lambda _: True,
    batch: int = 200,
    progress: Progress = lambda _name, _count: None,
) -> dict[str, int]:
    """Announce every aggregate of these stocks, to one subscriber or to all; return how many of each.

    Goes through the outbox a batch at a time, never more than ten batches ahead of the relay. Each batch commits with
    its bookmark, so that an announcement that was interrupted goes on where it stopped. What the subscriber does not
    want is left out, and who has nothing else to tell is not counted.
    """
    counts = {}
    for stock in stocks:
        place = {"stock": stock.name, "to": to or EVERYBODY}
        async with database.sessions.begin() as session:
            await session.execute(_BEGIN, place)
        more = True
        while more:
            await _room(database, 10 * batch)
            counts[stock.name], more = await _batch(database, stock, place, wanted, batch)
            progress(stock.name, counts[stock.name])
    return counts


async def _batch(
    database: Database, stock: Stock, place: dict[str, str], wanted: Wanted, size: int
) -> tuple[int, bool]:
    """Announce one batch; return how many aggregates were told so far and whether there may be more."""
    async with database.sessions.begin() as session:
        after, count = (await session.execute(_PLACE, place)).one()
        page = await stock.page(session, after, size)
        told = [list(filter(wanted, each.facts)) for each in page]
        await repeat(session, list(chain.from_iterable(told)), place["to"] or None)
        count += sum(map(bool, told))
        if page:
            await session.execute(_MOVE, {**place, "after": page[-1].key, "count": count})
        if len(page) < size:
            await session.execute(_END, place)
    return count, len(page) == size


async def _room(database: Database, most: int) -> None:
    """Wait until the relay has handed over enough of what was announced before."""
    pool = await database.pool()
    while await pool.fetchval(_UNSENT, most) >= most:
        database.committed.set()
        await asyncio.sleep(_LOOK)
