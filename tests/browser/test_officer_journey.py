"""The officers' way: the desk checks and accepts, the specialist proposes, the leader returns, approves and signs."""

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
REMARKS = "Ghi rõ nơi sinh theo giấy chứng sinh"


@pytest.fixture
def job(embedded: RunningSuite, tmp_path: Path) -> MainJob:
    """Give a job whose dossier a citizen has just submitted."""
    job = MainJob(embedded.url, tmp_path)
    job.sign_in()
    job.submit()
    return job


def test_a_dossier_goes_from_the_desk_to_the_signature(somebody: Somebody, job: MainJob) -> None:
    desk, specialist, leader = somebody(), somebody(), somebody()
    steps.go_to_work(desk, "motcua.hoalu")
    steps.open_in(desk, "/can-bo/tiep-nhan", job.code)
    steps.ask_for_supplement(desk, "Chụp lại rõ ngày, tháng, năm sinh")
    assert job.dossier(job.citizen)["state"] == "supplement_requested"
    job.answer()
    steps.open_in(desk, "/can-bo/tiep-nhan?muc=moi", job.code)
    assert "Đã trả lời" in desk.words
    _accept(desk, job)
    steps.go_to_work(specialist, "chuyenvien.hoalu")
    _take_and_propose(specialist, job)
    steps.go_to_work(leader, "lanhdao.hoalu")
    _return(leader, specialist, job)
    _sign(leader, job)
    job._expect(job.citizen, "returned")
    for officer in (desk, specialist, leader):
        officer.found_nothing_wrong()


def _accept(desk: Person, job: MainJob) -> None:
    steps.accept(desk)
    rows = desk.page.get_by_role("region", name="Cách tính ngày hẹn").get_by_role("row").all_inner_texts()
    due = job._expect(job.citizen, "forwarded", "in_process")["due"]
    assert due["sentence"] in desk.words
    assert len(rows) == len(due["rows"]) + 1
    assert all(row["text"] in "\n".join(rows) for row in due["rows"])
    assert desk.download("Giấy tiếp nhận").startswith(b"%PDF")


def _take_and_propose(specialist: Person, job: MainJob) -> None:
    steps.open_in(specialist, "/can-bo/giai-quyet?loc=all", job.code)
    if specialist.page.get_by_role("button", name="Nhận giải quyết").count():
        specialist.press("Nhận giải quyết")
    steps.propose(specialist)
    assert "Đã trình lãnh đạo." in specialist.words


def _return(leader: Person, specialist: Person, job: MainJob) -> None:
    steps.open_in(leader, "/can-bo/ky", job.code)
    leader.press("Trả lại chuyên viên…")
    leader.press("Trả lại")
    assert "Ghi rõ điều cần sửa" in leader.words
    leader.answer({"remarks": REMARKS})
    leader.press("Trả lại")
    assert "Đã trả lại cho chuyên viên" in leader.words
    steps.open_in(specialist, "/can-bo/giai-quyet?loc=sent_back", job.code)
    assert REMARKS in specialist.words
    steps.propose(specialist)


def _sign(leader: Person, job: MainJob) -> None:
    steps.open_in(leader, "/can-bo/ky", job.code)
    if leader.page.get_by_role("button", name="Xem và duyệt…").count():
        leader.press("Xem và duyệt…")
        leader.press("Duyệt")
    if leader.page.get_by_role("button", name="Xem và ký số…").count():
        leader.press("Xem và ký số…")
        leader.press("Ký số và phát hành")
    assert "Đã ký số" in leader.words


def test_the_desk_works_with_the_keyboard_alone(somebody: Somebody, job: MainJob) -> None:
    desk = somebody()
    keys = Keyboard(desk)
    desk.open("/can-bo")
    keys.write("login", "motcua.hoalu")
    keys.write("password", PASSWORD)
    keys.enter()
    keys.enter("Tiếp nhận và trả kết quả")
    keys.write("q", job.code)
    keys.enter()
    keys.enter(job.code)
    for component in desk.page.locator("fieldset.mc-check").all():
        name = component.locator("input[type=radio]").first.get_attribute("name")
        keys.to(f"{name}-ok")
        keys.key("ArrowDown")
        assert desk.page.locator(f"#{name}-missing").is_checked()
        keys.key("ArrowUp")
        assert desk.page.locator(f"#{name}-ok").is_checked()
    keys.enter("Tiếp nhận…", "BUTTON")
    keys.enter("Tiếp nhận", "BUTTON")
    assert desk.heading == "Đã tiếp nhận"
    job._expect(job.citizen, "forwarded", "in_process")
    desk.found_nothing_wrong()
