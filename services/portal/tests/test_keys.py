"""The keys of the officers' lists, pressed in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import FakeServices
from portal_stage.samples import sample
from portal_stage.site import running
from portal_stage.world import page_of, services

pytestmark = pytest.mark.browser
QUEUE, WORK = "/can-bo/tiep-nhan", "/can-bo/giai-quyet"
CODES = [row["code"] for row in sample("queue")["items"]]
FOCUS = "document.activeElement.innerText || document.activeElement.id"


@pytest.fixture(scope="module")
def world() -> FakeServices:
    fake = services()
    handled = [{**sample("handled_row"), "code": code} for code in CODES]
    for code in CODES:
        fake.answers[f"GET /api/intake/dossiers/{code}"] = sample("dossier", code=code, components=[])
    fake.answers["GET /api/processing/agencies/H42.101/dossiers"] = {**page_of(*handled), "capped": False}
    return fake


@pytest.fixture(scope="module")
def address(world: FakeServices) -> Iterator[str]:
    with running(world) as where:
        yield where


@pytest.fixture
def clerk(chromium: Browser, address: str, world: FakeServices) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
    sign_in(page, address, world, "/can-bo")
    yield page
    assert complaints == []
    context.close()


def press(page: Page, *keys: str) -> str:
    """Press keys one after the other and return what then has the focus."""
    for key in keys:
        page.keyboard.press(key)
    return str(page.evaluate(FOCUS))


def test_back_from_a_dossier_the_keys_go_on_from_its_place(clerk: Page, address: str) -> None:
    clerk.goto(f"{address}{QUEUE}#{CODES[1]}")
    assert press(clerk, "j") == CODES[1]


@pytest.mark.parametrize("path", [QUEUE, WORK])
def test_j_and_k_walk_the_list_and_enter_opens(clerk: Page, address: str, path: str) -> None:
    clerk.goto(address + path)
    first, second = CODES[:2]
    assert press(clerk, "j") == first
    assert press(clerk, "j") == second
    assert press(clerk, *["j"] * len(CODES)) == CODES[-1]
    assert press(clerk, *["k"] * len(CODES)) == first
    assert press(clerk, "ArrowDown") == second
    assert press(clerk, "ArrowUp") == first
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(f"**{path}/{first}")


def test_arrows_scroll_as_ever_while_no_dossier_has_the_focus(clerk: Page, address: str) -> None:
    clerk.goto(address + QUEUE)
    assert press(clerk, "ArrowDown") not in CODES
    clerk.locator(".mc-tabs a").first.focus()
    assert press(clerk, "ArrowDown") not in CODES


def test_slash_goes_to_the_search_where_letters_are_letters(clerk: Page, address: str) -> None:
    clerk.goto(address + QUEUE)
    assert press(clerk, "/") == "q"
    assert press(clerk, "j", "k", "/", "?") == "q"
    assert clerk.locator("#q").input_value() == "jk/?"
    assert not clerk.locator("#keys-dialog").is_visible()


def test_a_chord_belongs_to_the_browser(clerk: Page, address: str) -> None:
    clerk.goto(address + QUEUE)
    assert press(clerk, "Alt+j", "Control+j") not in CODES


@pytest.mark.parametrize(("prefix", "words"), [("", "hồ sơ tiếp theo"), ("/en", "next dossier")])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_mark_shows_the_keys_without_fault(
    clerk: Page, address: str, prefix: str, words: str, width: int
) -> None:
    clerk.set_viewport_size({"width": width, "height": 740})
    clerk.goto(address + prefix + QUEUE)
    clerk.keyboard.press("?")
    dialog = clerk.locator("#keys-dialog")
    assert words in dialog.inner_text()
    assert faults(clerk) == []
    assert press(clerk, "j") not in CODES
    clerk.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_keys_of_a_dossier_lead_along_the_list_and_back_to_it(clerk: Page, address: str) -> None:
    first, second = CODES[:2]
    clerk.goto(address + QUEUE)
    clerk.goto(f"{address}{QUEUE}/{first}")
    clerk.keyboard.press("n")
    clerk.wait_for_url(f"**{QUEUE}/{second}?sang=1")
    clerk.keyboard.press("p")
    clerk.wait_for_url(f"**{QUEUE}/{first}")
    clerk.keyboard.press("?")
    assert "hồ sơ sau trong danh sách" in clerk.locator("#keys-dialog").inner_text()
    assert faults(clerk) == []
    clerk.keyboard.press("Escape")
    clerk.locator("#keys-dialog").wait_for(state="hidden")
    clerk.keyboard.press("l")
    clerk.wait_for_url(f"**{QUEUE}*#{first}")


def test_keys_are_switched_off_for_good_and_on_again(clerk: Page, address: str) -> None:
    clerk.goto(address + QUEUE)
    clerk.click("#keys-open")
    clerk.uncheck("#keys-on")
    clerk.click("#keys-dialog form button")
    clerk.goto(address + WORK)
    assert press(clerk, "j", "/", "?") not in [*CODES, "q"]
    assert not clerk.locator("#keys-dialog").is_visible()
    clerk.click("#keys-open")
    assert not clerk.locator("#keys-on").is_checked()
    clerk.check("#keys-on")
    clerk.keyboard.press("Escape")
    assert press(clerk, "j") == CODES[0]


def test_without_scripts_nothing_promises_a_key(chromium: Browser, address: str, world: FakeServices) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, world, "/can-bo")
    page.goto(address + QUEUE)
    assert not page.locator("#keys-open").is_visible()
    assert not page.locator("#keys-dialog").is_visible()
    context.close()
