"""Which roles a route lets in, asked of the running application role by role."""

import re
from collections.abc import Collection, Iterator
from http import HTTPStatus
from typing import Any, Final

from common.api.deps import Only
from common.ids import uuid7
from fastapi import FastAPI
from fastapi.routing import APIRoute
from regulation.roles import Role

from suite.testing import client, officer


async def let_in(
    app: FastAPI, method: str, path: str, body: dict[str, Any] | None = None, scope: str = "province"
) -> frozenset[Role]:
    """Return the roles that a route does not forbid; what it then finds, or misses, does not matter here.

    Raises: AssertionError when an answer says nothing about rights, because the request itself is wrong.
    """
    found: set[Role] = set()
    for role in Role:
        caller = officer(role, agency="H42.101", unit="mot-cua", scope=scope, subject=str(uuid7()))
        async with client(app, caller) as web:
            answer = await web.request(method, path, json=body, headers={"Idempotency-Key": str(uuid7())})
        silent = {HTTPStatus.UNAUTHORIZED, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.METHOD_NOT_ALLOWED}
        assert answer.status_code not in silent, answer.text
        assert answer.json().get("code") != "invalid-input" if answer.status_code == 422 else True, (
            answer.text
        )
        if answer.status_code != HTTPStatus.FORBIDDEN:
            found.add(role)
    return frozenset(found)


_SHUT: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
_SENT: Final = (b"", b"{}", b"[]", b'{"version": "x"}', b"{", b"\xff")
_PART: Final = re.compile(r"{([a-z_]+)(?::[a-z]+)?}")
_NAMED: Final = {"agency": "H42.101", "code": "H42.101-261207-0001"}


async def left_open(app: FastAPI, everybody: Collection[str]) -> list[str]:
    """Return what each route answers to roles without its right, where that is neither 403 nor a neutral 404.

    Asked with nothing, an empty and a wrong body, and with what is no JSON and no text at all: a refusal of rights
    comes before anything that is said about what was sent. `everybody` names the routes that are for all: "GET /api/…".
    """
    found = []
    for route, method in _routes(app):
        if (name := f"{method} {route.path}") in everybody:
            continue
        roles = next((one.call for one in route.dependant.dependencies if isinstance(one.call, Only)), None)
        path = _PART.sub(lambda part: _NAMED.get(part[1], str(uuid7())), route.path)
        for role in [Role.EMBED] if roles is None else [role for role in Role if role not in roles]:
            found += [f"{name} {role}: {said}" for said in await _answers(app, method, path, role)]
    return found


def _routes(app: FastAPI) -> Iterator[tuple[APIRoute, str]]:
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path.startswith("/api/"):
            yield from ((route, method) for method in sorted(route.methods or ()))


async def _answers(app: FastAPI, method: str, path: str, role: Role) -> list[int]:
    """Return the answers other than a refusal."""
    caller = officer(role, agency="H42.101", unit="mot-cua", scope="province", subject=str(uuid7()))
    bodies = _SENT if method in ("POST", "PUT", "PATCH") else (b"",)
    sent = {"Content-Type": "application/json"}
    async with client(app, caller) as web:
        asked = [await web.request(method, path, content=body, headers=sent) for body in bodies]
    statuses = [answer.status_code for answer in asked]
    return [status for status in statuses if status not in _SHUT]
