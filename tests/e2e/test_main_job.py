"""The main job, from search to signed result, unchanged in both ways of running."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from documents.verifying import verify_pdf
from suite.demo.actors import Actor, eventually
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey
WAYS = [
    pytest.param("embedded", id="embedded"),
    pytest.param("distributed", id="distributed", marks=pytest.mark.broker),
]


@pytest.fixture(params=WAYS)
def running(request: pytest.FixtureRequest) -> RunningSuite:
    return request.getfixturevalue(request.param)


def motcua(running: RunningSuite, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line against a running suite."""
    environment = {**os.environ, "MOTCUA_STATE": str(running.state)}
    command = [sys.executable, "-m", "suite.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_the_main_job_from_search_to_signed_result(running: RunningSuite, tmp_path: Path) -> None:
    heard: list[str] = []
    job = MainJob(running.url, tmp_path, lambda title, what: heard.append(f"{title} {what}"))
    code = job.play()
    assert code.startswith("H42.101-")
    kinds = {paper.stem.rsplit("-", 1)[1] for paper in job.papers}
    assert {"confirmation", "supplement", "receipt", "result"} <= kinds
    authority = (running.state / "signing" / "ca.cert.pem").read_bytes()
    result = next(paper for paper in job.papers if paper.stem.endswith("result")).read_bytes()
    assert verify_pdf(result, authority).valid
    forged = (
        result.replace(b"/Title", b"/Titre", 1) if b"/Title" in result else result[:-20] + b"x" + result[-19:]
    )
    assert not verify_pdf(forged, authority).valid
    assert any("17:30" in line or "ngày" in line for line in heard)


def test_the_citizen_is_told_by_real_mail(running: RunningSuite, tmp_path: Path) -> None:
    code = MainJob(running.url, tmp_path).play()

    def mails() -> list[dict]:
        about = [
            mail for mail in running.mails("congdan@motcua.example") if code in mail["text"] + mail["subject"]
        ]
        return about if len(about) >= 3 else []

    told = eventually(mails, "three mails about the dossier")
    assert all("000190000001" not in mail["text"] for mail in told)


def test_rebuilding_statistics_changes_nothing(running: RunningSuite, tmp_path: Path) -> None:
    MainJob(running.url, tmp_path).play()
    done = motcua(running, "stats", "rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "before" in done.stdout


def test_the_command_line_tells_what_runs(running: RunningSuite) -> None:
    told = motcua(running, "status", "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    status = json.loads(told.stdout)
    assert all(row["ready"] for row in status["services"])
    assert sum(row.get("dead", 0) for row in status["services"]) == 0
    listed = motcua(
        running, "events", "list", "catalog", "--type", "catalog.procedure_published.v1", "--json"
    )
    assert any(row["subject"] == "1.001193" for row in json.loads(listed.stdout))
    replayed = motcua(running, "events", "replay", "catalog")
    assert replayed.returncode == 0
    assert "announced again" in replayed.stdout


def test_a_second_start_on_the_same_folder_is_refused(running: RunningSuite) -> None:
    refused = motcua(running, "up", "--port", "1")
    assert refused.returncode == 1
    assert "already runs" in refused.stderr


def test_somebody_elses_dossier_does_not_exist(running: RunningSuite, tmp_path: Path) -> None:
    code = MainJob(running.url, tmp_path).play()
    stranger = Actor(running.url).sign_in("congdan2@motcua.example", PASSWORD)
    elsewhere = Actor(running.url).sign_in("motcua.giavien", PASSWORD)
    for who in (stranger, elsewhere):
        assert who.http.get(f"/api/intake/dossiers/{code}").status_code == 404
    assert code not in elsewhere.http.get("/api/intake/desk/dossiers", params={"q": code}).text
    assert code not in stranger.http.get("/api/intake/dossiers").text
    assert code not in elsewhere.http.get("/api/intake/desk/dossiers.csv", params={"q": code}).text
