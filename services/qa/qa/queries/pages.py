"""One page of a list, and where the next one begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from common.cursors import read_cursor, write_cursor
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

R = TypeVar("R")


@dataclass(frozen=True)
class Order(Generic[R]):
    """In which order a list stands: its columns, how each is read from a cursor, and their values in a row."""

    columns: tuple[Any, ...]
    kinds: tuple[Callable[[Any], Any], ...]
    of: Callable[[R], tuple[object, ...]]
    down: bool = False


@dataclass(frozen=True)
class Paged(Generic[R]):
    """One page, how many rows there are on all, and the cursor of the next."""

    rows: Sequence[R]
    total: int
    next: str | None


async def page_of(
    session: AsyncSession, found: Select[Any], order: Order[R], *, limit: int, cursor: str | None
) -> Paged[R]:
    """Return a page of what is found, from the cursor on. Raises: InvalidInputError."""
    total = await session.scalar(select(func.count()).select_from(found.subquery())) or 0
    if cursor:
        place, after = tuple_(*order.columns), read_cursor(cursor, *order.kinds)
        found = found.where(place < after if order.down else place > after)
    sorted_ = found.order_by(*(one.desc() if order.down else one for one in order.columns))
    rows: Sequence[R] = (await session.scalars(sorted_.limit(limit + 1))).all()
    place_of = order.of(rows[limit - 1]) if len(rows) > limit else ()
    more = (
        write_cursor(*(str(one) if isinstance(one, UUID) else one for one in place_of)) if place_of else None
    )
    return Paged(rows[:limit], total, more)
