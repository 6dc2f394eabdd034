"""A walk-in registers a birth at the counter, from the card to the printed receipt, measured in what the clerk does."""

from collections.abc import Callable

import pytest
from people import officers as steps
from people.person import Person
from suite.demo.example import ANSWERS
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
CARD = "000190000077|111222333|LÊ THỊ QUẦY|08031996|Nữ|Tràng An, Hoa Lư, Ninh Bình|10052021"
MOST = 12
"""Buttons pressed, boxes ticked and files chosen; the answers of the form are typed, and counted nowhere."""


def test_a_birth_is_registered_at_the_counter_in_twelve_interactions(
    somebody: Callable[..., Person], embedded: RunningSuite
) -> None:
    clerk = somebody()
    steps.go_to_work(clerk, "motcua.hoalu")
    clerk.open("/can-bo/quay")
    clerk.clicks = 0
    clerk.page.locator("#q").fill(CARD)
    clerk.press("Tìm")
    clerk.page.locator("#procedure").select_option("1.001193")
    clerk.press("Lập hồ sơ cho người này")
    assert clerk.page.locator("[name=requester_name]").input_value().casefold() == "lê thị quầy"
    assert clerk.page.locator("[name=requester_id]").input_value() == "000190000077"
    answers = {name: value for page in ANSWERS.values() for name, value in page.items()}
    known = ("requester_name", "requester_id", "child_name")
    clerk.answer({name: value for name, value in answers.items() if name not in known})
    clerk.answer({"child_name": "Lê Minh Quầy"})
    needed = clerk.page.locator(".govuk-form-group:not(:has(.mc-required)) > input[type=file]")
    papers = needed.all()
    for paper in papers:
        name = paper.get_attribute("name") or ""
        clerk.attach(f"[name='{name}']", name)
    clerk.choose("Người nộp đã xác nhận lời cam đoan này")
    clerk.choose("Tôi đã đối chiếu, giấy tờ đủ và hợp lệ")
    clerk.press("Ghi nhận hồ sơ")
    assert "Tiếp nhận hồ sơ này?" in clerk.words, clerk.words
    clerk.press("Tiếp nhận")
    assert clerk.heading == "Đã tiếp nhận"
    done = clerk.clicks + 1 + len(papers)  # the procedure chosen, and each file
    assert clerk.download("Giấy tiếp nhận").startswith(b"%PDF")
    assert clerk.download("Bìa hồ sơ").startswith(b"%PDF")
    assert done <= MOST, f"{done} interactions"
    clerk.found_nothing_wrong()
