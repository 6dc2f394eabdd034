"""Drafting and choosing files in a real browser: kept while typed, too large told before anything is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from portal_stage import asked
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import FakeServices
from portal_stage.site import running
from portal_stage.world import services

pytestmark = pytest.mark.browser
API = f"/api/qa/questions/{asked.NUMBER}"
DRAFT = f"/can-bo/hoi-dap/{asked.NUMBER}/du-thao"


@pytest.fixture
def fake() -> FakeServices:
    return services()


@pytest.fixture
def address(fake: FakeServices) -> Iterator[str]:
    with running(fake) as where:
        yield where


def test_r_qna_17_a_draft_is_kept_while_it_is_typed_and_goes_on_with_its_version(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    fake.answers[f"PUT {API}/draft"] = asked.question(version=3)
    page = chromium.new_page()
    sign_in(page, address, fake, "/can-bo")
    page.goto(address + DRAFT)
    page.locator("#text").press_sequentially(" Nộp tại xã.")
    expect(page.locator("#saved")).to_contain_text("Đã lưu lúc", timeout=20_000)
    [kept] = fake.calls("PUT", f"{API}/draft")
    assert ("Nộp tại xã." in kept.body["text"], kept.body["version"]) == (True, 2)
    assert faults(page) == []
    page.locator("button", has_text="Lưu dự thảo").click()
    page.wait_for_url(f"**{asked.NUMBER}")
    assert fake.calls("PUT", f"{API}/draft")[-1].body["version"] == 3
    page.close()


def test_files_that_are_too_large_are_told_before_anything_is_sent(
    chromium: Browser, address: str, fake: FakeServices, tmp_path: Path
) -> None:
    large = tmp_path / "lớn.pdf"
    with large.open("wb") as file:
        file.truncate(asked.FILE_TERMS["file_mb"] * 1024**2 + 1)
    page = chromium.new_page()
    page.goto(f"{address}/hoi-dap/dat-cau-hoi")
    page.fill("#title", "Khai sinh muộn")
    page.set_input_files("#files", str(large))
    expect(page.locator("#files-told")).to_contain_text("Tệp “lớn.pdf” lớn hơn 20 MB")
    before = len(fake.asked)
    page.locator("button", has_text="Gửi câu hỏi").click()
    assert page.evaluate("document.activeElement.id") == "files"
    assert (page.input_value("#title"), len(fake.asked)) == ("Khai sinh muộn", before)
    assert faults(page) == []
    page.set_input_files("#files", [])
    expect(page.locator("#files-told")).to_be_hidden()
    page.locator("button", has_text="Gửi câu hỏi").click()
    page.wait_for_url("**/da-gui")
    page.close()
