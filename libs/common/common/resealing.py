"""Values that stand in clear or under an older key are sealed anew, and counted by their keys."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, inspect, literal_column, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from common.sealed import Sealed, sealed_columns, sealed_values
from common.sealing import Ring, ring_of

CLEAR: Final = ""
WINDOW: Final = 5000
"""Rows that one statement of a walk looks at, at most: no table is so large that it takes long."""
More = Callable[[AsyncSession, Any], Awaitable[Mapping[str, Any]]]
"""What else changes in a row that is sealed, by the names of the table's columns."""


async def seal_again(session: AsyncSession, kind: type[Any], limit: int) -> int:
    """Seal a batch of rows whose values stand in clear or under an older key; return how many there were.

    Nobody edited them, so their versions stay.
    """
    ring = ring_of(session)
    if ring is None or ring.beside:
        return 0
    rows = await _locked(session, select(kind).where(_behind(kind, ring)), limit)
    for row in rows:
        await _reseal(session, row, ring, None)
    return len(rows)


class Sweep:
    """Goes through a large table in the order of its keys until nothing is under an older key; then asks only what
    stands in clear, for which such a table has an index."""

    def __init__(self, kind: type[Any], more: More | None = None) -> None:
        self._kind, self._more = kind, more
        self._behind: Any = None
        self._found, self._done = 0, ""

    async def batch(self, session: AsyncSession, limit: int) -> int:
        """Seal the next rows and return how many there were; none is the end."""
        ring = ring_of(session)
        if ring is None or ring.beside:
            return 0
        if self._done == ring.active:
            wanted = select(self._kind).where(_in_clear(self._kind))
            return len(await self._seal(session, wanted, limit, ring))
        while True:
            rows, end = await self._further(session, limit, ring)
            self._found += rows
            if end and not self._found:
                self._done = ring.active
                return 0
            if end:  # what was locked meanwhile is met by the next walk
                self._found = 0
            if rows:
                return rows

    async def _further(self, session: AsyncSession, limit: int, ring: Ring) -> tuple[int, bool]:
        """Seal rows of the next window of keys; return how many there were, and whether the last key is passed."""
        key = inspect(self._kind).primary_key
        after = true() if self._behind is None else tuple_(*key) > self._behind
        keys = select(*key).where(after).order_by(*key).offset(WINDOW - 1).limit(1)
        edge = (await session.execute(keys)).one_or_none()
        within = true() if edge is None else tuple_(*key) <= tuple(edge)
        wanted = select(self._kind).where(after, within, _behind(self._kind, ring)).order_by(*key)
        rows = await self._seal(session, wanted, limit, ring)
        full = len(rows) == limit
        self._behind = inspect(rows[-1]).identity if full else edge and tuple(edge)
        return len(rows), edge is None and not full

    async def _seal(
        self, session: AsyncSession, wanted: Select[Any], limit: int, ring: Ring
    ) -> Sequence[Any]:
        rows = await _locked(session, wanted, limit)
        for row in rows:
            await _reseal(session, row, ring, self._more)
        return rows


async def _locked(session: AsyncSession, rows: Select[Any], limit: int) -> Sequence[Any]:
    return (await session.scalars(rows.limit(limit).with_for_update(skip_locked=True))).all()


async def _reseal(session: AsyncSession, row: Any, ring: Ring, more: More | None) -> None:
    kind, table = type(row), type(row).__table__
    told = {one.name: one.__get__(row, kind) for one in sealed_values(kind)}
    written = sealed_columns(kind, told, row.sealed_for, ring) | dict(
        await more(session, row) if more else {}
    )
    same = (column == value for column, value in zip(table.primary_key, inspect(row).identity, strict=True))
    await session.execute(update(table).where(*same).values(written))


def _behind(kind: type[Any], ring: Ring) -> ColumnElement[bool]:
    """Give the condition for rows of which something stands in clear, or under another key than the one that seals."""
    sealed = (inspect(kind).columns[one.sealed] for one in sealed_values(kind))
    active = f"{ring.active}."
    older = (func.left(one, len(active)) != active for one in sealed)
    return or_(*older, _in_clear(kind))


def _in_clear(kind: type[Any]) -> ColumnElement[bool]:
    """Give the condition for rows of which something stands in clear, word for word as an index may have it."""
    return or_(*(_clear(kind, one) for one in sealed_values(kind)))


def _clear(kind: type[Any], one: Sealed[Any]) -> ColumnElement[bool]:
    plain = inspect(kind).columns[one.plain]
    empty: Any = literal_column("'{}'" if isinstance(one.empty, dict) else "''")
    found: ColumnElement[bool] = plain.is_not(None) if one.empty is None else plain != empty
    return found


async def values_by_key(session: AsyncSession, kinds: Iterable[type[Any]]) -> Counter[str]:
    """Count values by the key they are sealed with; what nobody sealed yet counts under the empty one."""
    found: Counter[str] = Counter()
    for kind in kinds:
        columns = inspect(kind).columns
        for one in sealed_values(kind):
            key = func.split_part(columns[one.sealed], ".", 1)
            rows = select(key, func.count()).where(columns[one.sealed].is_not(None)).group_by(key)
            found.update({str(name): int(count) for name, count in await session.execute(rows)})
            clear = select(func.count()).select_from(kind).where(_clear(kind, one))
            found[CLEAR] += await session.scalar(clear) or 0
    return found
