"""A question on pages: asked with scripts and without, on a phone and at a desk, sorted, drafted, released and read."""

import io
from collections.abc import Callable

import pytest
from people.person import Person
from people.reader import DESK, PHONE
from PIL import Image
from suite.demo.example import photo
from suite.demo.questions import ANSWER, CITATION, PEOPLE, TEXT, WHO
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
Somebody = Callable[..., Person]
OFFICERS = "/can-bo"
PAPER = "giay-chung-sinh"
MENDED = "Không phải nộp lệ phí."


@pytest.fixture(params=[(True, DESK), (False, PHONE)], ids=["scripts-1280", "no-scripts-360"])
def citizen(request: pytest.FixtureRequest, somebody: Somebody) -> Person:
    scripts, width = request.param
    return somebody(scripts=scripts, width=width, widths=(PHONE, DESK) if scripts else (PHONE,))


def _asked(citizen: Person) -> str:
    """Ask, and return the number."""
    citizen.open("/hoi-dap").press("Đặt câu hỏi").press("Gửi câu hỏi")
    assert "Có chỗ cần sửa" in citizen.words
    kind = "individual"
    asked = {"full_name": WHO["full_name"], "nationality": "Việt Nam", "id_number": WHO["id_number"]}
    citizen.answer(
        {
            "topic": "procedures",
            "title": f"Khai sinh muộn {'có' if citizen.scripted else 'không'} kịch bản",
            "text": f"{TEXT} Tôi hỏi {'trên máy tính' if citizen.scripted else 'trên điện thoại'}.",
            "asker_kind": kind,
            **{f"{kind}-{name}": value for name, value in asked.items()},
            f"{kind}-address": WHO["address"],
            f"{kind}-reply_email": WHO["reply_email"],
        }
    )
    citizen.attach("#files", PAPER)
    citizen.press("Thêm tệp")
    assert f"{PAPER}.jpg" in citizen.words
    citizen.press("Gửi câu hỏi")
    assert citizen.path.endswith("/da-gui")
    return citizen.page.locator(".govuk-panel .mc-code").inner_text()


def _officer(somebody: Somebody, login: str, number: str) -> Person:
    officer = somebody().sign_in(login, PASSWORD, OFFICERS)
    officer.follow("Hỏi đáp", "nav")
    return officer.open(f"{OFFICERS}/hoi-dap/{number}")


def _measures(picture: bytes) -> tuple[str | None, tuple[int, int]]:
    """Return what kind of picture it is and how large; no photograph of the tests is like another."""
    with Image.open(io.BytesIO(picture)) as shown:
        return shown.format, shown.size


def _sort(somebody: Somebody, number: str) -> Person:
    officer = _officer(somebody, PEOPLE[0], number)
    assert _measures(officer.download(f"{PAPER}.jpg")) == _measures(photo(PAPER))
    officer.press("Phân loại và chuyển")
    officer.answer({"agency": "H42.101", "topic": "procedures", "kind": "own"})
    officer.press("Phân loại và chuyển")
    assert "Đã chuyển" in officer.words
    return officer


def _draft(somebody: Somebody, number: str) -> Person:
    officer = _officer(somebody, PEOPLE[1], number)
    officer.press("Soạn trả lời")
    officer.answer({"text": ANSWER})
    officer.press("Trình lãnh đạo")
    assert "Có chỗ cần sửa" in officer.words, "no legal text is cited and no reason given"
    cited = {"number": CITATION["number"], "title": CITATION["title"], "issuer": CITATION["issuer"]}
    officer.answer({f"cited-0-{name}": value for name, value in cited.items()})
    officer.answer({"cited-0-issued_on": "20/11/2014", "cited-0-effective_on": "01/01/2016"})
    officer.press("Trình lãnh đạo")
    assert "Đã trình lãnh đạo." in officer.words
    return officer


def _release(somebody: Somebody, number: str) -> Person:
    officer = _officer(somebody, PEOPLE[2], number)
    officer.press("Sửa trước khi duyệt")
    officer.answer({"text": f"{ANSWER} {MENDED}"})
    officer.press("Lưu bản đã sửa")
    assert "Bản trước khi lãnh đạo sửa" in officer.words
    officer.press("Duyệt và gửi trả lời")
    assert f"{ANSWER} {MENDED}" in officer.words
    officer.answer({"position": "Chủ tịch", "phone": "02293871234", "email": "hoalu@motcua.example"})
    officer.answer({"full_name": "Hoàng Văn Bình"})
    officer.press("Duyệt và gửi trả lời")
    assert "Đã gửi câu trả lời cho người hỏi." in officer.words
    return officer


def test_a_question_goes_its_way_on_pages(
    citizen: Person, somebody: Somebody, embedded: RunningSuite
) -> None:
    number = _asked(citizen)
    officers = [step(somebody, number) for step in (_sort, _draft, _release)]
    citizen.follow("Theo dõi câu hỏi này")
    assert f"{ANSWER} {MENDED}" in citizen.words
    assert CITATION["number"] in citizen.words
    where = "ở tỉnh khác" if citizen.scripted else "ở nước ngoài"
    citizen.answer({"text": f"Người cha {where} có phải về ký tờ khai không?"})
    citizen.press("Gửi câu hỏi bổ sung")
    assert citizen.path.endswith("/da-gui")
    assert citizen.page.locator(".govuk-panel .mc-code").inner_text() != number
    for person in (citizen, *officers):
        person.found_nothing_wrong()
