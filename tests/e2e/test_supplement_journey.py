"""A supplement found necessary while a dossier is handled, through the gateway and in both ways of running."""

from pathlib import Path
from typing import Any

import pytest
from regulation.states import State
from suite.demo.actors import Actor, eventually
from suite.demo.example import photo
from suite.demo.journey import MainJob
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey
PAPER = "giay-chung-sinh"
GAP = {
    "reason": "Số giấy chứng sinh không đọc được",
    "guidance": "Chụp lại, thấy cả bốn góc",
    "items": [{"component": PAPER, "note": "Chụp lại rõ số"}],
}


@pytest.fixture(
    params=[
        pytest.param("embedded", id="embedded"),
        pytest.param("distributed", id="distributed", marks=pytest.mark.broker),
    ]
)
def job(request: pytest.FixtureRequest, tmp_path: Path) -> MainJob:
    running: RunningSuite = request.getfixturevalue(request.param)
    made = MainJob(running.url, tmp_path)
    for step in (made.find, made.sign_in, made.submit):
        step()
    eventually(lambda: made.code in str(made.desk.get("/api/intake/desk/dossiers", q=made.code)), "the desk")
    made.accept()
    return made


def test_r_prc_10_the_unit_drafts_the_desk_asks_the_clock_waits_and_the_same_step_goes_on(
    job: MainJob,
) -> None:
    intake = f"/api/intake/dossiers/{job.code}"
    work = f"/api/processing/agencies/{job.example.agency}/dossiers/{job.code}"

    def seen(who: Actor, place: str, field: str, wanted: Any) -> Any:
        """Wait until somebody sees a field as it must be (True: anything), and return the whole."""

        def ask() -> Any:
            found = who.get(place)
            there = found[field] is not None if wanted is True else found[field] == wanted
            return found if there else None

        return eventually(ask, f"{field} of {job.code}")

    if job.leader.get(work).get("officer") is None:
        job.specialist.post(f"{work}/claim")
    handled = job.specialist.get(work)
    job.specialist.post(f"{work}/supplement-draft", {"version": handled["version"], **GAP})

    def asked() -> Any:
        """The desk sends what it read; news of the unit may come between, and it reads again."""
        drafted = seen(job.desk, intake, "supplement_draft", True)
        return job.desk.post(f"{intake}/supplement-requests", {"version": drafted["version"], **GAP})

    eventually(asked, "the request to be sent")
    waiting = seen(job.specialist, work, "paused_at", True)
    assert "proposal" not in waiting["actions"]
    upload = {"file": ("lai.jpg", photo("ro"), "image/jpeg")}
    job.citizen.ask("POST", f"{intake}/attachments", data={"component": PAPER}, files=upload)
    job.citizen.post(f"{intake}/supplement-answer", {"version": job.dossier(job.citizen)["version"]})
    back = seen(job.specialist, work, "paused_at", None)
    told = seen(job.citizen, intake, "state", State.IN_PROCESS)
    assert (back["step"]["id"], back["due_at"]) == (handled["step"]["id"], told["due"]["due_at"])
    kinds = [one["kind"] for one in job.citizen.get("/api/notify/messages")["items"]]
    assert "supplement_requested" in kinds
    job.specialise()
    job.sign()
