"""A second supplement request: the desk is told whom to ask, the leader allows it, the desk sends it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from people import officers as steps
from people.person import Person
from suite.demo.journey import MainJob
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
Somebody = Callable[..., Person]
GROUND = "Ảnh chụp lại vẫn không đọc được ngày sinh"


@pytest.fixture
def job(embedded: RunningSuite, tmp_path: Path) -> MainJob:
    """Give a job whose applicant has answered one supplement request."""
    job = MainJob(embedded.url, tmp_path)
    job.sign_in()
    job.submit()
    job.ask_for_supplement()
    job.answer()
    return job


def test_a_second_supplement_goes_through_the_leader(somebody: Somebody, job: MainJob) -> None:
    desk, leader = somebody(), somebody()
    steps.go_to_work(desk, "motcua.hoalu")
    _ask_again(desk, job)
    assert "Yêu cầu lần nữa phải có lãnh đạo đồng ý trước" in desk.words
    steps.go_to_work(leader, "lanhdao.hoalu")
    steps.open_in(leader, "/can-bo/tiep-nhan?muc=moi", job.code)
    leader.press("Đồng ý yêu cầu bổ sung lần nữa…")
    leader.press("Đồng ý")
    assert "Nêu lý do bạn đồng ý" in leader.words
    leader.answer({"ground": GROUND})
    leader.press("Đồng ý")
    assert "Đã ghi nhận ý kiến đồng ý" in leader.words
    _ask_again(desk, job)
    assert GROUND in desk.words
    desk.answer({"reason": "Ảnh vẫn mờ", "guidance": "Mang bản chính đến bộ phận một cửa"})
    desk.press("Gửi yêu cầu")
    told = job.dossier(job.citizen)
    assert (told["state"], len(told["requests"])) == ("supplement_requested", 2)
    desk.found_nothing_wrong()
    leader.found_nothing_wrong()


def _ask_again(desk: Person, job: MainJob) -> None:
    steps.open_in(desk, "/can-bo/tiep-nhan?muc=moi", job.code)
    steps.judge(desk, {"giay-chung-sinh": "Ngày sinh vẫn mờ"})
    desk.press("Yêu cầu bổ sung…")
