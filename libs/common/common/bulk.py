"""One deed on many things: each in a transaction of its own, gone on with after a crash, refusals kept in words."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final

import structlog
from sqlalchemy import ForeignKey, and_, delete, select
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from common.database import Database
from common.errors import ConflictError, DomainError
from common.ids import uuid7

MOST: Final = 500
"""How many things one order may name."""
GIVEN_UP: Final = timedelta(days=1)
"""What was not reached by then is refused: who ordered it meant another day."""
KEPT: Final = timedelta(days=30)
HANDS: Final = 2
log = structlog.get_logger()


class ItemState(StrEnum):
    """What became of one thing of many."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class NotDoneError(ConflictError):
    """Something broke at one thing; the others go on."""

    code: ClassVar[str] = "not-done"
    vi: ClassVar[str] = "Hệ thống gặp lỗi nên chưa làm được. Hãy thử lại hồ sơ này."
    en: ClassVar[str] = "Something went wrong and it was not done. Try this one again."


class OrderTooOldError(ConflictError):
    """An order is for the day on which it is given."""

    code: ClassVar[str] = "order-too-old"
    vi: ClassVar[str] = "Chưa làm được trong một ngày kể từ lúc ra lệnh nên đã dừng. Hãy chọn lại."
    en: ClassVar[str] = "It was not reached within a day, so it was stopped. Choose it again."


class SettledError(Exception):
    """Somebody else settled the thing meanwhile: what was begun is taken back."""


class BulkRow:
    """A deed ordered for many things; `ordered` says who ordered it and what else was said."""

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    deed: Mapped[str]
    agency: Mapped[str]
    started_by: Mapped[str]
    started_at: Mapped[datetime]
    ordered: Mapped[dict[str, Any]]
    finished_at: Mapped[datetime | None]


class BulkItemRow:
    """One thing of them: its code, the version that was seen, what became of it, and why not."""

    bulk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bulk.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(default=ItemState.WAITING)
    refusal: Mapped[dict[str, Any] | None]
    settled_at: Mapped[datetime | None]


@dataclass(frozen=True)
class One:
    """One thing at its turn, at an instant; `done` is called in the transaction of the deed."""

    bulk: Any
    item: Any
    now: datetime

    async def done(self, session: AsyncSession) -> None:
        """Write that it is done, with the deed. Raises: SettledError."""
        await self.settle(session, ItemState.DONE)

    async def settle(
        self, session: AsyncSession, state: ItemState, refusal: Mapping[str, str] | None = None
    ) -> None:
        """Write what became of it, once. Raises: SettledError."""
        kept = await session.get(type(self.item), (self.item.bulk_id, self.item.number), with_for_update=True)
        if kept is None or kept.state != ItemState.WAITING:
            raise SettledError
        kept.state, kept.refusal, kept.settled_at = state, refusal, self.now


@dataclass(frozen=True)
class Bulks:
    """The two tables of a service, and how it does one thing: by the use case of the single deed."""

    orders: type[Any]
    items: type[Any]
    do: Callable[[Database, One], Awaitable[None]]

    async def run(self, database: Database, now: datetime) -> int:
        """Do whatever waits, the oldest order first, and forget old ones; return how many things were tried.

        Killed in between, the next run goes on with what still waits: a thing is done and said to be done at once.
        """
        begun = time.monotonic()
        async with database.sessions.begin() as session:
            await session.execute(delete(self.orders).where(self.orders.finished_at < now - KEPT))
            unfinished = select(self.orders).where(self.orders.finished_at.is_(None))
            found = (await session.scalars(unfinished.order_by(self.orders.started_at))).all()
        return sum(
            [
                await self._carry_out(
                    database, one, lambda: now + timedelta(seconds=time.monotonic() - begun)
                )
                for one in found
            ]
        )

    async def _carry_out(self, database: Database, bulk: Any, clock: Callable[[], datetime]) -> int:
        waiting = and_(self.items.bulk_id == bulk.id, self.items.state == ItemState.WAITING)
        async with database.sessions() as session:
            items = (
                await session.scalars(select(self.items).where(waiting).order_by(self.items.number))
            ).all()
        await self._share_out(database, bulk, items, clock)
        async with database.sessions.begin() as session:
            order = await session.get_one(self.orders, bulk.id)
            if await session.scalar(select(self.items.number).where(waiting).limit(1)) is None:
                order.finished_at = clock()
        return len(items)

    async def _share_out(
        self, database: Database, bulk: Any, items: Sequence[Any], clock: Callable[[], datetime]
    ) -> None:
        rest = iter(items)

        async def hand() -> None:
            for item in rest:
                await self._settle(database, One(bulk, item, clock()))

        async with asyncio.TaskGroup() as hands:
            for _ in range(HANDS):
                hands.create_task(hand())

    async def _settle(self, database: Database, one: One) -> None:
        try:
            if one.now - one.bulk.started_at > GIVEN_UP:
                raise OrderTooOldError
            await self.do(database, one)
        except SettledError:
            return
        except DomainError as refusal:
            await self._refuse(database, one, refusal)
        except Exception as error:
            log.error("one of many was not done", deed=one.bulk.deed, thing=one.item.code, exc_info=error)
            await self._refuse(database, one, NotDoneError())

    async def _refuse(self, database: Database, one: One, refusal: DomainError) -> None:
        async with database.sessions.begin() as session:
            await one.settle(session, ItemState.REFUSED, in_words(refusal))


def in_words(refusal: DomainError) -> dict[str, str]:
    """Return why not, with its code, in both languages; what is wrong with fields says more than that they are."""
    fields = refusal.problems()
    vi = " ".join(dict.fromkeys(one.vi for one in fields)) or refusal.message("vi")
    en = " ".join(dict.fromkeys(one.en for one in fields)) or refusal.message("en")
    return {"code": refusal.code, "vi": vi, "en": en}
