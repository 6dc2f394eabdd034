"""How the system stands: in plain words for everybody, with numbers for those who run it."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
STATUS = "GET /api/registers/status"


async def test_r_ops_01_everybody_sees_what_works_and_how_often_it_did(browse: Browse) -> None:
    page = (await browse().get("/trang-thai")).text
    for said in ("Nộp hồ sơ trực tuyến", "Không hoạt động", "99,872 %", "SC-2026-0001", "đang xử lý"):
        assert said in page
    for inner in ("intake", "sweep", "sao lưu", "Chờ xử lý"):
        assert inner not in page


async def test_the_page_of_the_state_stands_when_nobody_answers(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[STATUS] = problem(503, "unavailable", "Bận.")
    page = await visitor.get("/trang-thai")
    assert (page.status_code, "gọi tổng đài" in page.text) == (200, True)


async def test_r_ops_08_who_runs_the_system_sees_its_parts_backups_and_drills(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get("/can-bo/van-hanh")).text
    for said in ("không trả lời; việc định kỳ chậm", "sweep", "Bản sao tốt gần nhất", "đạt"):
        assert said in page
    assert ">Vận hành</a>" in page
