"""A session ends when nobody does anything, and at its hour; both are said before, and nothing typed is lost."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from playwright.sync_api import Browser
from portal.adapters.sessions import Seal, session_key
from portal.api.shell import Shell, ShellRules
from portal_stage.browsing import faults
from portal_stage.samples import DRAFT, officer, tokens
from portal_stage.site import TOKEN, Visitor, running
from portal_stage.world import services
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

Browse = Callable[..., Visitor]
ASK = "/hoi-dap/dat-cau-hoi"
PAGE = f"/ban-nhap/{DRAFT}/khai/requester"


def in_seconds(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


@pytest.fixture
def later() -> Iterator[Callable[[Visitor, float], None]]:
    """Give what puts the portal's sealing clock ahead by seconds."""
    moved: list[Any] = []

    def ahead(visitor: Visitor, seconds: float) -> None:
        seal = visitor.app.state.built.seal
        moved.append(seal)
        object.__setattr__(seal, "_now", lambda: time.time() + seconds)

    yield ahead
    for seal in moved:
        object.__setattr__(seal, "_now", time.time)


@pytest.mark.parametrize(
    ("roles", "page", "told", "minutes"),
    [
        ((), "/ho-so-cua-toi", {}, 30),
        (("desk_officer",), "/can-bo", {}, 15),
        (("agency_admin",), "/can-bo", {"idle_seconds": 300}, 5),
    ],
)
@pytest.mark.asvs("7.3.1")
async def test_s15_a_session_ends_after_the_minutes_identity_says(
    browse: Browse, later: Any, roles: tuple[str, ...], page: str, told: dict[str, Any], minutes: int
) -> None:
    visitor = await browse().sign_in(*roles)
    answer = "POST /api/identity/sessions"
    visitor.fake.answers[answer] = {**(officer("o-1", *roles) if roles else tokens()), **told}
    home = "/can-bo" if roles else ""
    entered = await visitor.post(page, f"{home}/dang-nhap", {"login": "a", "password": "b"})
    assert f"; Max-Age={60 * minutes}" in entered.headers["set-cookie"]
    assert f"sau {minutes} phút không thao tác, muộn nhất lúc" in (await visitor.get(page)).text
    later(visitor, 60 * minutes - 30)
    assert (await visitor.get(page)).status_code == 200
    later(visitor, 60 * minutes + 30)
    over = await visitor.get(page)
    assert (over.status_code, "/dang-nhap" in over.headers["location"]) == (303, True)


@pytest.mark.asvs("7.3.2")
async def test_s15_a_session_ends_at_its_hour_however_much_is_done(browse: Browse, later: Any) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers["POST /api/identity/sessions"] = {**tokens(), "ends_at": in_seconds(600)}
    await visitor.post("/ho-so-cua-toi", "/dang-nhap", {"login": "a", "password": "b"})
    later(visitor, 590)
    assert (await visitor.get("/ho-so-cua-toi")).status_code == 200
    later(visitor, 605)
    assert (await visitor.get("/ho-so-cua-toi")).status_code == 303


async def test_s15_what_was_typed_when_the_session_ended_is_there_after_the_next_sign_in(
    browse: Browse, later: Any
) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers["POST /api/identity/sessions"] = {**tokens(), "ends_at": in_seconds(10)}
    await visitor.post("/ho-so-cua-toi", "/dang-nhap", {"login": "a", "password": "b"})
    token = TOKEN.search((await visitor.get(PAGE)).text)
    assert token is not None
    later(visitor, 20)
    typed = {"form_token": token[1], "requester_name": "Lê Thị Hương Giang"}
    ended = await visitor.client.post(PAGE, data=typed, headers={"origin": "http://portal.test"})
    assert (ended.status_code, "nội dung bạn vừa nhập được giữ" in ended.text) == (401, True)
    stash = re.search(r'name="stash" value="([^"]+)"', ended.text)
    fresh = TOKEN.search(ended.text)
    assert stash is not None
    assert fresh is not None
    visitor.fake.answers["POST /api/identity/sessions"] = tokens()
    form = {"form_token": fresh[1], "stash": stash[1], "login": "a", "password": "b"}
    again = await visitor.client.post("/dang-nhap", data=form)
    assert 'value="Lê Thị Hương Giang"' in again.text
    assert f'action="{PAGE}"' in again.text


async def test_s15_a_page_that_asks_by_itself_extends_nothing_and_the_button_does(
    browse: Browse, later: Any
) -> None:
    visitor = await browse().sign_in("desk_officer")
    later(visitor, 14 * 60)
    asked = await visitor.get("/can-bo/tiep-nhan", **{"x-background": "1"})
    assert "set-cookie" not in asked.headers
    extended = await visitor.post("/can-bo/tiep-nhan", "/can-bo/gia-han", {})
    assert extended.status_code == 303
    assert "motcua_canbo=" in extended.headers["set-cookie"]


async def test_s15_who_is_not_signed_in_stays_known_while_pages_are_opened() -> None:
    now, secrets = [1e9], set()

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["state"]["frame"].session
        session.changed = not session.seen_at  # as a form does
        await PlainTextResponse(session.secret)(scope, receive, send)

    rules = ShellRules(("vi",), "", 30, secure=False, site="both", now=lambda: now[0])
    shell = Shell(page, Seal(session_key("", None), lambda: now[0]), rules)
    async with AsyncClient(transport=ASGITransport(app=shell), base_url="http://portal.test") as client:
        for _ in range(7):
            secrets.add((await client.get("/hoi-dap/dat-cau-hoi")).text)
            now[0] += 600
    assert len(secrets) == 1, "a form of an older page would not be taken any more"


async def test_s15_what_a_page_sends_that_was_open_too_long_is_kept_to_be_sent_again(browse: Browse) -> None:
    visitor, home = browse(), {"sec-fetch-site": "same-origin"}
    visitor.client.cookies.clear()  # as a browser does when the session is over
    old: dict[str, Any] = {
        "form_token": "of another session",
        "title": "Hỏi",
        "text": "Ba mươi lăm phút gõ",
        "request_key": "k-1",
    }
    old["boxes"] = ["một", "hai"]
    lost = await visitor.client.post(ASK, data=old, headers=home)
    assert lost.text.count('name="boxes"') == 2
    assert (lost.status_code, 'value="Ba mươi lăm phút gõ"' in lost.text) == (403, True)
    assert (f'action="{ASK}"' in lost.text, 'value="k-1"' in lost.text) == (True, True)
    fresh = TOKEN.search(lost.text)
    assert fresh is not None
    again = await visitor.client.post(ASK, data={**old, "form_token": fresh[1]}, headers=home)
    [sent] = visitor.fake.calls("POST", "/api/qa/questions")
    assert (again.status_code, sent.body["text"]) == (303, "Ba mươi lăm phút gõ")
    foreign = await browse().client.post(ASK, data=old, headers={"sec-fetch-site": "cross-site"})
    assert (foreign.status_code, "Ba mươi lăm" in foreign.text) == (403, False)


@pytest.mark.browser
def test_s15_the_end_is_said_before_it_comes_and_by_the_hour_it_cannot_be_put_off(chromium: Browser) -> None:
    fake = services()
    hour = in_seconds(20 * 60)
    with running(fake) as where:
        page = chromium.new_page()
        page.clock.install()
        fake.answers["POST /api/identity/sessions"] = {**officer("o-1", "desk_officer"), "ends_at": hour}
        page.goto(f"{where}/can-bo/dang-nhap")
        page.fill("#login", "a")
        page.fill("#password", "b")
        page.click("main button.govuk-button")
        page.wait_for_url(lambda url: "/dang-nhap" not in url)
        idle, last = page.locator("#session-dialog"), page.locator("#session-last")
        page.clock.fast_forward(9 * 60_000)
        assert not idle.is_visible()
        page.clock.fast_forward(61_000)
        idle.wait_for(state="visible")
        assert not last.is_visible()
        page.clock.fast_forward(5 * 60_000)
        last.wait_for(state="visible")
        assert not idle.is_visible()
        assert faults(page) == []
        page.click("#session-last button")
        last.wait_for(state="hidden")
        page.close()
