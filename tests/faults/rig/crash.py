"""Points at which a process of the rig ends or freezes, and ways to break it; the product knows nothing of them."""

import os
import signal
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from common import database, worker
from common.carriers import PostgresCarrier, RabbitCarrier
from common.carriers import postgres as postgres_carrier
from common.carriers import rabbit as rabbit_carrier
from common.carriers.base import Outbound
from common.handling import InboxHandler
from common.inbox import Arrival, store
from common.relay import Relay
from common.worker import Worker
from sqlalchemy import event, text
from sqlalchemy.orm import Session

CRASHED = 70  # the exit status of a process that reached its point
_CLAIM_AS_PUBLISHED = """update outbox set published_at = clock_timestamp() where published_at is null
    returning id, type, routing_key, envelope::text"""
_DONE = text("update inbox set done_at = clock_timestamp() where id = any(:ids)")
Method = Callable[..., Awaitable[Any]]


class _Fuse:
    """Counts the passings of one point and ends or freezes the process at the right one, without any farewell."""

    def __init__(self) -> None:
        self.point, self.left, self.freezes = "", 0, False

    def passing(self, point: str) -> None:
        if point != self.point:
            return
        self.left -= 1
        if self.freezes and self.left == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
        elif not self.freezes and self.left <= 0:
            os._exit(CRASHED)


_fuse = _Fuse()


def arm(point: str, after: int, sabotage: str, *, freezes: bool = False) -> None:
    """Prepare this process to end or freeze at a point, at the given passing, or to be broken all along."""
    if sabotage:
        SABOTAGE[sabotage]()
    if freezes:  # what it holds in the database is taken from it after a second instead of fifteen
        database._SERVER["idle_in_transaction_session_timeout"] = "1000"
    if point:
        _fuse.point, _fuse.left, _fuse.freezes = point, after, freezes
        for name in (PostgresCarrier, RabbitCarrier):
            _around(name, "deliver", before="claimed", after="published")
        if point == "half published":
            for name in (PostgresCarrier, RabbitCarrier):
                _half(name)
        _around(Relay, "_mark", after="marked")
        _around(Relay, "one_pass", after="relayed")
        _around(Worker, "_store", before="arrived", after="stored")
        event.listen(Session, "before_commit", _before_commit)
        event.listen(Session, "after_commit", _after_commit)


def _around(owner: type, name: str, *, before: str = "", after: str = "") -> None:
    original: Method = getattr(owner, name)

    async def wrapped(self: Any, *given: Any) -> Any:
        _fuse.passing(before)
        result = await original(self, *given)
        if result != (0, False):  # a pass of the relay that moved nothing is no passing
            _fuse.passing(after)
        return result

    setattr(owner, name, wrapped)


def _half(owner: type) -> None:
    original: Method = owner.deliver  # type: ignore[attr-defined]

    async def wrapped(self: Any, rows: Any) -> Any:
        await original(self, rows[: len(rows) // 2])
        _fuse.passing("half published")
        return await original(self, rows)

    owner.deliver = wrapped  # type: ignore[attr-defined]


def _before_commit(session: Session) -> None:
    if "driver" in session.info:
        _fuse.passing("done")
    elif session.info.get("announce"):
        _fuse.passing("told")


def _after_commit(session: Session) -> None:
    if "driver" in session.info:
        _fuse.passing("committed")
    elif "database" in session.info:
        _fuse.passing("told and committed")


def handler(take_effect: Method) -> Method:
    """Wrap a handler so that a process can end right before and right after its effect."""

    async def wrapped(*given: Any) -> None:
        _fuse.passing("handling")
        await take_effect(*given)
        _fuse.passing("handled")

    return wrapped


def _mark_first() -> None:
    """Break the relay: what it claims counts as published before it was."""

    async def one_pass(self: Any, connection: Any) -> tuple[int, bool]:
        rows = await connection.fetch(_CLAIM_AS_PUBLISHED)
        if rows:
            await self._carrier.deliver([Outbound(*row) for row in rows])
        return len(rows), False

    Relay.one_pass = one_pass  # type: ignore[method-assign]


def _done_first() -> None:
    """Break the consumer: it acknowledges before the effect is committed."""

    async def take(self: Any, session: Any, rows: Any) -> None:
        await session.execute(_DONE, {"ids": [row.id for row in rows]})
        await session.commit()
        for row in rows:
            await self._handle(session, [row])
        await session.commit()

    InboxHandler._take = take  # type: ignore[method-assign]


async def store_as_new(pool: Any, arrivals: Any, *, wake: bool = False) -> None:
    """Store arrivals as if each of them were a new event."""
    await store(pool, [Arrival(uuid.uuid4(), a.type, a.envelope_json) for a in arrivals], wake=wake)


def _no_inbox() -> None:
    """Break the inbox: every arrival looks like a new event."""
    worker.store = postgres_carrier.store = store_as_new  # type: ignore[assignment]


def _trusting() -> None:
    """Break the receiver: it believes that a silent connection is a quiet one."""
    original = RabbitCarrier.__init__

    def made(self: Any, *given: Any) -> None:
        original(self, *given)
        self._url = self._url.update_query(heartbeat="0")

    RabbitCarrier.__init__ = made  # type: ignore[method-assign]
    rabbit_carrier._WATCH = 3600.0


SABOTAGE: dict[str, Callable[[], None]] = {
    "marks published before publishing": _mark_first,
    "acknowledges before the effect": _done_first,
    "keeps no inbox": _no_inbox,
    "trusts its connection": _trusting,
}
# part of the pipeline -> its points, in the order in which an event passes them
POINTS = {
    "telling": ("told", "told and committed"),
    "relaying": ("claimed", "half published", "published", "marked", "relayed"),
    "reading": ("handling", "handled", "done", "committed"),
}
RECEIVER_POINTS = ("arrived", "stored")  # where a broker stands between relay and inbox
