"""A lost province comes back as it was at a moment, and a dossier that was open goes on to its signed result."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from audit.heads import Hand, ship
from audit.reading import last_seal
from suite.demo.actors import RefusedError
from suite.demo.journey import MainJob
from suite.run.layout import OWNERS
from suite.run.postgres import PostgresServer
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


async def ship_head(running: RunningSuite) -> None:
    """Wait until a line of intake's access log that was written just now is sealed, and ship the head of it."""
    deadline = time.monotonic() + 60
    server = PostgresServer(running.state / "postgres", port=running.note["postgres_port"])
    connection = await asyncpg.connect(server.dsn("intake"))
    try:
        newest = await connection.fetchval("select max(xid) from audit_line")
        while (seal := await last_seal(connection)) is None or seal.upto <= newest:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)
    finally:
        await connection.close()
    secret = json.loads((running.state / "secrets.json").read_text())["audit-intake"]
    await ship((running.state / "audit").as_uri(), Hand("intake", secret).head(seal, datetime.now(UTC)))


def await_new_line(running: RunningSuite) -> None:
    """Wait until a backup of the line that the restore began is there, and the log after it."""
    deadline = time.monotonic() + 120
    while '"timeline": 2' not in motcua(running.state, "backup", "list", "--json"):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    await_shipped(running)


def cut_off(state: Path, moment: datetime) -> int:
    """Return how many heads of access logs were shipped after a moment: what they sealed is lost with it."""
    heads = [json.loads(path.read_text()) for path in (state / "audit" / "audit-heads").rglob("*.json")]
    return len([head for head in heads if datetime.fromisoformat(head["at"]) > moment])


def judge(running: RunningSuite) -> None:
    """Verify access logs whose last hour a restore undid, and have a drill bring the new line back."""
    told = motcua(running.state, "audit", "verify")
    assert told.count("a restore undid") == len(OWNERS), told
    assert "intake: a restore undid" in told
    assert sum(int(count) for count in re.findall(r"; (\d+) heads of it", told)) >= 1, told
    await_new_line(running)
    told = motcua(running.state, "backup", "drill")
    assert told.count("PASS") == 11, told


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
    asyncio.run(ship_head(running))  # of what is undone
    await_shipped(running)
    assert "stop it first" in motcua(running.state, "backup", "restore", "--yes", status=1)
    told = motcua(running.state, "backup", "drill")
    assert told.count("PASS") == 11, told
    assert "0 problems" in motcua(running.state, "backup", "verify")
    stop_suite(running)
    for lost in ("postgres", "files", "keys", "signing", "secrets.json"):
        gone = running.state / lost
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    told = motcua(running.state, "backup", "restore", "--yes", "--to", moment.isoformat())
    assert re.search(r"[1-9]\d* sign-ins were ended", told), told
    assert cut_off(running.state, moment) > 0
    again = start_suite("lost", state=running.state)
    try:
        rest = MainJob(again.url, tmp_path, code=job.code)
        rest.sign_in()
        for step in (rest.specialise, rest.return_once, rest.sign, rest.fetch, rest.verify):
            step()
        with pytest.raises(RefusedError, match="404"):
            rest.visitor.get(f"/api/intake/tracking/{undone.code}")
        assert "0 missing, 0 damaged" in motcua(again.state, "files", "verify")
        judge(again)
    finally:
        stop_suite(again)
