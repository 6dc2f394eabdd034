"""A wrong result: a specialist without scripts proposes another, a leader signs by keys alone, everybody reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from people import officers as steps
from people.keyboard import Keyboard
from people.person import Person
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
Somebody = Callable[..., Person]
GROUND = "Ghi sai tên người được khai sinh"
RIGHT = "Nguyễn Minh Ánh"


@pytest.fixture
def job(embedded: RunningSuite, tmp_path: Path) -> MainJob:
    """Give a job whose result is signed and with its applicant."""
    job = MainJob(embedded.url, tmp_path)
    job.sign_in()
    job.submit()
    for step in (job.ask_for_supplement, job.answer, job.accept, job.specialise, job.sign):
        step()
    return job


def test_a_wrong_result_is_replaced_and_nobody_takes_it_for_valid(somebody: Somebody, job: MainJob) -> None:
    old = job._handled(job.leader)["verification_code"]
    specialist, leader, citizen = somebody(scripts=False), somebody(), somebody()
    _propose(specialist, job)
    _sign(leader, job)
    job._expect(job.citizen, "returned", "result_ready")
    citizen.sign_in("congdan@motcua.example", PASSWORD)
    _until(citizen, f"/ho-so-cua-toi/{job.code}", "Văn bản này đã được thay thế bằng văn bản số")
    assert citizen.download("Mở văn bản thay thế hoặc thu hồi").startswith(b"%PDF")
    citizen.open(f"/xac-minh/{old}")
    assert "không còn giá trị" in citizen.words
    citizen.follow("Xác minh văn bản thay thế")
    assert "Chữ ký số hợp lệ" in citizen.words
    for person in (specialist, leader, citizen):
        person.found_nothing_wrong()


def _propose(specialist: Person, job: MainJob) -> None:
    steps.go_to_work(specialist, "chuyenvien.hoalu")
    specialist.open(f"/can-bo/giai-quyet/{job.code}").press("Thu hồi, thay thế kết quả…")
    specialist.answer({"ground": GROUND})
    specialist.press("Trình lãnh đạo")
    assert "Chọn thu hồi hay thay thế" in specialist.words
    assert specialist.page.locator("#ground").input_value() == GROUND
    specialist.answer({"way": "replace", "legal_basis": "Điều 20 Luật Hộ tịch", "c-child_name": "An 123"})
    specialist.press("Trình lãnh đạo")
    assert specialist.page.locator("#c-child_name-error").count() == 1
    specialist.answer({"c-child_name": RIGHT})
    specialist.press("Trình lãnh đạo")
    assert "Đã trình lãnh đạo." in specialist.words


def _sign(leader: Person, job: MainJob) -> None:
    steps.go_to_work(leader, "lanhdao.hoalu")
    steps.open_in(leader, "/can-bo/ky", job.code)
    keys = Keyboard(leader)
    keys.enter("Xem và ký quyết định về kết quả…", "A")
    assert GROUND in leader.words
    assert RIGHT in leader.words
    keys.enter("Ký số quyết định", "BUTTON")
    assert "Kết quả cũ hết giá trị" in leader.words


def _until(person: Person, path: str, words: str) -> None:
    steps.eventually(lambda: words in person.open(path).words, words)
