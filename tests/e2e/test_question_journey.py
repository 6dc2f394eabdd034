"""A question from a stranger's words to an answer that everybody finds, in both ways of running."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from suite.demo.actors import Actor, RefusedError
from suite.demo.feedback import FeedbackAndRating
from suite.demo.journey import MainJob
from suite.demo.questions import ANSWER, ROOT, QuestionAndAnswer
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = pytest.mark.journey
WAYS = [
    pytest.param("embedded", id="embedded"),
    pytest.param("distributed", id="distributed", marks=pytest.mark.broker),
]


@pytest.fixture(scope="module")
def publishing() -> Iterator[RunningSuite]:
    """Give a suite of a province that publishes questions and answers."""
    running = start_suite("publishing", "--profile", "thai-nguyen")
    yield running
    stop_suite(running)


@pytest.mark.parametrize("way", WAYS)
def test_a_question_is_answered_where_nothing_is_published(way: str, request: pytest.FixtureRequest) -> None:
    running: RunningSuite = request.getfixturevalue(way)
    heard: list[str] = []
    job = QuestionAndAnswer(running.url, lambda title, _what: heard.append(title))
    number = job.play()
    assert heard == ["Đặt câu hỏi", "Phân loại", "Dự thảo", "Lãnh đạo duyệt", "Người hỏi đọc"]
    assert Actor(running.url).get(f"{ROOT}/terms")["publishes"] == "no"
    with pytest.raises(RefusedError) as refused:
        Actor(running.url).get(f"{ROOT}/answers/{number}")
    assert refused.value.status == 404


def test_r_qna_22_a_question_is_asked_answered_published_and_found(publishing: RunningSuite) -> None:
    job = QuestionAndAnswer(publishing.url, profile="thai-nguyen")
    number = job.play()
    page = Actor(publishing.url).http.get(f"/hoi-dap/tra-loi/{number}")
    assert page.status_code == 200
    assert ANSWER in page.text
    found = Actor(publishing.url).http.get("/hoi-dap", params={"q": f"khai sinh muon {job.mark}"})
    assert f"/hoi-dap/tra-loi/{number}" in found.text
    assert number in Actor(publishing.url).http.get("/hoi-dap/tin.atom").text


@pytest.mark.parametrize(("suite", "profile"), [("embedded", "ninh-binh"), ("publishing", "thai-nguyen")])
def test_r_fbk_10_feedback_on_a_dossier_is_answered_and_the_dossier_is_rated(
    suite: str, profile: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    running: RunningSuite = request.getfixturevalue(suite)
    code = MainJob(running.url, tmp_path, profile=profile).play()
    heard: list[str] = []
    FeedbackAndRating(running.url, code, lambda title, what: heard.append(f"{title} {what}"), profile).play()
    assert heard[-1] == "Đánh giá tiến độ 5/5, chất lượng 4/5"
    assert ("qua điện thoại" in heard[0]) is (profile == "ninh-binh")


def test_r_qna_25_a_number_alone_opens_nothing(publishing: RunningSuite) -> None:
    job = QuestionAndAnswer(publishing.url, profile="thai-nguyen")
    for step in (job.sign_in, job.ask):
        step()
    stranger = Actor(publishing.url)
    assert job.key not in job.number
    for path in (f"/hoi-dap/theo-doi/{job.number}", f"/hoi-dap/theo-doi/{job.key[::-1]}"):
        assert stranger.http.get(path).status_code == 404
    assert stranger.http.get(f"/hoi-dap/theo-doi/{job.key}").status_code == 200
    assert stranger.http.get(f"/hoi-dap/tra-loi/{job.number}").status_code == 404
