"""Gives the browser tests a suite with its people: real Chromium against real processes."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from suite.testing.suites import RunningSuite

sys.path.insert(0, str(Path(__file__).parent))

from people.person import Person
from people.reader import DESK, PHONE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Somebody = Callable[..., Person]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Per module: while it is open, this thread's event loop belongs to it and no other test could use one.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield browser
        browser.close()


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def running(embedded: RunningSuite) -> RunningSuite:
    return embedded


@pytest.fixture
def somebody(chromium: Browser, running: RunningSuite) -> Iterator[Somebody]:
    """Give a maker of people, each with a browser of their own."""
    contexts = []

    def come(*, scripts: bool = True, width: int = DESK, widths: tuple[int, ...] = (PHONE, DESK)) -> Person:
        phone = width < 600
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": 740 if phone else 900},
                java_script_enabled=scripts,
                has_touch=phone,
                is_mobile=phone,
                locale="vi-VN",
                timezone_id="America/New_York",
            )
        )
        mirror = None
        if not scripts:
            contexts.append(chromium.new_context(viewport={"width": width, "height": 740}))
            mirror = contexts[-1].new_page()
            mirror.goto(f"{running.url}/lien-he")
        return Person(contexts[-1 if scripts else -2], running.url, widths, mirror)

    yield come
    for context in contexts:
        context.close()
