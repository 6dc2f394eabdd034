"""The suite in containers starts whole, does its job, and whatever befalls a part loses or repeats no dossier."""

import asyncio
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from composed.containers import ContainerError, Containers, engine
from composed.province import Province
from rig.run import Run, assert_whole, load_on
from suite.run.manifest import manifests

pytestmark = pytest.mark.deploy
RATE = 5.0  # submissions a second: light, for everything they cause runs on the same two cores
CALM, STRUCK = 2.0, 5.0  # seconds of load before and between the strikes, and of each strike
LONG = 150.0  # seconds until the last citizen is answered
PARTS = ("postgres", "rabbitmq", "redis", "objects", "intake-worker")
SERVICES = [name for name, told in manifests().items() if told.runs]


def test_every_container_is_well_and_every_job_is_done(containers: Containers) -> None:
    states = containers.states()
    assert set(states.values()) <= {"healthy", "exited 0"}, states
    jobs = {
        name.rsplit("-", 1)[0].removeprefix("motcua-test-")
        for name, how in states.items()
        if how == "exited 0"
    }
    assert jobs == {"migrate", "topology", "seed", "bucket"}
    for name in states:
        told = containers.inspected(name)["HostConfig"]
        if "motcua:ci" in containers.inspected(name)["Config"]["Image"]:
            assert (told["ReadonlyRootfs"], told["CapDrop"]) == (True, ["ALL"])


def test_the_main_job_is_played_through_the_edge(containers: Containers, tmp_path: Path) -> None:
    _play(containers, tmp_path)


def _play(containers: Containers, folder: Path) -> None:
    command = [sys.executable, "-m", "suite.cli", "demo", "--url", containers.url, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(folder.glob("*.pdf"))) == 4


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_without_network_and_a_frozen_part_lose_and_repeat_nothing(
    province: Province, part: str, tmp_path: Path
) -> None:
    async def strike() -> None:
        for befalls in (province.containers.disconnected, province.containers.frozen):
            await asyncio.sleep(CALM)
            with befalls(part):
                await asyncio.sleep(STRUCK)

    await _whole_while(province, strike(), tmp_path, f"{part} without network, then frozen")


async def test_rolling_every_service_loses_and_repeats_nothing(province: Province, tmp_path: Path) -> None:
    async def roll() -> None:
        for name in SERVICES:
            roles = [
                f"{name}-{role}"
                for role in (manifests()[name].runs if manifests()[name].database else ("api",))
            ]
            await asyncio.to_thread(province.containers.up, *roles, recreate=True)

    await _whole_while(province, roll(), tmp_path, f"{len(SERVICES)} services rolled", rate=2.0)


async def test_scaling_intake_to_three_and_back_loses_and_repeats_nothing(
    province: Province, tmp_path: Path
) -> None:
    containers, served = province.containers, list[int]()

    async def scale() -> None:
        await asyncio.to_thread(containers.up, "intake-api", scale="intake-api=3")
        await asyncio.sleep(3 * STRUCK)
        served.extend(_requests(one) for one in containers.ids("intake-api"))
        await asyncio.to_thread(containers.up, "intake-api", scale="intake-api=1")

    await _whole_while(province, scale(), tmp_path, "intake scaled to three and back")
    assert len(served) == 3
    assert min(served) > 0, f"some instance answered nobody: {served}"
    assert len(containers.ids("intake-api")) == 1


def _requests(container: str) -> int:
    """Return how many submissions one instance of intake answered."""
    ask = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:9464/metrics').read().decode())"
    lines = engine("exec", container, "python", "-c", ask).splitlines()
    counted = [line for line in lines if "POST" in line and "/dossiers" in line and "_count" in line]
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in counted))


async def _whole_while(
    province: Province, befalling: Coroutine[Any, Any, None], folder: Path, title: str, rate: float = RATE
) -> None:
    """Let citizens submit while something befalls the containers, and judge what became of their dossiers."""
    load = load_on(province, folder / "ledger.jsonl")
    load.rate = rate
    run = await Run(province, load, title).begin()
    ending = asyncio.Event()

    async def befall() -> None:
        try:
            await befalling
        finally:
            ending.set()

    await asyncio.gather(load.run_until(ending.is_set, LONG), befall())
    outcome = await run.judged(f"{len(load.ledger.names())} accepted meanwhile")
    assert_whole(outcome, load, mail_copies=2)


def test_a_wrong_password_is_seen(containers: Containers, tmp_path: Path) -> None:
    """The wait for health is no formality: what cannot reach its database makes the start fail."""
    (tmp_path / "wrong").write_text("postgresql://stats:wrong@postgres/stats")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(f"secrets: {{motcua_stats_database_url: !override {{file: {tmp_path / 'wrong'}}}}}\n")
    (tmp_path / "wrong").chmod(0o644)
    containers.extra = (wrong,)
    try:
        with pytest.raises(ContainerError, match="stats-api"):
            containers.compose(
                "up",
                "-d",
                "--no-build",
                "--no-deps",
                "--force-recreate",
                "--wait",
                "--wait-timeout",
                "60",
                "stats-api",
            )
    finally:
        containers.extra = ()
        containers.up("stats-api", recreate=True)


def test_after_all_that_the_main_job_is_played_again(containers: Containers, tmp_path: Path) -> None:
    _play(containers, tmp_path)
