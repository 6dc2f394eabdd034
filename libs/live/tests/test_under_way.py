"""Uploads under way: passed on as they come, and never more of them than there is room for."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, UploadFile
from live.under_way import MOST, BodyTooLargeError, UnderWay, bounding
from starlette.types import Message, Receive, Scope, Send

HEAD = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
END = b"\r\n--x--\r\n"
KIND = {"content-type": "multipart/form-data; boundary=x"}
HOME, OTHER = "203.0.113.7", "198.51.100.9"


def app(**room: int) -> UnderWay:
    inner = FastAPI()

    @inner.post("/")
    async def take(file: UploadFile) -> int:
        return len(await file.read())

    @inner.post("/plain")
    async def plain(body: dict[str, str]) -> int:
        return len(body)

    return UnderWay(inner, **room)


class Sending:
    """An upload that goes on when it is told to."""

    def __init__(self, app: UnderWay, who: str) -> None:
        self.parts: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.app = app
        transport = httpx.ASGITransport(app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://x")
        headers = {**KIND, "x-forwarded-for": who}
        self.answer = asyncio.create_task(self.http.post("/", content=self._body(), headers=headers))

    async def _body(self) -> AsyncIterator[bytes]:
        yield HEAD
        while (part := await self.parts.get()) is not None:
            yield part
        yield END

    async def send(self, part: bytes | None) -> None:
        """Send some more and let it arrive; None ends it."""
        self.parts.put_nowait(part)
        for _ in range(20):
            await asyncio.sleep(0)


async def test_an_upload_within_its_bounds_arrives_whole() -> None:
    upload = Sending(app(), HOME)
    for part in (b"a" * 1000, b"b" * 1000, None):
        await upload.send(part)
    assert ((await upload.answer).status_code, (await upload.answer).json()) == (200, 2000)
    assert not upload.app.held


async def test_an_upload_that_hides_its_length_ends_at_the_limit() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield HEAD
        while True:
            yield b"x" * 1024 * 1024

    outer = app()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(outer), base_url="http://x") as http:
        answer = await http.post("/", content=endless(), headers=KIND)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert not outer.held


async def test_one_household_takes_its_share_and_others_go_on() -> None:
    outer = app(room=10_000, share=4_000)
    first = [Sending(outer, HOME) for _ in range(3)]
    for one in first:
        await one.send(b"x" * 1_500)
    refused = [one for one in first if one.answer.done()]
    assert [one.answer.result().status_code for one in refused] == [503]
    assert refused[0].answer.result().headers["retry-after"] == "5"
    other = Sending(outer, OTHER)
    await other.send(b"y" * 1_500)
    await other.send(None)
    assert (await other.answer).status_code == 200
    for one in first:
        await one.send(None)
        await one.answer
    assert not outer.held


async def test_all_together_never_hold_more_than_the_room() -> None:
    outer = app(room=5_000, share=4_000)
    one, two, three = (Sending(outer, f"203.0.113.{n}") for n in range(3))
    for each in (one, two, three):
        await each.send(b"x" * 2_000)
    assert [each.answer.done() for each in (one, two, three)] == [False, False, True]
    assert (await three.answer).json()["code"] == "uploads-busy"
    await one.send(None)
    again = Sending(outer, "203.0.113.9")
    await again.send(b"x" * 2_000)
    assert not again.answer.done()
    for each in (two, again):
        await each.send(None)
        assert (await each.answer).status_code == 200


async def test_what_is_no_upload_is_not_counted() -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app(room=1, share=1)), base_url="http://x"
    ) as http:
        assert (await http.post("/plain", json={"a": "b"})).json() == 1


async def test_a_refusal_of_the_app_itself_stays_its_own() -> None:
    async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
        raise BodyTooLargeError

    outer = UnderWay(refusing)
    scope = {"type": "http", "headers": [(b"content-type", b"multipart/form-data")], "client": ("1.2.3.4", 1)}

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    with pytest.raises(BodyTooLargeError):
        await outer(scope, nothing, send)


def test_an_app_is_given_it_innermost() -> None:
    inner = FastAPI()
    bounding(inner)
    assert inner.user_middleware[-1].cls is UnderWay
    assert MOST == 32 * 1024**2
