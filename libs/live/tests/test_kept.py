"""Answers kept for a second."""

import asyncio
import time

import pytest
from live.kept import Answer, Kept, KeptAnswers
from live.sharing import redis_of
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from suite.testing.redis import RedisServer


class Source:
    """Answers with a number that grows, slowly, and counts."""

    def __init__(self, status: int = 200, seconds: float = 0.0) -> None:
        self.status, self.seconds, self.looks = status, seconds, 0

    async def __call__(self) -> Answer:
        self.looks += 1
        told = str(self.looks).encode()
        await asyncio.sleep(self.seconds)
        return Answer(self.status, ((b"content-type", b"text/plain"),), told)


async def test_many_at_once_are_one_look() -> None:
    kept, source = Kept("t", ("vi",)), Source(seconds=0.05)
    answers = await asyncio.gather(*(kept.get("a", "vi", source) for _ in range(50)))
    assert source.looks == 1
    assert {answer.body for answer in answers} == {b"1"}


async def test_an_answer_lives_a_second_from_before_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.kept.SECONDS", 0.2)
    kept, source = Kept("t", ("vi",)), Source(seconds=0.15)
    await kept.get("a", "vi", source)
    assert (await kept.get("a", "vi", source)).body == b"1"
    await asyncio.sleep(0.1)
    assert (await kept.get("a", "vi", source)).body == b"2"


async def test_a_change_is_seen_at_once_also_by_a_look_under_way() -> None:
    kept, source = Kept("t", ("vi", "en")), Source(seconds=0.05)
    looking = asyncio.create_task(kept.get("a", "vi", source))
    await asyncio.sleep(0.01)
    kept.drop("a")
    await looking
    assert kept.at_hand("a", "vi") is None
    await kept.get("a", "vi", source)
    kept.drop("a")
    assert (await kept.get("a", "vi", source)).body == b"3"


async def test_what_is_not_found_is_never_kept() -> None:
    kept, source = Kept("t", ("vi",)), Source(status=404)
    for _ in range(3):
        assert (await kept.get("a", "vi", source)).status == 404
    assert source.looks == 3


async def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    kept, looks = Kept("t", ("vi",)), 0

    async def broken() -> Answer:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0.01)
        raise ZeroDivisionError

    outcomes = await asyncio.gather(*(kept.get("a", "vi", broken) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [ZeroDivisionError] * 3
    with pytest.raises(ZeroDivisionError):
        await kept.get("a", "vi", broken)
    assert looks == 2


async def test_replicas_share_one_look_and_forget_together(redis: RedisServer) -> None:
    here, there = (Kept("t", ("vi", "en"), redis_of(redis.url)) for _ in range(2))
    source = Source()
    await here.get("a", "vi", source)
    assert (await there.get("a", "vi", source)).body == b"1"
    assert source.looks == 1
    here.drop("a")
    there.drop("a")
    await asyncio.gather(*here._dropping, *there._dropping)
    assert redis.ask("DBSIZE") == ":0"
    assert (await there.get("a", "vi", source)).body == b"2"


@pytest.mark.parametrize("fault", ["stop", "freeze"])
async def test_without_redis_every_process_keeps_its_own(redis: RedisServer, fault: str) -> None:
    kept, source = Kept("t", ("vi",), redis_of(redis.url)), Source()
    await kept.get("a", "vi", source)
    getattr(redis, fault)()
    kept.drop("a")
    begun = time.perf_counter()
    for number in range(100):
        await kept.get(str(number), "vi", source)
    assert time.perf_counter() - begun < 0.5  # one wait of 50 ms, then it is left alone
    assert (await kept.get("99", "vi", source)).body == b"101"


async def test_the_middleware_keeps_by_subject_and_variant_and_lets_the_rest_pass() -> None:
    asked: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-a", b"b")]})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    kept = KeptAnswers(
        app, Kept("t", ("vi", "en")), "/t/", lambda h: h.get("accept-language", "vi"), "/t/{code}"
    )

    async def get(path: str, method: str = "GET", query: bytes = b"", lang: str = "vi") -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        headers = Headers({"accept-language": lang}).raw
        scope = {"type": "http", "path": path, "method": method, "query_string": query, "headers": headers}
        await kept(scope, _nothing, send)
        return sent

    first, second = await get("/t/1"), await get("/t/1")
    assert first == second
    assert first[1]["body"] == b"/t/1"
    await get("/t/1", lang="en")
    for path, method, query in (
        ("/t/1", "POST", b""),
        ("/t/1/x", "GET", b""),
        ("/t/1", "GET", b"a=1"),
        ("/u/1", "GET", b""),
    ):
        await get(path, method, query)
    assert asked == ["/t/1", "/t/1", "/t/1", "/t/1/x", "/t/1", "/u/1"]


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
