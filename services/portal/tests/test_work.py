"""After failed sign-ins the browser works and the person types: in a real browser, and on both sites."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from identity.domain.work import done, new_task
from playwright.sync_api import Browser, expect
from portal_stage.browsing import faults
from portal_stage.fakes import Asked, FakeServices, problem
from portal_stage.samples import officer, tokens
from portal_stage.site import running
from portal_stage.world import services

pytestmark = pytest.mark.browser
SECRET = b"a secret of this test"
READY = "Đã kiểm tra xong"


def judged(asked: Asked) -> Any:
    """Sign in who brings the work that was asked for."""
    if not asked.body.get("work"):
        return problem(422, "work-required", "Đã có vài lần đăng nhập sai.")
    assert done(SECRET, asked.body["work"], datetime.now(UTC))
    return officer("o-1", "specialist") if asked.body["door"] == "officer" else tokens()


@pytest.fixture(scope="module")
def fake() -> FakeServices:
    fake = services()
    task = new_task(SECRET, datetime.now(UTC))
    fake.answers["GET /api/identity/work"] = {"task": task.text, "expires_at": "2026-11-26T03:00:00Z"}
    fake.answers["POST /api/identity/sessions"] = judged
    return fake


@pytest.fixture(scope="module")
def address(fake: FakeServices) -> Iterator[str]:
    with running(fake) as where:
        yield where


@pytest.mark.parametrize("home", ["", "/can-bo"])
@pytest.mark.parametrize("patient", [True, False], ids=["after the work", "before it"])
def test_s17_the_browser_does_the_work_whenever_the_button_is_pressed(
    chromium: Browser, address: str, home: str, patient: bool
) -> None:
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}{home}/dang-nhap")
    for _ in range(2):
        page.fill("#login", "ai.do")
        page.fill("#password", "mot-cau-dai")
        page.click("main button")
        page.wait_for_load_state()
        if page.locator("[data-task]").count() and patient:  # else the page may leave while it is looked at
            expect(page.locator("[data-busy]")).to_contain_text(READY, timeout=20000)
            assert faults(page) == []
    page.wait_for_url(f"{address}{home or '/'}", timeout=20000)
    context.close()


def test_the_work_of_a_task_is_bounded(fake: FakeServices) -> None:
    parameters = json.loads(fake.answers["GET /api/identity/work"]["task"])["parameters"]
    assert (parameters["cost"], parameters["keyLength"]) == (5000, 32)
