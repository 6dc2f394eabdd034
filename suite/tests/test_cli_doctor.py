"""`motcua doctor`: what it finds on a machine, and when it says stop."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from documents.folder import FolderSigner, Holder
from documents.typesetting import render_pdf
from suite.cli.doctor import app
from typer.testing import CliRunner

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder."""
    monkeypatch.setenv("MOTCUA_STATE", str(tmp_path))
    return tmp_path


def doctor() -> tuple[int, dict[str, dict[str, Any]]]:
    """Run `motcua doctor --json`: its exit status, and its findings by subject."""
    result = CliRunner().invoke(app, ["--json"])
    return result.exit_code, {found["subject"]: found for found in json.loads(result.stdout)}


def test_a_demonstration_is_told_from_a_real_installation(state: Path) -> None:
    assert doctor()[1]["demonstration"]["good"] is True
    (state / "signing").mkdir(exist_ok=True)
    signer = FolderSigner(state / "signing", demonstration=True)
    signer.sign(render_pdf("Xin chào", {}), Holder("desk", "Một cửa", "UBND"), "", "", NOW)
    status, found = doctor()
    assert (found["demonstration"]["good"], found["demonstration"]["fatal"]) == (False, False)
    assert status == (0 if all(f["good"] or not f["fatal"] for f in found.values()) else 1)


def test_data_of_a_newer_version_stops_the_start(state: Path) -> None:
    (state / "version.json").write_text('{"state": 999}')
    status, found = doctor()
    assert status == 1
    assert found["data"]["good"] is False
