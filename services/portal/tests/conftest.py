"""Put the portal's stage within reach of its tests."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from portal_stage.browsing import FLAGS
from portal_stage.site import Visitor, visitor


@pytest.fixture
def browse() -> Callable[..., Visitor]:
    """Give a maker of visitors, each on a fresh portal with fake services."""
    return visitor


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give a real browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()
