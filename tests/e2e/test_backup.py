"""A lost province comes back as it was at a moment, and a dossier that was open goes on to its signed result."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from suite.demo.actors import RefusedError
from suite.demo.journey import MainJob
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = pytest.mark.journey


def motcua(state: Path, *words: str, status: int = 0) -> str:
    """Run a command on a data folder and return what it printed."""
    command = [sys.executable, "-m", "suite.cli", *words]
    environment = {**os.environ, "MOTCUA_STATE": str(state)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def await_shipped(running: RunningSuite) -> datetime:
    """Wait until everything of this moment lies in a copy, and return the moment."""
    moment, deadline = datetime.now(UTC), time.monotonic() + 120
    note = running.state / "backup" / "standing.json"
    while True:
        told = json.loads(note.read_text()) if note.exists() else {}
        if told.get("last") and datetime.fromisoformat(told["shipped_at"] or "2000-01-01T00:00:00Z") > moment:
            return moment
        assert time.monotonic() < deadline, told
        time.sleep(0.2)


def cut_off(state: Path, moment: datetime) -> int:
    """Return how many heads of access logs were shipped after a moment: what they sealed is lost with it."""
    heads = [json.loads(path.read_text()) for path in (state / "audit").rglob("*.json")]
    return len([head for head in heads if datetime.fromisoformat(head["at"]) > moment])


def test_r_ops_08_a_restored_province_continues_a_dossier_that_was_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"MOTCUA_BACKUP": "1", "MOTCUA_BACKUP_FIRST": "1", "MOTCUA_BACKUP_SHIP": "1"}.items():
        monkeypatch.setenv(name, value)
    running = start_suite("lost")
    job, undone = MainJob(running.url, tmp_path), MainJob(running.url, tmp_path)
    for step in (job.find, job.sign_in, job.submit, job.ask_for_supplement, job.answer, job.accept):
        step()
    await_shipped(running)  # from here on there is a backup
    moment = await_shipped(running)
    undone.sign_in()
    undone.submit()
    await_shipped(running)
    assert "stop it first" in motcua(running.state, "backup", "restore", "--yes", status=1)
    told = motcua(running.state, "backup", "drill")
    assert told.count("PASS") == 9, told
    assert "0 problems" in motcua(running.state, "backup", "verify")
    stop_suite(running)
    for lost in ("postgres", "files", "keys", "signing", "secrets.json"):
        gone = running.state / lost
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    motcua(running.state, "backup", "restore", "--yes", "--to", moment.isoformat())
    cut = cut_off(running.state, moment)
    again = start_suite("lost", state=running.state)
    try:
        rest = MainJob(again.url, tmp_path, code=job.code)
        rest.sign_in()
        for step in (rest.specialise, rest.return_once, rest.sign, rest.fetch, rest.verify):
            step()
        with pytest.raises(RefusedError, match="404"):
            rest.visitor.get(f"/api/intake/tracking/{undone.code}")
        assert "0 missing, 0 damaged" in motcua(again.state, "files", "verify")
        told = motcua(again.state, "audit", "verify", status=1 if cut else 0)
        assert told.count("tail cut") + told.count("written anew") == cut, told
    finally:
        stop_suite(again)
