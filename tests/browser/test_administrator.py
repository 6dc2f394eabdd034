"""An officer cannot get in: the administrator helps on the pages, and the officer is back with an own password."""

from collections.abc import Callable

import pytest
from people.person import Person
from suite.demo.actors import eventually
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
NEW = "Mot cau that dai cua Thu"
SIGN_IN = "/can-bo/dang-nhap"


def enter(person: Person, login: str, password: str) -> Person:
    """Type a sign-in name and a password."""
    person.open(SIGN_IN)
    person.page.fill("#login", login)
    person.page.fill("#password", password)
    return person.press("Đăng nhập")


def first_passwords(running: RunningSuite) -> list[str]:
    """Return the letters with a first password to the officer who is helped, newest first."""
    mails = (str(one["text"]) for one in running.mails("chuyenvien2.hoalu@motcua.example"))
    return [mail for mail in mails if "Mật khẩu ban đầu: " in mail]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_s17_an_administrator_helps_an_officer_back_in(
    somebody: Callable[..., Person], embedded: RunningSuite, scripts: bool
) -> None:
    before, admin = len(first_passwords(embedded)), somebody(scripts=scripts)
    enter(admin, "quantri.hoalu", PASSWORD).follow("Cán bộ")
    admin.page.get_by_role("search").get_by_role("textbox").fill("do thi thu")
    admin.press("Tìm")
    admin.follow("Đỗ Thị Thu").follow("Cấp lại mật khẩu")
    admin.press("Cấp lại mật khẩu")
    assert "Có chỗ cần sửa" in admin.words
    admin.answer({"reason": "Quên mật khẩu, đã gặp trực tiếp"})
    admin.press("Cấp lại mật khẩu")
    assert "hộp thư của người này" in admin.words
    assert admin.page.locator("main code").count() == 0
    admin.found_nothing_wrong()
    letter = eventually(
        lambda: first_passwords(embedded)[: -before or None], "the letter with the first password"
    )[0]
    first = letter.split("Mật khẩu ban đầu: ")[1].split()[0]

    officer = somebody(scripts=scripts)
    enter(officer, "chuyenvien2.hoalu", first)
    assert officer.path.endswith("/doi-mat-khau")
    officer.answer({"current": first, "new": NEW + str(scripts)})
    officer.press("Đổi mật khẩu")
    assert officer.heading.startswith("Chào ")
    officer.found_nothing_wrong()


def test_s18_a_leader_confirms_what_the_administrator_proposed(somebody: Callable[..., Person]) -> None:
    admin = somebody()
    enter(admin, "quantri.hoalu", PASSWORD).follow("Cán bộ")
    admin.follow("Phạm Văn Hùng").follow("Đổi vai trò")
    admin.page.get_by_label("Lãnh đạo ký").check()
    admin.press("Lưu vai trò")
    assert "Chờ người thứ hai xác nhận" in admin.words
    admin.follow("Quyền chờ xác nhận")
    assert "chờ người khác" in admin.words
    admin.found_nothing_wrong()

    leader = somebody()
    enter(leader, "lanhdao.hoalu", PASSWORD).follow("Quyền chờ xác nhận")
    leader.follow("Từ chối").answer({"reason": "Không đúng phân công"})
    leader.press("Từ chối cấp quyền")
    assert "Không có quyền nào được cấp" in leader.words
    leader.found_nothing_wrong()
