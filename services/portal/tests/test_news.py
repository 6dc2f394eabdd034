"""Open pages are told that something changed: only to whom it was shown, and without keeping anybody signed in."""

import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from live import Board, place, thing, wire_of
from portal.adapters.streams import PER_PERSON, FullError, Streams
from portal.api import news
from portal_stage.fakes import FakeServices
from portal_stage.samples import AGENCY, CODE
from portal_stage.site import Visitor, running, visitor
from portal_stage.world import services
from suite.run.postgres import PostgresServer

Browse = Callable[..., Visitor]
FOLLOWS = re.compile(r'data-follows="([^"]+)"')
DESK_PAGES = ("/can-bo", "/can-bo/tiep-nhan", f"/can-bo/tiep-nhan/{CODE}")
UNIT_PAGES = ("/can-bo/giai-quyet", "/can-bo/ky", f"/can-bo/giai-quyet/{CODE}")
OWN_PAGES = ("/ho-so-cua-toi", f"/ho-so-cua-toi/{CODE}")
ROLES = ("desk_officer", "specialist", "signer")


async def follows(who: Visitor, path: str) -> str:
    """Open a page and return the address at which it learns of changes."""
    found = FOLLOWS.search((await who.get(path)).text)
    return found[1] if found else ""


@pytest.mark.parametrize("path", [*DESK_PAGES, *UNIT_PAGES])
async def test_an_officers_page_follows_under_the_officers_root(browse: Browse, path: str) -> None:
    officer = await browse().sign_in(*ROLES)
    assert (await follows(officer, path)).startswith("/can-bo/dien-bien?xem=")


@pytest.mark.parametrize("path", OWN_PAGES)
async def test_a_citizens_page_follows(browse: Browse, path: str) -> None:
    citizen = await browse().sign_in()
    assert (await follows(citizen, path)).startswith("/dien-bien?xem=")


@pytest.mark.parametrize("path", ["/", f"/tra-cuu/{CODE}"])
async def test_what_is_public_follows_nothing(browse: Browse, path: str) -> None:
    assert await follows(browse(), path) == ""


async def test_nobody_follows_what_was_shown_to_another_or_to_nobody(browse: Browse) -> None:
    officer, citizen = await browse().sign_in(*ROLES), await browse().sign_in()
    seen = await follows(citizen, OWN_PAGES[1])
    theirs = seen.replace("/dien-bien", "/can-bo/dien-bien")
    assert (await officer.get(theirs)).status_code == 204
    assert (await browse().get(seen)).status_code == 204
    assert (await citizen.get(seen[:-2])).status_code == 204
    assert (await citizen.get("/dien-bien")).status_code == 204


async def test_one_person_takes_only_so_many_places() -> None:
    streams, opened = Streams(), []
    for _ in range(PER_PERSON):
        opened.append(streams.one_more("o-1"))
        opened[-1].__enter__()
    with pytest.raises(FullError), streams.one_more("o-1"):
        pass
    with streams.one_more("o-2"):
        pass
    opened[0].__exit__(None, None, None)
    with streams.one_more("o-1"):
        pass


async def test_an_open_page_keeps_nobody_signed_in(browse: Browse) -> None:
    officer = await browse().sign_in(*ROLES)
    built, begun = officer.app.state.built, time.time()
    object.__setattr__(built.seal, "_now", lambda: begun + 900 - 30)
    try:
        again = await officer.get("/can-bo/tiep-nhan", **{"x-background": "1"})
        assert again.status_code == 200
        assert "set-cookie" not in again.headers
        object.__setattr__(built.seal, "_now", lambda: begun + 900 + 30)
        ended = await officer.get("/can-bo/tiep-nhan", **{"x-background": "1"})
        assert ended.status_code == 303
    finally:
        object.__setattr__(built.seal, "_now", time.time)


async def test_tokens_renewed_for_an_open_page_are_kept_and_prolong_nothing(browse: Browse) -> None:
    officer = await browse().sign_in(*ROLES)
    tokens, begun = officer.app.state.built.tokens, time.time()
    tokens._now = lambda: begun + 14.5 * 60
    again = await officer.get("/can-bo/tiep-nhan", **{"x-background": "1"})
    assert len(officer.fake.calls("POST", "/api/identity/sessions/refresh")) == 1
    cookie = re.search(r"motcua_canbo=([^;]+)", again.headers["set-cookie"])
    assert cookie is not None
    session = officer.app.state.built.seal.open_session(cookie[1], 60, "officer")
    assert session.seen_at <= begun


@asynccontextmanager
async def stream(address: str, path: str, cookies: httpx.Cookies) -> AsyncIterator[AsyncIterator[str]]:
    """Follow a page for real and give the words that come: names of events."""
    async with (
        httpx.AsyncClient(base_url=address, cookies=cookies, timeout=10) as client,
        client.stream("GET", path) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _words(answer)


async def _words(answer: httpx.Response) -> AsyncIterator[str]:
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            yield line.removeprefix("event: ")


@pytest.fixture
def world() -> FakeServices:
    return services()


async def test_a_page_hears_of_its_dossier_and_its_agency_and_of_nothing_else(
    world: FakeServices, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "BEAT", 0.2)
    board = Board(wire_of("", postgres.dsn()))
    with running(world, notify_url=postgres.dsn(), session_key=KEY) as address:
        officer = await visitor(world, session_key=KEY).sign_in(*ROLES)
        queue, dossier = [await follows(officer, path) for path in DESK_PAGES[1:]]
        cookies = httpx.Cookies({"motcua_canbo": officer.client.cookies["motcua_canbo"]})
        async with stream(address, queue, cookies) as first, stream(address, dossier, cookies) as second:
            await until_hearing(first)
            await until_hearing(second)
            board.tell(place(f"{AGENCY}.1"))
            assert await anext(first) == "changed"
            board.tell(thing("another"), place("H99"))
            board.tell(thing(CODE))
            assert await anext(second) == "changed"
            assert await anext(first) == "changed"
    await board.aclose()


async def until_hearing(words: AsyncIterator[str]) -> None:
    """Wait until the portal hears its neighbours."""
    while await anext(words) != "hearing":
        pass


KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
