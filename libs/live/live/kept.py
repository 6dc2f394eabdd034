"""Answers kept for a second: many who ask the same at once are answered by one look."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.board import Board, thing

SECONDS: Final = 1.0
MOST: Final = 20_000
FOUND, MISSING = 200, 404
_NOTHING: Final[Mapping[str, Any]] = {}


class Answer(NamedTuple):
    """A whole answer: status, headers, body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Kept:
    """Keeps what was found, and that nothing was found, by subject and variant.

    An answer is never older than a second, counted from before it was looked up. `drop` forgets it at once and takes
    from a look already under way the right to be kept.
    """

    def __init__(self, variants: tuple[str, ...]) -> None:
        self._variants = variants
        self._kept: dict[str, dict[str, tuple[float, Answer]]] = {}
        self._flights: dict[tuple[str, str], asyncio.Future[Answer]] = {}

    def at_hand(self, subject: str, variant: str) -> Answer | None:
        """Return the answer kept, nothing when it is too old or none."""
        until, answer = self._kept.get(subject, _NOTHING).get(variant, (0.0, None))
        return answer if until > asyncio.get_running_loop().time() else None

    async def get(self, subject: str, variant: str, look: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the answer kept, else look it up once for all who ask meanwhile. Raises: what the look raises."""
        if (answer := self.at_hand(subject, variant)) is not None:
            return answer
        key, loop = (subject, variant), asyncio.get_running_loop()
        if (flight := self._flights.get(key)) is not None:
            return await asyncio.shield(flight)
        flight = self._flights[key] = loop.create_future()
        until = loop.time() + SECONDS
        try:
            answer = await look()
            self._keep(key, flight, answer, until)
            flight.set_result(answer)
        except BaseException as error:
            given = error if isinstance(error, Exception) else RuntimeError("whoever looked went away")
            flight.set_exception(given)
            flight.exception()  # it is told to those who wait, and to nobody where nobody waits
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

    def heard(self, topics: Iterable[str]) -> None:
        """Forget the answers about every thing that is told of."""
        for topic in topics:
            subject = topic.rpartition(":")[2]
            if topic == thing(subject):
                self.drop(subject)

    def _keep(
        self, key: tuple[str, str], flight: "asyncio.Future[Answer]", answer: Answer, until: float
    ) -> None:
        if self._flights.get(key) is not flight or answer.status not in (FOUND, MISSING):
            return  # it changed while we looked, or is no answer
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept.setdefault(key[0], {})[key[1]] = (until, answer)


class Place(NamedTuple):
    """Whose answers are kept: `GET <prefix><subject>`, the same for everybody who prefers the same variant."""

    prefix: str
    route: str
    subject: Callable[[str], str | None]
    """Gives the one spelling of a subject, nothing where it cannot be one."""
    variant: Callable[[Headers], str]
    missing: Callable[[Request], ASGIApp]
    """Writes that nothing was found: such an answer names its own request, and is never another's."""


class KeptAnswers:
    """ASGI middleware: answers with what is kept; what has a query or is no subject passes."""

    def __init__(self, app: ASGIApp, kept: Kept, place: Place) -> None:
        self.app, self.kept, self.place = app, kept, place
        self.route = SimpleNamespace(path=place.route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is kept, or let the route answer and keep that."""
        subject = self._subject(scope)
        if subject is None:
            await self.app(scope, receive, send)
            return
        variant = self.place.variant(Headers(scope=scope))
        answer = self.kept.at_hand(subject, variant)
        if answer is None:
            answer = await self.kept.get(subject, variant, lambda: _heard(self.app, scope, receive))
        scope.setdefault("route", self.route)
        if answer.status == MISSING:
            await self.place.missing(Request(scope))(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})
        await send({"type": "http.response.body", "body": answer.body})

    def _subject(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope.get("query_string"):
            return None
        path, prefix = scope["path"], self.place.prefix
        return self.place.subject(path[len(prefix) :]) if path.startswith(prefix) else None


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


def keeping(app: Starlette, board: Board, place: Place, variants: tuple[str, ...]) -> None:
    """Let an app keep its answers of a place, innermost: each request is counted and logged before."""
    kept = Kept(variants)
    board.heed(kept.heard)
    app.user_middleware.append(Middleware(KeptAnswers, kept=kept, place=place))
