"""The desk officer, the specialist and the leader at their browsers."""

import re

from suite.demo.actors import eventually
from suite.demo.welcome import PASSWORD

from people.person import Person

HOME = "/can-bo"


def go_to_work(officer: Person, login: str) -> None:
    """Sign in on the officers' site."""
    officer.sign_in(login, PASSWORD, HOME)
    assert officer.heading.startswith("Chào ")


def open_in(officer: Person, lists: str, code: str) -> None:
    """Wait until a list holds the dossier, and open it from there."""

    def there() -> bool:
        officer.open(lists)
        return officer.page.get_by_role("link", name=code).count() > 0

    eventually(there, f"{code} in {lists}")
    officer.follow(code)


def find(officer: Person, code: str) -> None:
    """Look a dossier up in the open list and open it."""
    officer.page.get_by_role("search").get_by_role("textbox").fill(code)
    officer.press("Tìm")
    officer.follow(code)


def judge(officer: Person, wrong: dict[str, str]) -> None:
    """Judge every component: those in `wrong` are not right, with a note; the rest are."""
    for box in officer.page.locator("fieldset.mc-check").all():
        name = box.locator("input[type=radio]").first.get_attribute("name") or ""
        component = name.removeprefix("verdict-")
        officer.page.locator(f"#verdict-{component}-{'wrong' if component in wrong else 'ok'}").check()
        if component in wrong:
            officer.page.locator(f"#note-{component}").fill(wrong[component])


def ask_for_supplement(officer: Person, note: str) -> None:
    """Compose one request from the checklist; an empty one is not sent."""
    judge(officer, {"giay-chung-sinh": note})
    officer.press("Yêu cầu bổ sung…")
    assert officer.page.locator("#item-giay-chung-sinh").is_checked()
    assert officer.page.locator("#note-giay-chung-sinh").input_value() == note
    officer.press("Gửi yêu cầu")
    assert "Có chỗ cần sửa" in officer.words
    officer.answer({"reason": "Ảnh giấy chứng sinh bị mờ", "guidance": "Chụp lại đủ bốn góc, đủ sáng"})
    officer.press("Gửi yêu cầu")


def accept(officer: Person) -> None:
    """Find everything in order and accept."""
    judge(officer, {})
    officer.press("Tiếp nhận…")
    assert "Tiếp nhận hồ sơ này?" in officer.words
    officer.press("Tiếp nhận")
    assert officer.heading == "Đã tiếp nhận"


def propose(officer: Person) -> None:
    """Propose to grant, with the lines filled from the application."""
    officer.press("Soạn đề xuất…")
    if not officer.page.locator("#outcome").is_checked():
        officer.press("Trình lãnh đạo")
        assert "Chọn đề xuất" in officer.words
    officer.page.locator("#outcome").check()
    assert officer.page.locator("[name='c-child_name']").input_value() == "Nguyễn Minh Anh"
    officer.press("Trình lãnh đạo")
    if "Có chỗ cần sửa" in officer.words:
        raise AssertionError(officer.page.locator(".govuk-error-summary").inner_text())


def read_first_date(officer: Person) -> str:
    """Return the appointment the page shows first."""
    found = re.search(r"\d{2}:\d{2} [^\n,]+, \d{2}/\d{2}/\d{4}", officer.words)
    assert found, officer.words
    return found[0]
