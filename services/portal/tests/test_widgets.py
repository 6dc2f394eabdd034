"""Every widget on one page in a real browser: no accessibility fault, nothing cut off, a fault told at its field."""

from collections.abc import Iterator
from typing import Any

import pytest
from eforms.kinds import KINDS
from playwright.sync_api import Browser, Page
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import FakeServices
from portal_stage.samples import DRAFT, sample
from portal_stage.site import running
from portal_stage.world import services

pytestmark = pytest.mark.browser
SIZES = ((360, 740), (1280, 900))
PATH = f"/ban-nhap/{DRAFT}/khai/all"
CUT_OFF = """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ...[...document.querySelectorAll('main input, main select, main textarea, main label, main legend')]
    .filter(e => e.offsetParent && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.id || e.textContent.slice(0, 40))]"""


def options(*words: str) -> list[dict[str, Any]]:
    return [{"value": word, "vi": f"Lựa chọn {word}", "en": f"Choice {word}"} for word in words]


MORE: dict[str, dict[str, Any]] = {
    "one_of": {"options": options("a", "b", "c")},
    "many_of": {"options": options("a", "b", "c")},
    "code_list": {"options": options("a", "b")},
    "two_level": {"options": [{**options("a")[0], "options": options("a1", "a2")}, *options("b")]},
    "calculated": {"formula": "number * 2"},
    "number": {"decimals": 2, "unit": "m²"},
    "file": {"component": "giay-chung-sinh"},
    "photo": {"component": "giay-to-tuy-than"},
    "group": {
        "most": 2,
        "fields": [
            {"name": "who", "widget": "person_name", "label": {"vi": "Họ và tên", "en": "Name"}},
            {"name": "born", "widget": "date", "label": {"vi": "Ngày sinh", "en": "Born"}},
        ],
    },
}


def asked(widget: str) -> dict[str, Any]:
    label = {"vi": f"Câu hỏi kiểu {widget}", "en": f"Question {widget}"}
    hint = {"vi": "Ghi như trên giấy tờ", "en": "As on the paper"}
    return {"name": widget, "widget": widget, "label": label, "hint": hint, **MORE.get(widget, {})}


def world() -> FakeServices:
    """Give the province with a draft whose form asks everything there is to ask, once."""
    page = {
        "id": "all",
        "title": {"vi": "Mọi kiểu câu hỏi", "en": "All"},
        "fields": [asked(w) for w in KINDS],
    }
    partial = {**asked("date"), "name": "year_only", "precision": "year"}
    page["fields"].append({**partial, "label": {"vi": "Năm sinh", "en": "Year of birth"}})
    problems = [
        {"field": one["name"], "rule": "x", "message": f"Chưa đúng: {one['label']['vi']}"}
        for one in page["fields"]
        if one["widget"] not in ("explanation", "calculated", "file", "photo")
    ]
    eform = {"definition": {"pages": [page], "logic": []}}
    fake = services()
    fake.answers[f"GET /api/intake/drafts/{DRAFT}"] = sample("draft", eform=eform, answers={}, problems=[])
    fake.answers[f"PUT /api/intake/drafts/{DRAFT}/pages/*"] = lambda asked: sample(
        "draft", eform=eform, answers=asked.body["values"], problems=problems
    )
    return fake


@pytest.fixture(scope="module")
def fake() -> FakeServices:
    return world()


@pytest.fixture(scope="module")
def address(fake: FakeServices) -> Iterator[str]:
    with running(fake) as where:
        yield where


def open_page(browser: Browser, address: str, fake: FakeServices, size: tuple[int, int], **how: Any) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, **how).new_page()
    sign_in(page, address, fake, "")
    page.goto(address + PATH)
    return page


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_every_widget_can_be_read_heard_and_corrected(
    chromium: Browser, address: str, fake: FakeServices, size: tuple[int, int], script: bool
) -> None:
    page = open_page(chromium, address, fake, size, java_script_enabled=script)
    wrong = {"asked": (seen(page, script), page.evaluate(CUT_OFF) if script else [0])}
    page.fill("#person_name", "Nguyễn Văn 2")
    page.fill("#date-day", "31")
    page.fill("#bank_account-number", "12x")
    page.click("main form#question-form > button.govuk-button")
    page.locator(".govuk-error-summary").wait_for()
    wrong["refused"] = (seen(page, script), page.evaluate(CUT_OFF) if script else [0])
    assert wrong == {"asked": ([], [0]), "refused": ([], [0])}
    kept = ("#person_name", "#date-day", "#bank_account-number")
    assert [page.input_value(box) for box in kept] == ["Nguyễn Văn 2", "31", "12x"]
    unled = [
        link.get_attribute("href")
        for link in page.locator(".govuk-error-summary a").all()
        if page.locator(str(link.get_attribute("href"))).count() != 1
    ]
    assert unled == []
    page.context.close()


def seen(page: Page, script: bool) -> list[Any]:
    """Give what axe finds; it needs a script of its own, so a page without scripts is read for names only."""
    if script:
        return faults(page)
    boxes = page.locator("main input:not([type=hidden]), main select, main textarea")
    return [box.get_attribute("id") for box in boxes.all() if not named(page, box.get_attribute("id"))]


def named(page: Page, box: str | None) -> bool:
    """Say whether a box has a label of its own."""
    return page.locator(f'label[for="{box}"]').count() == 1
