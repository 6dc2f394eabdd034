"""Answers kept for a second: many who ask the same at once are answered by one look."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

import orjson
from redis.asyncio import Redis
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.patience import Patience

SECONDS: Final = 1.0
MOST: Final = 20_000


class Answer(NamedTuple):
    """A whole answer: status, headers, body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(frozen=True)
class _Flight:
    """A look under way, and everybody who waits for it."""

    answer: "asyncio.Future[Answer]"


class Kept:
    """Keeps good answers by subject and variant, in the process and, where there is one, in Redis.

    An answer is never older than a second, counted from before it was looked up. `drop` forgets it at once, here and
    in Redis, and takes from a look already under way the right to be kept.
    """

    def __init__(self, name: str, variants: tuple[str, ...], redis: Redis | None = None) -> None:
        self._name, self._variants, self._redis = name, variants, redis
        self._patience = Patience("redis")
        self._kept: dict[str, dict[str, tuple[float, Answer]]] = {}
        self._flights: dict[tuple[str, str], _Flight] = {}
        self._dropping: set[asyncio.Task[None]] = set()

    def at_hand(self, subject: str, variant: str) -> Answer | None:
        """Return the answer this process keeps, nothing when it is too old or none."""
        until, answer = self._kept.get(subject, _NOTHING).get(variant, (0.0, None))
        return answer if until > asyncio.get_running_loop().time() else None

    async def get(self, subject: str, variant: str, look: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the answer kept, else look it up once for all who ask meanwhile. Raises: what the look raises."""
        if (answer := self.at_hand(subject, variant)) is not None:
            return answer
        key = (subject, variant)
        if (flight := self._flights.get(key)) is not None:
            return await asyncio.shield(flight.answer)
        flight = self._flights[key] = _Flight(asyncio.get_running_loop().create_future())
        try:
            answer = await self._fly(key, flight, look)
            flight.answer.set_result(answer)
        except BaseException as error:
            given = error if isinstance(error, Exception) else RuntimeError("whoever looked went away")
            flight.answer.set_exception(given)
            flight.answer.exception()  # it is told to those who wait, and to nobody where nobody waits
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
        return answer

    def drop(self, subject: str) -> None:
        """Forget every answer about a subject."""
        self._kept.pop(subject, None)
        for variant in self._variants:
            self._flights.pop((subject, variant), None)
        if self._redis is not None:
            task = asyncio.get_running_loop().create_task(self._drop_shared(subject))
            self._dropping.add(task)
            task.add_done_callback(self._dropping.discard)

    async def _fly(
        self, key: tuple[str, str], flight: _Flight, look: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        loop = asyncio.get_running_loop()
        if (shared := await self._shared(key)) is not None:
            answer, left = shared
            self._keep(key, flight, answer, loop.time() + left)
            return answer
        until = loop.time() + SECONDS
        answer = await look()
        if answer.status == 200 and self._keep(key, flight, answer, until):
            await self._share(key, answer, until - loop.time())
        return answer

    def _keep(self, key: tuple[str, str], flight: _Flight, answer: Answer, until: float) -> bool:
        if self._flights.get(key) is not flight:
            return False  # it changed while we looked
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept.setdefault(key[0], {})[key[1]] = (until, answer)
        return True

    def _place(self, subject: str, variant: str) -> str:
        return f"kept:{self._name}:{variant}:{subject}"

    async def _shared(self, key: tuple[str, str]) -> tuple[Answer, float] | None:
        if (redis := self._redis) is None:
            return None

        async def look() -> Any:
            async with redis.pipeline(transaction=False) as asking:
                asking.get(self._place(*key))
                asking.pttl(self._place(*key))
                return await asking.execute()

        value, left = await self._patience.ask(look) or (None, 0)
        if not value or left <= 0:
            return None
        head, _, body = bytes(value).partition(b"\n")
        status, headers = orjson.loads(head)
        pairs = tuple((name.encode("latin-1"), text.encode("latin-1")) for name, text in headers)
        return Answer(status, pairs, body), min(left / 1000, SECONDS)

    async def _share(self, key: tuple[str, str], answer: Answer, left: float) -> None:
        if (redis := self._redis) is None or left < 0.001:
            return
        pairs = [(name.decode("latin-1"), text.decode("latin-1")) for name, text in answer.headers]
        value = orjson.dumps((answer.status, pairs)) + b"\n" + answer.body
        await self._patience.ask(lambda: redis.set(self._place(*key), value, px=int(left * 1000)))

    async def _drop_shared(self, subject: str) -> None:
        if (redis := self._redis) is not None:
            places = [self._place(subject, variant) for variant in self._variants]
            await self._patience.ask(lambda: redis.delete(*places))


_NOTHING: Final[Mapping[str, Any]] = {}


class KeptAnswers:
    """ASGI middleware: answers `GET <prefix><subject>` with what is kept; anything else passes."""

    def __init__(
        self, app: ASGIApp, kept: Kept, prefix: str, variant: Callable[[Headers], str], route: str
    ) -> None:
        self.app, self.kept, self.prefix, self.variant = app, kept, prefix, variant
        self.route = SimpleNamespace(path=route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is kept, or let the route answer and keep that."""
        subject = scope["path"][len(self.prefix) :] if scope["type"] == "http" else ""
        if not subject or scope["method"] != "GET" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        if "/" in subject or len(subject) > 100 or scope.get("query_string"):
            await self.app(scope, receive, send)
            return
        variant = self.variant(Headers(scope=scope))
        answer = self.kept.at_hand(subject, variant)
        if answer is None:
            answer = await self.kept.get(subject, variant, lambda: _heard(self.app, scope, receive))
        scope.setdefault("route", self.route)
        await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})
        await send({"type": "http.response.body", "body": answer.body})


async def _heard(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """Let the app answer, and return the whole answer instead of sending it."""
    start: MutableMapping[str, Any] = {}
    body: list[bytes] = []

    async def note(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.append(message.get("body", b""))

    await app(scope, receive, note)
    return Answer(start["status"], tuple(start["headers"]), b"".join(body))
