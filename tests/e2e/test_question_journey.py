"""A question from a stranger's words to an answer that everybody finds, in both ways of running."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from suite.demo.actors import Actor, RefusedError
from suite.demo.feedback import FeedbackAndRating
from suite.demo.figures import Look
from suite.demo.first_answers import FIRST, FirstAnswers
from suite.demo.journey import MainJob
from suite.demo.questions import ANSWER, ROOT, QuestionAndAnswer
from suite.demo.surveys import SurveyJob
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


def test_r_qna_22_the_first_who_searches_finds_what_people_ask_first(publishing: RunningSuite) -> None:
    job = FirstAnswers(publishing.url, profile="thai-nguyen")
    assert len(job.play()) == len(FIRST)
    assert job.play() == []
    found = Actor(publishing.url).http.get("/hoi-dap", params={"q": "mat giay khai sinh"}).text
    assert FIRST[1].title in found


@pytest.mark.parametrize(("suite", "profile"), [("embedded", "ninh-binh"), ("publishing", "thai-nguyen")])
def test_r_sat_02_a_survey_is_built_answered_closed_and_read(
    suite: str, profile: str, request: pytest.FixtureRequest
) -> None:
    running: RunningSuite = request.getfixturevalue(suite)
    number = SurveyJob(running.url, profile=profile).play()
    page = Actor(running.url).http.get(f"/khao-sat/{number}/ket-qua")
    assert (page.status_code, "Dưới 5 người trả lời bằng tài khoản" in page.text, "4,2" in page.text) == (
        200,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("suite", "profile"),
    [
        ("embedded", "ninh-binh"),
        pytest.param("distributed", "ninh-binh", marks=pytest.mark.broker),
        ("publishing", "thai-nguyen"),
    ],
)
def test_r_sta_15_statistics_and_the_books_of_questions_come_to_the_same(
    suite: str, profile: str, request: pytest.FixtureRequest
) -> None:
    running: RunningSuite = request.getfixturevalue(suite)
    answered = QuestionAndAnswer(running.url, profile=profile)
    answered.play()
    back = QuestionAndAnswer(running.url, profile=profile)
    for step in (back.sign_in, back.ask, back.sort):
        step()
    back._act(back.owner, "kind", kind="cross_sector", reason="Liên quan hai cơ quan.")
    back._act(back.owner, "return", reason="Không thuộc thẩm quyền.")
    heard: list[str] = []
    look = Look(running.url, lambda title, what: heard.append(f"{title}: {what}"), profile)
    look.play()
    assert all("khớp với sổ hỏi đáp" in line for line in heard)
    here = next(row for row in look.report("questions")["rows"] if row["key"] == answered.agency)
    assert here["answered_in_time"] >= 1
    assert here["returned"] >= 1
    late = look.coordinator.get("/api/stats/questions", agency=answered.agency, figure="returned")
    assert back.number in [row["number"] for row in late["items"]]
