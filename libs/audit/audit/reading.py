"""Reads the access log as it is hashed: the database's own words for each line, in the order they are sealed."""

from collections.abc import AsyncIterator, Sequence
from typing import Final

import asyncpg

from audit.chain import Seal
from audit.tables import LINE, SEAL, WRITTEN

AS_HASHED: Final = {"TimeZone": "UTC", "DateStyle": "ISO, MDY", "client_encoding": "UTF8"}
"""Settings of a connection that reads lines to hash them: the same line must always be the same bytes."""
_ORDERED: Final = (
    f"select xid, seq, at, {', '.join(WRITTEN)} from {LINE} where xid >= $1 and xid < $2 order by xid, seq"  # noqa: S608
)
_SEALS: Final = f"select number, upto, count, previous, leaves, root, signature from {SEAL}"  # noqa: S608


class Splitter:
    """Takes bytes as they come and keeps whole lines."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._rest = b""

    async def __call__(self, data: bytes) -> None:
        """Take some bytes."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.lines += whole


async def lines_between(connection: asyncpg.Connection, lower: int, upper: int) -> list[bytes]:
    """Return the lines of the transactions from `lower` up to, not including, `upper`."""
    split = Splitter()
    await connection.copy_from_query(_ORDERED, lower, upper, output=split)
    return split.lines


async def last_seal(connection: asyncpg.Connection) -> Seal | None:
    """Return the newest seal."""
    row = await connection.fetchrow(f"{_SEALS} order by number desc limit 1")
    return Seal(*row) if row else None


async def seals(connection: asyncpg.Connection, at_once: int = 1000) -> AsyncIterator[Sequence[Seal]]:
    """Return all seals in their order, some at a time."""
    number = -1
    while True:
        rows = await connection.fetch(f"{_SEALS} where number > $1 order by number limit $2", number, at_once)
        if not rows:
            return
        yield [Seal(*row) for row in rows]
        number = rows[-1]["number"]
