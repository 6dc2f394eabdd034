"""Each request gets an id, a log line and a measured time."""

import re
import time
from typing import Any

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common import metrics
from common.api.problems import broken
from common.ids import uuid7
from common.tracing import exemplar, is_tracing, name_span, serving

STREAM = b"text/event-stream; charset=utf-8"
_ID = re.compile(r"[\w.-]{8,64}")
log = structlog.get_logger()


class Observed:
    """ASGI middleware; it logs the route, never the path or query, because those may name a person."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and record how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            # Answered as a GET: the server, which keeps the request as it came, leaves the body out.
            scope = {**scope, "method": "GET"}
        if not is_tracing():
            await self._serve(scope, receive, send)
            return
        with serving(scope) as span:
            status = await self._serve(scope, receive, send)
            name_span(span, scope["method"], _route(scope), status)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> int:
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status, took, started = 0, 0.0, time.perf_counter()

        async def note(message: Message) -> None:
            nonlocal status, took
            if message["type"] == "http.response.start":
                status = message["status"]
                if (b"content-type", STREAM) in message.setdefault("headers", []):
                    took = time.perf_counter() - started  # it has answered once it begins
                message["headers"].append((b"x-request-id", request_id.encode()))
            await send(message)

        try:
            await self.app(scope, receive, note)
        except Exception as error:
            if status:
                raise
            await broken(Request(scope), error)(scope, receive, note)
        finally:
            self._record(scope, status or 500, took or time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")
        return status or 500

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        path = _route(scope)
        metrics.requests.labels(self.service, scope["method"], path, status).observe(seconds, exemplar())
        log.info("request", method=scope["method"], route=path, status=status, ms=round(seconds * 1000, 1))


def _route(scope: Scope) -> str:
    route: Any = scope.get("route")
    return str(getattr(route, "path", "unmatched"))


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _ID.fullmatch(given):
                return str(given)
    return str(uuid7())
