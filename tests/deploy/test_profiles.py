"""Another province's regulation, a virus scanner and the watchers, all at once beside the same services."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from composed.containers import Containers, engine
from composed.province import Province

pytestmark = pytest.mark.deploy
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# Debian has neither of the two.
WITHOUT = "services: {grafana: {profiles: !override [never]}, collector: {profiles: !override [never]}}\n"
TOLD = {
    "PROFILE": "thai-nguyen",
    "COMPOSE_PROFILES": "demo,antivirus,observe",
    "MOTCUA_CLAMD_HOST": "clamd",
    **{f"{name.upper()}_IMAGE": f"localhost/{name}:ci" for name in ("clamd", "prometheus", "alertmanager")},
}
PATIENCE = 60.0  # seconds until Prometheus has asked everybody


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    """Give Thái Nguyên, scanned and watched."""
    found = Containers("motcua-other", tmp_path_factory.mktemp("other"), **TOLD)
    found.down()
    without = found.folder / "without.yml"
    without.write_text(WITHOUT)
    found.extra = (without,)
    found.compose("run", "--rm", "init")
    try:
        print(f"\nThái Nguyên is healthy after {found.up():.0f} s")
        yield found
    finally:
        found.down()


def test_its_pages_wear_its_name_and_the_main_job_is_played(other: Containers, tmp_path: Path) -> None:
    assert "Thái Nguyên" in httpx.get(f"{other.url}/", follow_redirects=True).text
    command = [sys.executable, "-m", "suite.cli", "demo", "--url", other.url, "--folder", str(tmp_path)]
    done = subprocess.run([*command, "--profile", "thai-nguyen"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "H55." in done.stdout


def test_the_scanner_finds_what_it_knows(other: Containers) -> None:
    asked = (
        "import asyncio, sys; from files.antivirus import Clamd; scanner = Clamd('clamd', 3310);"
        "print(*(asyncio.run(scanner.scan(what)).state.value for what in (sys.argv[1].encode(), b'paper')))"
    )
    answer = engine("exec", other.ids("intake-api")[0], "python", "-c", asked, EICAR)
    assert answer.split() == ["infected", "clean"]


async def test_every_file_of_the_main_job_was_scanned(other: Containers) -> None:
    rows = await Province(other).fetch("intake", "select scan, count(*) from attachment group by 1")
    assert {row["scan"] for row in rows} == {"clean"}


def test_prometheus_hears_from_every_process_and_its_rules_are_quiet(other: Containers) -> None:
    running = {
        name.removeprefix("motcua-other-").rpartition("-")[0]
        for name in other.states()
        if name.rsplit("-", 2)[-2] in {"api", "worker"}
    }
    ends = time.monotonic() + PATIENCE
    while (heard := _heard(other)) < running and time.monotonic() < ends:
        time.sleep(1)
    assert heard >= running
    told = _asked(other, "/api/v1/rules")["data"]["groups"]
    assert all(rule["health"] in {"ok", "unknown"} for group in told for rule in group["rules"])
    assert _asked(other, "/api/v1/alertmanagers")["data"]["activeAlertmanagers"]


def _heard(other: Containers) -> set[str]:
    """Return the jobs all of whose targets answer."""
    targets = _asked(other, "/api/v1/targets")["data"]["activeTargets"]
    ill = {one["labels"]["job"] for one in targets if one["health"] != "up"}
    return {one["labels"]["job"] for one in targets} - ill


def _asked(other: Containers, path: str) -> Any:
    assert other.ids("prometheus")
    return json.loads(httpx.get(f"http://127.0.0.1:9090{path}").text)
