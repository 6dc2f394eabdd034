"""Starting twice keeps everything; stopping, even by force, leaves nothing running; refusing changes nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from suite.demo.actors import Actor, eventually
from suite.demo.welcome import PASSWORD
from suite.testing.folders import private_folder
from suite.testing.suites import start_suite, stop_suite

pytestmark = pytest.mark.journey


def refused(state: Path, *options: str) -> str:
    """Run `motcua up` where it must refuse, and return its one sentence."""
    command = [sys.executable, "-m", "suite.cli", "up", *options]
    environment = {**os.environ, "MOTCUA_STATE": str(state)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_a_second_start_keeps_its_data_and_nothing_outlives_the_first() -> None:
    running = start_suite("twice")
    citizen = Actor(running.url).sign_in("congdan@motcua.example", PASSWORD)
    wanted = {"procedure_code": "1.001193", "agency": "H42.101", "case": "standard"}
    draft = eventually(lambda: citizen.post("/api/intake/drafts", wanted), "a draft")
    pids = list(running.note["pids"].values())
    stop_suite(running)
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    again = start_suite("twice", state=running.state)
    citizen = Actor(again.url).sign_in("congdan@motcua.example", PASSWORD)
    kept = citizen.get(f"/api/intake/drafts/{draft['id']}")
    assert kept["procedure_code"] == "1.001193"
    pids = list(again.note["pids"].values())
    again.process.send_signal(signal.SIGKILL)
    again.process.wait(10)
    deadline = time.monotonic() + 30
    while (left := [pid for pid in pids if psutil.pid_exists(pid)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def test_a_taken_port_is_named_and_nothing_is_made() -> None:
    state = private_folder("taken")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refused(state, "--port", str(port))
    assert f"Port {port} is taken" in sentence
    assert "\n" not in sentence
    assert list(state.iterdir()) == []


def test_data_of_a_newer_version_is_left_alone() -> None:
    state = private_folder("newer")
    (state / "version.json").write_text(json.dumps({"state": 99}))
    assert "newer version" in refused(state)
    assert [path.name for path in state.iterdir()] == ["version.json"]


def test_an_unknown_profile_is_answered_with_the_known_ones() -> None:
    state = private_folder("profile")
    sentence = refused(state, "--profile", "atlantis")
    assert "atlantis" in sentence
    assert "thai-nguyen" in sentence
    assert list(state.iterdir()) == []
