"""Answers kept for a second."""

import asyncio
from collections.abc import Callable

import pytest
from live import Place, Shared, place, thing
from live.kept import Answer, Kept, KeptAnswers
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
    kept, source = Kept(("vi",)), Source(seconds=0.05)
    answers = await asyncio.gather(*(kept.get("a", "vi", source) for _ in range(50)))
    assert source.looks == 1
    assert {answer.body for answer in answers} == {b"1"}


async def test_an_answer_lives_a_second_from_before_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.kept.SECONDS", 0.2)
    kept, source = Kept(("vi",)), Source(seconds=0.15)
    await kept.get("a", "vi", source)
    assert (await kept.get("a", "vi", source)).body == b"1"
    await asyncio.sleep(0.1)
    assert (await kept.get("a", "vi", source)).body == b"2"


async def test_a_change_is_seen_at_once_also_by_a_look_under_way() -> None:
    kept, source = Kept(("vi", "en")), Source(seconds=0.05)
    looking = asyncio.create_task(kept.get("a", "vi", source))
    await asyncio.sleep(0.01)
    kept.drop("a")
    await looking
    assert kept.at_hand("a", "vi") is None
    await kept.get("a", "vi", source)
    kept.drop("a")
    assert (await kept.get("a", "vi", source)).body == b"3"


@pytest.mark.parametrize(("status", "looks"), [(404, 1), (200, 1), (429, 3), (503, 3)])
async def test_that_nothing_was_found_is_kept_and_a_refusal_is_not(status: int, looks: int) -> None:
    kept, source = Kept(("vi",)), Source(status)
    for _ in range(3):
        assert (await kept.get("a", "vi", source)).status == status
    assert source.looks == looks


async def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    kept, looks = Kept(("vi",)), 0

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


@pytest.mark.parametrize("carried", ["redis", "postgres"])
async def test_what_one_process_tells_another_forgets(
    carried: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.kept.SECONDS", 60.0)
    server = request.getfixturevalue(carried)
    addresses = {"redis": ("redis_url", "url"), "postgres": ("notify_url", "dsn")}[carried]
    told = {addresses[0]: server.url if carried == "redis" else server.dsn()}
    here, there, kept, source = Shared(**told), Shared(**told), Kept(("vi", "en")), Source()
    there.board.heed(kept.heard)
    listening = asyncio.create_task(there.board.listen())
    await until(lambda: there.board.hearing)
    for variant in ("vi", "en"):
        await kept.get("a", variant, source)
    await kept.get("b", "vi", source)
    here.board.tell(place("a"), thing("a"))
    await until(lambda: kept.at_hand("a", "vi") is None and kept.at_hand("a", "en") is None)
    assert kept.at_hand("b", "vi") is not None
    listening.cancel()
    await asyncio.gather(here.board.aclose(), there.board.aclose())


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what another process tells rings no bell here
            await asyncio.sleep(0.005)


def place_of(app: ASGIApp) -> KeptAnswers:
    """Keep what an app answers below /t/, by language; a subject is spelt in capitals."""

    def missing(request: Request) -> ASGIApp:
        return PlainTextResponse(f"not for {request.headers['x-request']}", 404)

    spelt = lambda text: text.upper() if text.isalnum() else None  # noqa: E731
    return KeptAnswers(
        app,
        Kept(("vi", "en")),
        Place("/t/", "/t/{code}", spelt, lambda h: h.get("accept-language", "vi"), missing),
    )


async def asked(
    app: ASGIApp, path: str, method: str = "GET", query: bytes = b"", lang: str = "vi", request: str = ""
) -> tuple[int, bytes]:
    """Ask an app and return status and body."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = Headers({"accept-language": lang, "x-request": request}).raw
    scope = {"type": "http", "path": path, "method": method, "query_string": query, "headers": headers}
    await app(scope, _nothing, send)
    return sent[0]["status"], sent[1]["body"]


async def test_the_middleware_keeps_by_subject_and_variant_and_lets_the_rest_pass() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])
        await PlainTextResponse(scope["path"])(scope, receive, send)

    kept = place_of(app)
    assert await asked(kept, "/t/1a") == await asked(kept, "/t/1A") == (200, b"/t/1a")
    await asked(kept, "/t/1a", lang="en")
    passing = [("/t/1a", "POST", b""), ("/t/1/x", "GET", b""), ("/t/1a", "GET", b"a=1"), ("/u/1", "GET", b"")]
    for path, method, query in passing:
        await asked(kept, path, method, query)
    assert seen == ["/t/1a", "/t/1a", "/t/1a", "/t/1/x", "/t/1a", "/u/1"]


async def test_that_nothing_was_found_is_told_to_each_in_words_of_its_own() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])
        await PlainTextResponse("not for the first", 404)(scope, receive, send)

    kept = place_of(app)
    assert await asked(kept, "/t/1", request="one") == (404, b"not for one")
    assert await asked(kept, "/t/1", request="two") == (404, b"not for two")
    assert seen == ["/t/1"]


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
