"""What event delivery is measured against: bare commits, bare publishing, a bare move of rows."""

import asyncio
import time

import aio_pika
import asyncpg


async def raw_latency(dsn: str) -> float:
    """Measure the floor in ms: two durable one-row commits, one after the other."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("create table floor (n int)")
    begun = time.perf_counter()
    for _ in range(600):
        await connection.execute("insert into floor values (1)")
    await connection.close()
    return (time.perf_counter() - begun) / 300 * 1000


async def raw_publish(url: str, body: bytes) -> tuple[str, float]:
    """Measure bare confirmed publishing to one quorum queue, 200 in flight, per second."""
    async with await aio_pika.connect(url) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("raw", durable=True, arguments={"x-queue-type": "quorum"})
        await asyncio.sleep(1)
        count = 4000
        message, begun = aio_pika.Message(body, delivery_mode=2), time.perf_counter()
        for _ in range(count // 200):
            await asyncio.gather(*(channel.default_exchange.publish(message, "raw") for _ in range(200)))
        took = time.perf_counter() - begun
        await queue.delete(if_unused=False, if_empty=False)
    return "confirmed publish", count / took


async def raw_move(source: asyncpg.Connection, target: asyncpg.Connection) -> tuple[str, float]:
    """Measure bare reading and inserting of rows in batches of 200, per second."""
    await target.execute("create table raw (id uuid primary key, type text, envelope jsonb)")
    read = "select seq, id, type, envelope::text from outbox where seq > $1 order by seq limit 200"
    write = "insert into raw select * from unnest($1::uuid[], $2::text[], $3::jsonb[])"
    begun, after, count = time.perf_counter(), 0, 0
    while rows := await source.fetch(read, after):
        after, count = rows[-1][0], count + len(rows)
        await target.execute(write, [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows])
    return "move of rows", count / (time.perf_counter() - begun)
