"""A reader of the board: remembers each notice and how often it took effect."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from common.carriers import Carrier
from common.database import Database
from common.inbox import Meta, Subscriptions
from common.worker import Worker
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from board.events import PostedSlice

_REMEMBER = text("""insert into notice (name, text, times, version) values (:name, :text, 1, 1)
    on conflict (name) do update set times = notice.times + 1""")


async def remember(session: AsyncSession, event: PostedSlice, meta: Meta) -> None:
    """Count one more effect of a notice; a notice that says `poison` always fails."""
    if event.text == "poison":
        raise ValueError(f"cannot read {event.text} of Nguyễn Văn A")
    await session.execute(_REMEMBER, {"name": event.aggregate_id, "text": event.text})


def reading(service: str = "reader") -> Subscriptions:
    """Listen to posted notices."""
    subscriptions = Subscriptions(service)
    subscriptions.on(PostedSlice, remember)
    return subscriptions


async def effects(database: Database) -> dict[str, int]:
    """Count how often each notice took effect."""
    rows = await (await database.pool()).fetch("select name, times from notice")
    return {row["name"]: row["times"] for row in rows}


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    """Wait for a condition, with a deadline."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def working(
    service: str, database: Database, carrier: Carrier, subscriptions: Subscriptions | None = None
) -> AsyncIterator[None]:
    """Run a worker while the test goes on."""
    stop = asyncio.Event()
    task = asyncio.create_task(Worker(service, database, carrier, subscriptions).run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 25)
