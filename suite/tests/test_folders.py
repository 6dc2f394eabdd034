"""Folders of tests: a run that was killed leaves its gigabytes to nobody but the next run, which removes them."""

import os
import subprocess
import sys
from pathlib import Path

from suite.testing.folders import sweep

KILLED = """
import os, signal
from suite.testing.folders import private_folder
(private_folder("dead") / "data").write_text("much")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_folders_of_a_run_that_was_killed_go_and_those_of_a_living_one_stay(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    dead = list(tmp_path.glob("motcua-dead-*/data"))
    alive = tmp_path / f"motcua-pg-p{os.getpid()}-abc"
    foreign = tmp_path / "motcua-of-an-operator"
    alive.mkdir(), foreign.mkdir()
    sweep(tmp_path)
    assert len(dead) == 1
    assert sorted(tmp_path.iterdir()) == sorted([alive, foreign])
