"""The citizen's way from a few words without marks to the signed paper, with scripts and without."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from documents.verifying import verify_pdf
from people import citizen as steps
from people.person import Person
from people.reader import DESK, PHONE
from suite.demo.actors import Actor, eventually
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
Somebody = Callable[..., Person]


@pytest.fixture(params=[(True, DESK), (False, PHONE)], ids=["scripts-1280", "no-scripts-360"])
def citizen(request: pytest.FixtureRequest, somebody: Somebody) -> Person:
    scripts, width = request.param
    return somebody(scripts=scripts, width=width, widths=(PHONE, DESK) if scripts else (PHONE,))


def test_a_citizen_gets_a_birth_certificate(citizen: Person, embedded: RunningSuite, tmp_path: Path) -> None:
    who = steps.newcomer()
    steps.search(citizen)
    steps.register(citizen, embedded, who)
    steps.begin(citizen)
    steps.fill_in(citizen, who)
    steps.attach_papers(citizen)
    steps.choose_result(citizen)
    code = steps.submit(citizen)
    job = MainJob(embedded.url, tmp_path)
    job.sign_in()
    job.citizen, job.code = Actor(embedded.url).sign_in(who["email"], PASSWORD), code
    _one_dossier_with_its_code(citizen, code)
    job.ask_for_supplement()
    _answer_the_supplement(citizen, code)
    job.accept()
    _the_date_is_explained(citizen, code)
    job.specialise()
    job.return_once()
    job.sign()
    job._expect(job.citizen, "returned")
    _take_the_result(citizen, embedded, code)
    citizen.found_nothing_wrong()


def _one_dossier_with_its_code(citizen: Person, code: str) -> None:
    assert citizen.page.get_by_role("img", name="Mã QR mở trang tra cứu hồ sơ").count() == 1
    assert "Tiếp theo là gì" in citizen.words
    citizen.follow("Hồ sơ của tôi", "nav")
    assert "Đã nộp (1)" in citizen.words
    assert citizen.words.count(code) == 1


def _answer_the_supplement(citizen: Person, code: str) -> None:
    citizen.open("/")
    assert "Có 1 yêu cầu đang chờ bạn" in citizen.words
    citizen.follow("Bổ sung hồ sơ").follow("Xem và bổ sung")
    assert "Chụp lại rõ ngày, tháng, năm sinh" in citizen.words
    assert citizen.page.locator("input[type=file]").count() == 1, "only what is asked can be changed"
    citizen.attach("#file-giay-chung-sinh", "giay-chung-sinh-ro")
    citizen.press("Tải lên")
    citizen.answer({"note": "Tôi đã chụp lại."})
    citizen.press("Gửi phần bổ sung")
    assert citizen.path == f"/ho-so-cua-toi/{code}"


def _the_date_is_explained(citizen: Person, code: str) -> None:
    citizen.open(f"/ho-so-cua-toi/{code}")
    assert "Hẹn trả kết quả" in citizen.words
    citizen.click(citizen.page.get_by_text("Vì sao là ngày này?"))
    rows = citizen.page.get_by_role("region", name="Cách tính ngày hẹn").get_by_role("row")
    assert rows.count() >= 2
    assert rows.last.is_visible()
    assert "Yêu cầu bổ sung" in citizen.page.locator(".mc-timeline").inner_text()


def _take_the_result(citizen: Person, running: RunningSuite, code: str) -> None:
    def told() -> bool:
        citizen.open("/thong-bao")
        return citizen.page.locator("main li").count() >= 4

    eventually(told, "the notices")
    citizen.press("Đánh dấu đã đọc")
    citizen.follow(f"Mở hồ sơ {code}")
    papers = citizen.page.locator(".mc-box li", has_text="đã ký số").get_by_role("link").all_inner_texts()
    authority = (running.state / "signing" / "ca.cert.pem").read_bytes()
    assert "Tải kết quả: Kết quả giải quyết (PDF)" in papers
    aside = ThreadPoolExecutor(
        1
    )  # the check runs a loop of its own, and this thread's belongs to the browser
    for paper in papers:
        content = citizen.download(paper)
        assert aside.submit(verify_pdf, content, authority).result().valid, paper
    number = (
        Actor(running.url)
        .sign_in("lanhdao.hoalu", PASSWORD)
        .get(f"/api/processing/agencies/H42.101/dossiers/{code}")["verification_code"]
    )
    _anybody_looks(citizen, code, number)


def _anybody_looks(citizen: Person, code: str, number: str) -> None:
    citizen.press("Đăng xuất", "header")
    citizen.follow("Xác minh giấy tờ", "footer").answer({"code": number})
    citizen.press("Xác minh")
    assert "Chữ ký số hợp lệ" in citizen.words
    citizen.follow("Tra cứu", "nav").answer({"code": code})
    citizen.press("Tra cứu")
    assert "Thuỳ Dương" not in citizen.words
    assert citizen.page.get_by_role("img", name="Mã QR").count() == 1
    citizen.follow("Tra cứu mã khác").answer({"code": "H42.101-260101-9999"})
    citizen.press("Tra cứu")
    assert "Không tìm thấy hồ sơ" in citizen.words
