"""How far it is from the home page to the first question, measured on the running portal."""

from collections.abc import Callable

import pytest
from people.person import Person
from people.reader import PHONE
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
MOST_CLICKS = 4


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_r_ux_09_the_first_question_is_four_clicks_from_the_home_page(
    somebody: Callable[..., Person], embedded: RunningSuite, scripts: bool
) -> None:
    citizen = somebody(scripts=scripts, width=PHONE, widths=())
    citizen.sign_in("congdan2@motcua.example", PASSWORD).open("/")
    citizen.clicks = 0
    citizen.follow("Sinh con").press("Nộp hồ sơ trực tuyến")
    citizen.choose("Ủy ban nhân dân phường Hoa Lư")
    citizen.press("Tiếp tục")
    assert "/khai/requester" in citizen.path
    assert citizen.page.locator("[name=requester_name]").is_visible()
    assert citizen.clicks <= MOST_CLICKS, f"{citizen.clicks} clicks"
    citizen.press("Các phần của hồ sơ").press("Xóa bản nháp này")
    citizen.found_nothing_wrong()
