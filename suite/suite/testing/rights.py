"""Which roles a route lets in, asked of the running application role by role."""

from http import HTTPStatus
from typing import Any

from common.ids import uuid7
from fastapi import FastAPI
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
