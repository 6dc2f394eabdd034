"""Refuses what comes too often, by address and by account, whichever replica or edge it came through."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import orjson
from common.addresses import network_of
from common.api.deps import client_address, optional_caller
from common.api.problems import problem
from common.errors import DomainError, TooManyRequestsError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from live.limiting import Limiter

FILE: Final = "limits.json"
"""What a service's routes say about it, beside its `main`."""


@dataclass(frozen=True)
class Row:
    """Which requests are counted, under which name, and how many one address or account may send in how long.

    Where `most` is 0 nothing is counted.
    """

    name: str
    address: re.Pattern[str]
    methods: frozenset[str]
    most: int
    seconds: int

    def holds(self, method: str, path: str) -> bool:
        """Tell whether a request is counted here."""
        return (not self.methods or method in self.methods) and self.address.fullmatch(path) is not None


def read_rows(rows: Iterable[Mapping[str, Any]], scale: float = 1.0) -> tuple[Row, ...]:
    """Read the rows in their order; a prefix counts by whole segments. `scale` multiplies what is allowed."""
    return tuple(
        Row(
            name=f"{row.get('limit', '')} {address}",
            address=re.compile(address),
            methods=frozenset(row.get("methods", ())),
            most=row["most"] and max(1, round(row["most"] * scale)),
            seconds=row.get("seconds", 1),
        )
        for row, address in ((row, _pattern(row)) for row in rows)
    )


def _pattern(row: Mapping[str, Any]) -> str:
    if "regex" in row:
        return str(row["regex"])
    return re.escape(str(row["path"])) if "path" in row else re.escape(str(row["prefix"])) + "(/.*)?"


class Limited:
    """ASGI middleware: the first row that holds counts a request, for its address and for its account."""

    def __init__(self, app: ASGIApp, rows: tuple[Row, ...], limiter: Limiter) -> None:
        self.app, self.rows, self.limiter = app, rows, limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass what is within its limit; the rest is told when to come back."""
        row = self._row(scope) if scope["type"] == "http" else None
        if row is None or await self._within(row, Request(scope)):
            await self.app(scope, receive, send)
            return
        await problem(Request(scope), TooManyRequestsError(row.seconds))(scope, receive, send)

    def _row(self, scope: Scope) -> Row | None:
        found = next((row for row in self.rows if row.holds(scope["method"], scope["path"])), None)
        return found if found is not None and found.most else None

    async def _within(self, row: Row, request: Request) -> bool:
        for who in await asking(request):
            if not await self.limiter.allows(row.name, who, most=row.most, seconds=row.seconds):
                return False
        return True


async def asking(request: Request) -> tuple[str, ...]:
    """Return under which keys a request counts: the address the edge wrote last, and the account of a good token."""
    keys = (f"address {network_of(client_address(request))}",)
    try:
        caller = await optional_caller(request)
    except DomainError:
        return keys
    return keys if caller is None else (*keys, f"account {caller.subject}")


def limiting(app: Starlette, package: str, limiter: Limiter, scale: float = 1.0) -> None:
    """Hold an app to the limits its routes name; `scale` multiplies them (1 in production)."""
    rows = read_rows(orjson.loads((files(package) / FILE).read_bytes()), scale)
    app.user_middleware.append(Middleware(Limited, rows=rows, limiter=limiter))
