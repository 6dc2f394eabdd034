"""A walk-in registers a birth at the counter, from the card to the printed receipt, measured in what the clerk does."""

from collections.abc import Callable
from typing import Any

import pytest
from people import officers as steps
from people.person import Person
from playwright.sync_api import Request
from suite.demo.actors import eventually
from suite.demo.example import ANSWERS
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
CARD = "000190000077|111222333|LÊ THỊ QUẦY|08031996|Nữ|Tràng An, Hoa Lư, Ninh Bình|10052021"
MOST = 12
"""Buttons pressed, boxes ticked and files chosen; the answers of the form are typed, and counted nowhere."""
LETTER, CHOICE, PRESS = 0.2, 0.8, 1.3
"""Seconds of a practised clerk for a letter, for a choice made with the keyboard, and for reaching and pressing
something (Card, Moran and Newell: The psychology of human-computer interaction, 1983: 55 words a minute)."""
CHOSEN = ("_relation", "_sex", "_ethnicity", "_nationality")
KNOWN = frozenset(
    ("requester_name", "requester_id", "requester_email", "mother_name", "mother_id", "mother_address")
)
"""From the card, not asked for here, or taken over: the mother who files, living where she said."""
HANDS, WAITS = 80, 10
"""Of the 90 seconds: what the hands may take, and what the clerk may wait for pages."""


def test_a_birth_is_registered_at_the_counter_in_twelve_interactions(
    somebody: Callable[..., Person], embedded: RunningSuite
) -> None:
    clerk = somebody()
    steps.go_to_work(clerk, "motcua.hoalu")
    clerk.open("/can-bo/quay")
    clerk.clicks = 0
    waits: list[float] = []
    clerk.page.on("requestfinished", lambda asked: waits.append(_waited(asked)))
    clerk.page.locator("#q").fill(CARD)
    clerk.press("Tìm")
    clerk.page.locator("#procedure").select_option("1.001193")
    clerk.press("Lập hồ sơ cho người này")
    assert clerk.page.locator("[name=requester_name]").input_value().casefold() == "lê thị quầy"
    assert clerk.page.locator("[name=requester_id]").input_value() == "000190000077"
    answers = {name: value for page in ANSWERS.values() for name, value in page.items()}
    typed = {name: value for name, value in answers.items() if name not in KNOWN} | {
        "child_name": "Lê Minh Quầy"
    }
    clerk.answer(typed)
    clerk.choose("Như nơi cư trú của người yêu cầu")
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
    hands = done * PRESS + sum(_handwork(name, value) for name, value in typed.items())
    assert hands <= HANDS, f"{hands:.0f} seconds of typing and choosing"
    assert sum(waits) <= WAITS, f"{sum(waits):.1f} seconds of waiting for {len(waits)} requests"
    _offers_rating(clerk)


def _offers_rating(clerk: Person) -> None:
    """The desk's code for the tablet is drawn for a telephone as well, and nothing on any page was wrong."""
    offer = clerk.page.url.replace("/da-nhan", "/danh-gia-tai-quay")

    def offered() -> bool:
        clerk.page.goto(offer)
        return clerk.page.locator("[name=phase]").count() > 0

    eventually(offered, "questions to know what was taken in at the desk")
    clerk.press("Lấy mã")
    code = "".join(filter(str.isdigit, clerk.page.locator(".mc-code").inner_text()))
    drawn = clerk.page.locator(".mc-qr svg[role=img]").bounding_box()
    assert (len(code), drawn is not None and drawn["width"] > 100) == (10, True)
    clerk.found_nothing_wrong()


def _waited(asked: Request) -> float:
    """Return the seconds a page took; what comes beside it keeps nobody waiting."""
    return max(0.0, asked.timing["responseEnd"]) / 1000 if asked.is_navigation_request() else 0.0


def _handwork(name: str, value: Any) -> float:
    """Return the seconds it takes to answer a question: letters are typed, options chosen."""
    if isinstance(value, dict):
        return 2 * CHOICE + LETTER * len(value["detail"])
    chosen = isinstance(value, bool) or name.endswith(CHOSEN)
    return (
        CHOICE
        if chosen
        else LETTER * len(str(value).replace("-", "") if name.endswith("_on") else str(value))
    )
