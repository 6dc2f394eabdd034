"""The scan for known weaknesses: green only when everything was looked up; each way of being red is seen."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from suite.check.advisories import StaleError, about, read_advisories, served
from suite.check.scan import CLEAN, NOT_SCANNED, WEAK, judged, listed, main, pinned
from suite.run.places import checkout

LOCK = (
    "orjson==3.11.0 ; python_version < '4' \\\n    --hash=a:0\nTyping_Extensions==4.15.0 \\\n    --hash=a:1\n"
)
ASKED = pinned(LOCK)
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def answer(*weak: str, left_out: tuple[str, ...] = ()) -> str:
    """Write what the auditor answers: some weak, some skipped."""
    found: list[dict[str, Any]] = []
    for name, version in ASKED:
        if name in left_out:
            found.append({"name": name, "skip_reason": "not found"})
            continue
        vulns = [{"id": "GHSA-1", "fix_versions": ["9.9"]}] if name in weak else []
        found.append({"name": name, "version": version, "vulns": vulns})
    return json.dumps({"dependencies": found})


def test_everything_that_is_pinned_is_asked_for() -> None:
    assert list(ASKED) == [("orjson", "3.11.0"), ("typing-extensions", "4.15.0")]
    lock = (checkout() / "requirements.lock").read_text()
    assert len(pinned(lock)) == sum(
        1 for line in lock.splitlines() if "==" in line and not line.startswith(" ")
    )
    parts = [{"name": "Pillow_Heif", "version": "1.0"}, {"name": "motcua-intake", "version": "0.1.0"}]
    assert list(listed(json.dumps({"components": parts}))) == [("pillow-heif", "1.0")]


@pytest.mark.parametrize(
    ("status", "output", "expected", "says"),
    [
        (0, answer(), CLEAN, "2 libraries, none"),
        (1, answer("orjson"), WEAK, "orjson 3.11.0: GHSA-1, mended in 9.9"),
        (0, answer(left_out=("orjson",)), NOT_SCANNED, "1 libraries were not looked up: orjson"),
        (0, '{"dependencies": []}', NOT_SCANNED, "2 libraries were not looked up"),
        (1, answer(), NOT_SCANNED, "NOT SCANNED"),
        (1, "", NOT_SCANNED, "Connection refused"),
        (0, "not JSON", NOT_SCANNED, "Connection refused"),
    ],
)
def test_what_could_not_be_looked_up_is_never_green(
    status: int, output: str, expected: int, says: str
) -> None:
    verdict = judged(ASKED, status, output, "Traceback\nConnection refused")
    assert (verdict.status, says in verdict.text) == (expected, True), verdict


def test_without_network_the_command_is_red(tmp_path: Path) -> None:
    told = {
        **os.environ,
        "UV_OFFLINE": "1",
        "UV_CACHE_DIR": str(tmp_path / "empty"),
        "UV_TOOL_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "suite.check.scan", "--source", "http://127.0.0.1:9/v1/query"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == NOT_SCANNED
    assert done.stdout.startswith("NOT SCANNED")


def advisory(**part: Any) -> dict[str, Any]:
    package = {"package": {"name": "orjson", "ecosystem": "PyPI"}}
    return {"id": "GHSA-2", "modified": NOW.isoformat(), "affected": [{**package, **part}]}


RANGE = [{"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}, {"fixed": "3.12.1"}]}]


@pytest.mark.parametrize(
    ("part", "version", "expected"),
    [
        ({"versions": ["3.11.0"]}, "3.11.0", True),
        ({"versions": ["3.11.0"]}, "3.11.1", False),
        ({"ranges": RANGE}, "2.9", False),
        ({"ranges": RANGE}, "3.11.0", True),
        ({"ranges": RANGE}, "3.12.1", False),
        ({"ranges": RANGE}, "what", True),
    ],
)
def test_an_advisory_is_about_its_versions(part: dict[str, Any], version: str, expected: bool) -> None:
    assert bool(about({"orjson": [advisory(**part)]}, "orjson", version)) is expected


def test_a_folder_answers_for_a_machine_without_network(tmp_path: Path) -> None:
    (tmp_path / "GHSA-2.json").write_text(json.dumps(advisory(versions=["3.11.0"])))
    with served(read_advisories(tmp_path, NOW)) as address:
        for name, ids in (("orjson", ["GHSA-2"]), ("typer", [])):
            question = {"package": {"name": name, "ecosystem": "PyPI"}, "version": "3.11.0"}
            asked = urllib.request.Request(address, json.dumps(question).encode(), method="POST")
            told = json.loads(urllib.request.urlopen(asked, timeout=5).read())
            assert [one["id"] for one in told.get("vulns", ())] == ids


def test_advisories_of_long_ago_are_no_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "GHSA-2.json").write_text(json.dumps(advisory(versions=["3.11.0"])))
    with pytest.raises(StaleError):
        read_advisories(tmp_path, NOW + timedelta(days=15))
    (tmp_path / "empty").mkdir()
    assert main(["--advisories", str(tmp_path / "empty")]) == NOT_SCANNED
    assert capsys.readouterr().out.startswith("NOT SCANNED")


def test_each_image_holds_the_list_of_what_is_in_it_written_by_the_stage_it_comes_from() -> None:
    """Read from the Dockerfile: no image is built here, `make deploy-test` builds them."""
    stages: dict[str, str] = {}
    for part in re.split(r"(?m)^FROM ", (checkout() / "deploy/docker/Dockerfile").read_text())[1:]:
        stages[part.split("\n", 1)[0].split(" AS ")[1].strip()] = part
    bases = {name: part.split(" ", 1)[0] for name, part in stages.items()}
    images = [name for name, part in stages.items() if "image.description" in part]
    assert {"suite", "backup", "gateway"} <= set(images)
    for image in images:
        holder = image
        while "/usr/share/doc/motcua" not in stages[holder]:
            holder = bases[holder]
        copied = re.search(r"COPY --from=(\w+) /opt/sbom /usr/share/doc/motcua", stages[holder])
        assert copied, image
        assert (
            "cyclonedx-py environment" in stages[copied[1]]
            or "cyclonedx-py environment" in stages[bases[copied[1]]]
        )
        assert "-o /opt/sbom/motcua.cdx.json" in stages[copied[1]] + stages.get(bases[copied[1]], "")
