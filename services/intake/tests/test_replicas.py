"""Two replicas over one database and one store: what was uploaded at one is at the other, a broken upload nowhere."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx
from starlette.requests import ClientDisconnect


async def breaks_off(app: Any, request: httpx.Request) -> list[dict[str, Any]]:
    """Send half of a request and hang up; returns what was answered all the same."""
    whole, told = request.read(), []
    parts = [
        {"type": "http.request", "body": whole[: len(whole) // 2], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if len(parts) > 1 else parts[0]

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "scheme": "http",
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    with suppress(ClientDisconnect):
        await app(scope, receive, send)
    return told


async def test_an_upload_that_broke_off_leaves_the_others_and_is_sent_again_to_any_replica(
    make_stage: Callable[..., Awaitable[Any]],
) -> None:
    one, other = await make_stage(), await make_stage()
    other.citizen = one.citizen
    draft, key = await one.draft(), one.key()
    place = f"/api/intake/drafts/{draft['id']}/attachments"

    async def names(stage: Any) -> list[str]:
        found = (await stage.get(f"drafts/{draft['id']}", one.citizen)).json()["attachments"]
        return sorted(file["name"] for file in found)

    assert (await one.attach(draft["id"], "giay-chung-sinh", name="mot.pdf")).status_code == 201
    sent = {
        "data": {"component": "giay-chung-sinh"},
        "files": {"file": ("hai.pdf", one.pdf())},
        "headers": key,
    }
    async with one.client(one.citizen) as here, other.client(one.citizen) as there:
        told = await breaks_off(one.app, here.build_request("POST", place, **sent))
        assert [message["status"] for message in told if "status" in message] in ([], [400])
        assert await names(one) == await names(other) == ["mot.pdf"]
        again, repeated = await there.post(place, **sent), await here.post(place, **sent)
        assert (again.status_code, again.json()["id"]) == (201, repeated.json()["id"])
    assert await names(one) == ["hai.pdf", "mot.pdf"]
