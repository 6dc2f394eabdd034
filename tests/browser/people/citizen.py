"""A citizen on the way from search to result."""

import re
import uuid
from typing import Any

from suite.demo.actors import eventually
from suite.demo.example import AGENCY, ANSWERS, PROCEDURE
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

from people.person import Person

DOSSIER = re.compile(r"H42\.101-\d{6}-\d+")
CODE = re.compile(r"\b\d{6}\b")
Json = dict[str, Any]


def newcomer() -> Json:
    """Invent somebody without account."""
    number = f"{uuid.uuid4().int % 10**8:08d}"
    return {
        "full_name": "Phạm Thị Thuỳ Dương",
        "id_number": f"0371{number}",
        "phone": f"09{number}",
        "email": f"cong-dan-{number}@motcua.example",
    }


def search(citizen: Person, words: str = "lam giay khai sinh") -> None:
    """Find the procedure in plain words from the home page and open it."""
    citizen.open("/")
    citizen.page.get_by_role("search").get_by_role("searchbox").fill(words)
    citizen.press("Tìm")
    citizen.page.locator(f"main a[href='/thu-tuc/{PROCEDURE}']").first.wait_for()
    citizen.follow("Thủ tục đăng ký khai sinh", "main ul.mc-results")
    assert "Mã thủ tục 1.001193" in citizen.words


def register(citizen: Person, running: RunningSuite, who: Json) -> None:
    """Open an account with the code that comes by mail; a wrong code is refused first."""
    citizen.open("/dang-ky").answer({**who, "password": PASSWORD})
    citizen.press("Đăng ký và nhận mã")
    assert "govuk-error-summary" in citizen.page.content(), "the declaration must be asked for"
    assert citizen.page.locator("[name=full_name]").input_value() == who["full_name"]
    citizen.answer({"password": PASSWORD})
    citizen.choose("Tôi cam đoan như trên và đồng ý với điều khoản sử dụng")
    citizen.press("Đăng ký và nhận mã")
    mail = eventually(lambda: running.mails(who["email"]), "the mail with the one-time code")[0]
    code = CODE.search(mail["text"])
    assert code, mail["text"]
    citizen.answer({"code": "000000" if code[0] != "000000" else "111111"})
    citizen.press("Xác nhận")
    citizen.answer({"code": code[0]})
    citizen.press("Xác nhận")
    assert who["full_name"] in citizen.words


def begin(citizen: Person) -> str:
    """Start a dossier from the procedure page; return the address of its draft."""
    citizen.open(f"/thu-tuc/{PROCEDURE}").press("Nộp hồ sơ trực tuyến")
    citizen.press("Tiếp tục")
    assert "Có chỗ cần sửa" in citizen.words
    citizen.answer({"agency": AGENCY, "case": "standard"})
    citizen.press("Tiếp tục")
    return citizen.path.rpartition("/khai/")[0]


def fill_in(citizen: Person, who: Json) -> None:
    """Answer page after page; one page first with mistakes, one after the session has ended."""
    for page, values in ANSWERS.items():
        assert citizen.path.endswith(f"/khai/{page}"), citizen.path
        asked = (
            {**values, **{f"requester_{k}": who[f] for k, f in SAME.items()}}
            if page == "requester"
            else values
        )
        if page == "child":
            _with_mistakes(citizen, asked)
        if page == "birth-place":
            _after_the_session_ended(citizen, asked, who)
            continue
        citizen.answer(asked)
        citizen.press("Lưu và tiếp tục")


SAME = {"name": "full_name", "id": "id_number", "phone": "phone", "email": "email"}


def _with_mistakes(citizen: Person, values: Json) -> None:
    citizen.answer({**values, "child_name": "", "child_born_on": "2026-2-31"})
    citizen.press("Lưu và tiếp tục")
    summary = citizen.page.locator(".govuk-error-summary")
    assert "họ, chữ đệm và tên khai sinh" in summary.inner_text().lower()
    assert citizen.page.title().startswith("Lỗi: ")
    assert citizen.page.locator("[name='child_born_on-day']").input_value() == "31"
    assert citizen.page.locator(f"[name=child_sex][value='{values['child_sex']}']").is_checked()
    assert citizen.page.locator("[name=child_ethnicity]").input_value() == values["child_ethnicity"]
    if citizen.scripted:
        assert summary.evaluate("e => e === document.activeElement")
        citizen.click(summary.get_by_role("link").first)
        assert citizen.page.locator("[name=child_name]").evaluate("e => e === document.activeElement")


def _after_the_session_ended(citizen: Person, values: Json, who: Json) -> None:
    citizen.answer(values)
    citizen.context.clear_cookies()
    citizen.press("Lưu và tiếp tục")
    assert "nội dung bạn vừa nhập được giữ" in citizen.words
    citizen.sign_in(who["email"], PASSWORD)
    assert "Nội dung vừa nhập còn nguyên" in citizen.words
    citizen.press("Lưu và tiếp tục")
    assert citizen.path.endswith("/khai/mother"), citizen.words
    citizen.press("Quay lại", "body")
    assert citizen.page.locator("[name=child_home_town]").input_value() == values["child_home_town"]
    citizen.press("Lưu và tiếp tục")


def attach_papers(citizen: Person) -> None:
    """Upload each paper as a file of its own; a missing file and a file of the wrong kind are named."""
    papers = citizen.page.locator(".govuk-task-list__item", has_text="Còn thiếu").get_by_role("link")
    first = True
    while papers.count():
        citizen.follow(papers.first.inner_text())
        if first:
            citizen.press("Tải lên")
            assert "Chọn một tệp hoặc chụp ảnh giấy tờ" in citizen.words
            citizen.page.locator("#file").set_input_files(
                {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a paper"}
            )
            citizen.press("Tải lên")
            assert citizen.page.locator("#file-error").is_visible()
        citizen.attach("#file" if first else "#photo", "giay-to")
        citizen.press("Tải lên")
        assert "Đã nhận tệp." in citizen.words
        first = False
    citizen.press("Tiếp tục")


def choose_result(citizen: Person) -> None:
    """Say how the result comes back, forgetting it at first."""
    citizen.press("Lưu và tiếp tục")
    assert "Chọn cách nhận kết quả" in citizen.words
    citizen.answer({"channel": "online"})
    citizen.press("Lưu và tiếp tục")


def submit(citizen: Person) -> str:
    """Look at everything, declare and submit with a double click; return the dossier code."""
    assert "Nguyễn Minh Anh" in citizen.words
    assert "Phường Hoa Lư" in citizen.words
    citizen.press("Nộp hồ sơ")
    assert "Đánh dấu vào ô cam đoan trước khi nộp" in citizen.words
    citizen.choose("Tôi cam đoan như trên")
    citizen.page.locator("main").get_by_role("button", name="Nộp hồ sơ").dblclick()
    citizen.page.wait_for_url("**/da-nop")
    citizen.look()
    code = DOSSIER.search(citizen.words)
    assert code, citizen.words
    return code[0]
