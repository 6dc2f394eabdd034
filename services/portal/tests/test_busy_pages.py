"""What a busy system shows, in a real browser: no accessibility fault, and what was typed goes out by one button."""

import json
from typing import Any

import pytest
from gateway.domain.replies import local_replies
from playwright.sync_api import Browser
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import problem
from portal_stage.samples import CODE
from portal_stage.site import running
from portal_stage.world import services

pytestmark = pytest.mark.browser
PAGE = f"/can-bo/tiep-nhan/{CODE}/tu-choi"
REFUSAL = f"POST /api/intake/dossiers/{CODE}/refusal"
REASON = "Thiếu giấy tờ gốc, không thể đối chiếu."


def pages_of_the_edge() -> list[str]:
    """Return every page that the edge shows while something is away, its own and those it shows to forms."""
    found: list[Any] = [
        mapper["body_format_override"]["text_format_source"]["inline_string"]
        for mapper in local_replies()["mappers"]
        if "text_format_source" in mapper.get("body_format_override", {})
    ]
    return sorted(set(found))


def test_pages_of_the_edge_are_free_of_accessibility_faults(chromium: Browser) -> None:
    page, wrong = chromium.new_page(), {}
    pages = pages_of_the_edge()
    assert sum('href=""' in html for html in pages) >= 2
    for html in pages:
        page.set_content(html)
        if found := faults(page):
            wrong[html[:200]] = found
    page.close()
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_a_form_that_meets_a_busy_system_goes_out_again_by_one_button(chromium: Browser) -> None:
    world = services()
    with running(world) as address:
        page = chromium.new_context(locale="vi-VN", java_script_enabled=False).new_page()
        sign_in(page, address, world, "/can-bo")
        page.goto(address + PAGE)
        page.fill("#reason", REASON)
        page.fill("#legal_basis", "Điều 16")
        usual, busy = dict(world.answers), problem(503, "overloaded", "Bận.")
        world.answers = {"GET *": busy, "POST *": busy}
        page.click("main form button.govuk-button")
        assert page.inner_text("h1") == "Chưa gửi được"
        world.answers = {**usual, REFUSAL: problem(409, "dossier-changed", "Đã đổi.")}
        page.click("main form button.govuk-button")
        assert page.input_value("#reason") == REASON
        page.context.close()
    [sent] = world.calls(*REFUSAL.split())[-1:]
    assert sent.body["reason"] == REASON


def test_the_page_that_keeps_a_form_is_free_of_accessibility_faults(chromium: Browser) -> None:
    world = services()
    with running(world) as address:
        page = chromium.new_context(locale="vi-VN").new_page()
        sign_in(page, address, world, "/can-bo")
        page.goto(address + PAGE)
        page.fill("#reason", REASON)
        page.fill("#legal_basis", "Điều 16")
        busy = problem(503, "overloaded", "Bận.")
        world.answers = {"GET *": busy, "POST *": busy}
        page.click("main form button.govuk-button")
        assert page.inner_text("h1") == "Chưa gửi được"
        found = faults(page)
        page.context.close()
    assert found == []
