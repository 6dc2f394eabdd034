"""An open page moves on when somebody else changes what it shows, in a real browser."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from live import place, thing, wire_of
from playwright.sync_api import Browser, Page, Route, expect
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import FakeServices
from portal_stage.samples import AGENCY, CODE, at, sample
from portal_stage.site import running
from portal_stage.world import services
from suite.run.postgres import PostgresServer

pytestmark = pytest.mark.browser
QUEUE, DOSSIER = "/can-bo/tiep-nhan", f"/can-bo/tiep-nhan/{CODE}"
LISTEN = """(() => { const Real = window.EventSource; window.EventSource = class extends Real {
  constructor(where) { super(where);
    this.addEventListener("hearing", () => { document.documentElement.dataset.heard = ""; }); } }; })()"""


@pytest.fixture
def world() -> FakeServices:
    fake = services()
    fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    return fake


@pytest.fixture
def address(world: FakeServices, postgres: PostgresServer) -> Iterator[str]:
    with running(world, notify_url=postgres.dsn()) as where:
        yield where


@pytest.fixture
def clerk(chromium: Browser, address: str, world: FakeServices) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, address, world, "/can-bo")
    yield page
    assert complaints == []
    context.close()


def hears(page: Page) -> None:
    """Wait until the page listens; the site's policy lets no test look into its scripts for longer."""
    expect(page.locator("html[data-heard]")).to_be_attached(timeout=30_000)


def tell(postgres: PostgresServer, *topics: str) -> None:
    """Tell from another process what has changed."""

    async def say() -> None:
        wire = wire_of("", postgres.dsn())
        assert wire is not None
        await wire.say(topics)
        await wire.close()

    said = threading.Thread(target=lambda: asyncio.run(say()))
    said.start()
    said.join(10)


def newcomer(world: FakeServices) -> str:
    """Let another dossier stand in the queue."""
    queue = sample("queue")
    code = f"{AGENCY}-261121-0777"
    queue["items"].insert(0, {**queue["items"][0], "code": code})
    world.answers["GET /api/intake/desk/dossiers"] = queue
    return code


def test_a_new_dossier_comes_into_the_open_queue(
    clerk: Page, address: str, world: FakeServices, postgres: PostgresServer
) -> None:
    clerk.goto(address + QUEUE)
    hears(clerk)
    old = sample("queue")["items"][0]["code"]
    clerk.fill("#q", "Nguyễn")
    clerk.get_by_role("link", name=old).focus()
    code = newcomer(world)
    tell(postgres, place(AGENCY))
    expect(clerk.get_by_role("link", name=code)).to_be_visible(timeout=10_000)
    assert clerk.evaluate("document.activeElement.innerText") == old
    assert clerk.input_value("#q") == "Nguyễn"
    expect(clerk.locator("#live-status")).to_have_text("Trang vừa được cập nhật.")
    clerk.keyboard.press("k")
    assert clerk.evaluate("document.activeElement.innerText") == code
    assert faults(clerk) == []


def test_what_somebody_types_stays_and_the_page_says_it_is_out_of_date(
    clerk: Page, address: str, world: FakeServices, postgres: PostgresServer
) -> None:
    clerk.goto(address + DOSSIER)
    hears(clerk)
    note = clerk.locator("input[name^=note-]").first
    note.fill("Thiếu trang hai")
    world.answers[f"GET /api/intake/dossiers/{CODE}"] = at(
        "in_process", "desk_officer", state_label="Đang giải quyết"
    )
    tell(postgres, thing(CODE))
    expect(clerk.locator("#live-stale")).to_be_visible(timeout=10_000)
    assert note.input_value() == "Thiếu trang hai"
    expect(clerk.locator("[data-part=identity]")).to_contain_text("Đang giải quyết")
    assert faults(clerk) == []


def test_a_page_nobody_types_in_moves_on_whole(
    clerk: Page, address: str, world: FakeServices, postgres: PostgresServer
) -> None:
    clerk.goto(address + DOSSIER)
    hears(clerk)
    assert clerk.locator("#checklist").count() == 1
    world.answers[f"GET /api/intake/dossiers/{CODE}"] = at("in_process", "desk_officer")
    tell(postgres, thing(CODE))
    expect(clerk.locator("#checklist")).to_have_count(0, timeout=10_000)
    assert not clerk.locator("#live-stale").is_visible()


def test_a_page_that_hears_nothing_looks_by_itself(chromium: Browser, world: FakeServices) -> None:
    with running(world) as address:  # no way for news: neither Redis nor PostgreSQL
        context = chromium.new_context()
        page = context.new_page()
        page.clock.install()
        sign_in(page, address, world, "/can-bo")
        page.goto(address + QUEUE)
        code = newcomer(world)
        page.clock.run_for(20_000)
        expect(page.get_by_role("link", name=code)).to_be_visible()
        context.close()


def test_a_page_whose_stream_was_refused_listens_anew(clerk: Page, address: str) -> None:
    refused = []

    def once(route: Route) -> None:
        if refused:
            route.continue_()
            return
        refused.append(route.request.url)
        route.fulfill(status=503, body="busy")

    clerk.route("**/dien-bien*", once)
    clerk.clock.install()
    clerk.goto(address + DOSSIER)
    clerk.wait_for_timeout(300)
    assert len(refused) == 1
    clerk.clock.run_for(61_000)
    hears(clerk)
