"""How the system stands: in plain words for everybody, with numbers for those who run it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from portal.adapters.formats import size
from portal.domain.standing import JOBS, part_words
from portal_stage.books import everybodys
from portal_stage.fakes import problem
from portal_stage.site import Visitor
from suite.run.layout import SERVICES

Browse = Callable[..., Visitor]
STATUS = "GET /api/registers/status"


async def test_r_ops_01_everybody_sees_what_works_and_how_often_it_did(browse: Browse) -> None:
    page = (await browse().get("/trang-thai")).text
    for said in ("Nộp hồ sơ trực tuyến", "Không hoạt động", "99,872 %", "SC-2026-0001", "đang xử lý"):
        assert said in page
    for inner in ("intake", "rescan-files", "sao lưu", "Chờ xử lý"):
        assert inner not in page


async def test_the_page_of_the_state_stands_when_nobody_answers(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[STATUS] = problem(503, "unavailable", "Bận.")
    page = await visitor.get("/trang-thai")
    assert (page.status_code, "gọi tổng đài" in page.text) == (200, True)


async def test_r_ops_08_who_runs_the_system_sees_its_parts_backups_and_drills(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get("/can-bo/van-hanh")).text
    for said in ("không trả lời; việc định kỳ chậm", "Quét lại mã độc", "Bản sao tốt gần nhất", "đạt"):
        assert said in page
    assert ">Vận hành</a>" in page


async def test_what_an_open_incident_touches_is_not_shown_as_working(browse: Browse) -> None:
    visitor = browse()
    number = "SC-2026-0001"
    told = everybodys()
    told["capabilities"] = [
        {"key": "sign_in", "works": True, "incidents": []},
        {"key": "submission", "works": None, "incidents": [number]},
    ]
    visitor.fake.answers[STATUS] = told
    page = (await visitor.get("/trang-thai")).text
    row = page[page.index("Nộp hồ sơ trực tuyến") :].partition("</div>")[0]
    assert ("Đang có sự cố" in row, number in row, "Hoạt động" in row) == (True, True, False)
    assert "Hoạt động" in page


@pytest.mark.parametrize(
    ("because", "said"), [("slight", "Chậm hoặc có trục trặc nhỏ"), ("planned", "Tạm dừng có kế hoạch")]
)
async def test_an_inconvenience_and_a_planned_stop_are_no_incident(
    browse: Browse, because: str, said: str
) -> None:
    visitor = browse()
    touched = {"key": "notices", "works": None, "incidents": ["BT-2026-0001"], "because": because}
    visitor.fake.answers[STATUS] = {**everybodys(), "capabilities": [touched]}
    page = (await visitor.get("/trang-thai")).text
    row = page[page.index("Gửi thông báo") :].partition("</div>")[0]
    assert (said in row, "Đang có sự cố" in row) == (True, False)


async def test_who_runs_the_system_reads_the_parts_in_words_beside_their_names(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get("/can-bo/van-hanh")).text
    assert 'Tiếp nhận, trả kết quả <span class="mc-key">intake</span>' in page
    assert "4,7 GB" in page


def test_every_service_and_its_worker_has_words() -> None:
    assert [name for name in SERVICES if part_words(name) == name] == []
    assert part_words("intake-worker") == part_words("intake")


@pytest.mark.parametrize(
    ("size_", "vi", "en"),
    [
        (700 * 1024, "700 KB", "700 KB"),
        (1024**3 - 1, "1 GB", "1 GB"),
        (51_153_000_000, "47,6 GB", "47.6 GB"),
        (3 * 1024**4, "3 TB", "3 TB"),
    ],
)
def test_sizes_are_short_and_in_the_readers_notation(size_: int, vi: str, en: str) -> None:
    assert (size(size_, "vi"), size(size_, "en")) == (vi, en)


def test_each_job_of_a_service_is_told_in_words() -> None:
    """A job is named in its service's code, and operators read what it does."""
    root = Path(__file__).resolve().parents[3]
    code = [one for part in ("libs", "services") for one in root.glob(f"{part}/*/*/**/*.py")]
    named = {
        job
        for one in code
        if "tests" not in one.parts
        for job in re.findall(r'\bJob\("([a-z-]+)"', one.read_text())
    }
    assert len(named) > 20
    assert named == set(JOBS)
