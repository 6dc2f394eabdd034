"""A note left behind by a suite that is gone stands in nobody's way."""

import json
import os
from pathlib import Path

import psutil
import pytest
from suite.run.note import run_note
from suite.run.places import free_port
from suite.run.running import NotRunningError, running
from suite.run.seed import OtherProvinceError, seed_note
from suite.run.supervisor import AlreadyRunningError, Supervisor


def note(folder: Path, pid: int, began: float) -> None:
    """Leave the note of a suite."""
    run_note(folder).write_text(json.dumps({"pid": pid, "began": began}))


def check(folder: Path) -> None:
    """Ask whether a suite may start here."""
    Supervisor(folder, free_port(), "ninh-binh", distributed=False, amqp_url=None).check()


def test_a_second_suite_on_the_same_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    note(tmp_path, os.getpid(), psutil.Process().create_time())
    with pytest.raises(AlreadyRunningError, match=r"^The suite already runs on .*motcua down$"):
        check(tmp_path)


def test_the_folder_of_one_province_is_not_started_as_another(tmp_path: Path) -> None:
    check(tmp_path)
    seed_note(tmp_path).write_text(json.dumps({"pack": 1, "province": "H42"}))
    check(tmp_path)
    seed_note(tmp_path).write_text(json.dumps({"pack": 1, "province": "H50"}))
    with pytest.raises(OtherProvinceError, match=r"another province \(H50\).*MOTCUA_STATE="):
        check(tmp_path)


def test_after_a_power_cut_another_process_may_have_the_number_of_the_old_suite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_STATE", str(tmp_path))
    note(tmp_path, os.getpid(), psutil.Process().create_time() - 3600)
    check(tmp_path)
    with pytest.raises(NotRunningError):
        running()


def test_a_suite_that_is_gone_left_its_note(tmp_path: Path) -> None:
    note(tmp_path, 2**22 + 1, 0.0)
    check(tmp_path)
