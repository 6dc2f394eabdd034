"""Each runbook of the copies carried out once, beside a province of its own whose keeper ships each second."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rig.watch import MEANWHILE, ROOM, SHARED_MEMORY, Watch, rule, until
from suite.backup.asking import Check
from suite.backup.catalogue import Backup, written
from suite.backup.drilling import DRILL, Drill
from suite.backup.sealing import locks
from suite.backup.standing import note
from suite.run.places import free_port
from suite.run.processes import die_with_parent
from suite.testing.copied import damage

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@dataclass
class Copies:
    """Two places for copies, and the keeper that ships there each second."""

    places: tuple[Path, Path]
    state: Path
    log: Path

    @property
    def work(self) -> Path:
        """Return where the keeper of this province keeps its notes."""
        return self.state / "backup"

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Hold what a backup, drill or restore holds that does not come to its end."""
        with (self.work / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def age(self, by: timedelta) -> None:
        """Have every backup be taken so long before; the records bear the mark of the province all the same."""
        own = locks(self.state / "backup-key" / "key.txt")
        for record in [one for place in self.places for one in place.glob("backups/*/backup.json")]:
            known = Backup.model_validate_json(record.read_bytes())
            earlier = {"began_at": known.began_at - by, "ended_at": known.ended_at - by}
            record.write_bytes(written(known.model_copy(update=earlier), own))

    def take_away(self, number: int) -> None:
        """Let nothing be written to a copy any more: a file stands where its folder was."""
        place = self.places[number]
        place.rename(place.with_suffix(".away"))
        place.write_text("somebody unplugged it")

    def bring_back(self, number: int) -> None:
        """Let the copy be there again."""
        place = self.places[number]
        place.unlink()
        place.with_suffix(".away").rename(place)


@pytest.fixture(scope="module")
def copies(watch: Watch) -> Iterator[Copies]:
    folder, port = Path(tempfile.mkdtemp(dir=SHARED_MEMORY)), free_port()
    made = Copies((folder / "1", folder / "2"), watch.suite.running.state, folder / "keeper.log")
    watch.told |= {
        "MOTCUA_BACKUP_COPIES": " ".join(place.as_uri() for place in made.places),
        "MOTCUA_BACKUP_FIRST": "0",
        "MOTCUA_BACKUP_SHIP": "1",
        "MOTCUA_BACKUP_RESERVE": "0",
    }
    command = [sys.executable, "-m", "suite.cli", "backup", "keep", "--watch-port", str(port)]
    log = made.log.open("wb")
    keeper = subprocess.Popen(
        command,
        env={**os.environ, **watch.told, "MOTCUA_STATE": str(made.state)},
        stdout=log,
        stderr=log,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - tests start programs from their only thread
    )
    watch.targets["keeper"] = ("backup", port)
    watch.reads_also("keeper", "backup", port)
    try:
        deadline = time.monotonic() + MEANWHILE
        while not list(made.places[1].glob("backups/*/backup.json")):
            assert time.monotonic() < deadline, made.log.read_text()[-2000:]
            time.sleep(0.2)
        yield made
    finally:
        keeper.terminate()
        keeper.wait(30)
        log.close()
        shutil.rmtree(folder)


async def test_runbook_copiesbehind_one_place_is_brought_back_and_it_is_over(
    watch: Watch, copies: Copies
) -> None:
    await watch.ends("CopiesBehind")
    copies.take_away(0)
    copies.take_away(1)
    try:
        await watch.fires("CopiesBehind")
        assert "copy" in watch.motcua("status", status=1)
    finally:
        copies.bring_back(0)
    await watch.ends("CopiesBehind")
    copies.bring_back(1)
    await watch.ends("CopyAway")  # the one that came back first was made good while the other was away


async def test_runbook_copydiskfull_the_place_is_enlarged(watch: Watch, copies: Copies) -> None:
    filler, bound = copies.places[0].parent / "filler", shutil.disk_usage(SHARED_MEMORY).free - ROOM
    little = re.sub(r"< [\de]+", f"< {bound}", rule("CopyDiskFull"))
    assert not watch.prometheus.ask(little)
    filler.write_bytes(bytes(2 * ROOM))
    try:
        await until(lambda: watch.prometheus.ask(little), "CopyDiskFull fires")
    finally:
        filler.unlink()
    await until(lambda: not watch.prometheus.ask(little), "CopyDiskFull is over")


async def test_runbook_copyaway_the_place_is_brought_back_and_made_good_by_itself(
    watch: Watch, copies: Copies
) -> None:
    await watch.ends("CopyAway")
    copies.take_away(1)
    try:
        await watch.fires("CopyAway", copy="2")
        assert "copy" in watch.motcua("status", status=1)
        assert await copied_now(copies.places[0])  # the other one is enough
    finally:
        copies.bring_back(1)
    await watch.ends("CopyAway")
    names = [{path.name for path in place.glob("backups/*/*")} for place in copies.places]
    assert names[0] == names[1]


async def copied_now(place: Path) -> bool:
    """Wait until something more lies in a copy."""
    before = time.time()

    def is_newer() -> bool:
        return any(path.stat().st_mtime > before for path in place.glob("log/*.age"))

    return bool(await until(is_newer, "something more is copied"))


async def test_runbook_drillfailed_verify_names_the_damage_and_a_full_backup_comes_back(
    watch: Watch, copies: Copies
) -> None:
    await watch.ends("DrillFailed")
    for base in [one for place in copies.places for one in place.glob("backups/*/base*")]:
        damage(base)
    assert "whole in no copy" in watch.motcua("backup", "drill", status=1)
    await watch.fires("DrillFailed")
    assert "did not bring the province back whole" in watch.motcua("status", status=1)
    assert "base.tar" in watch.motcua("backup", "verify", status=1)
    watch.motcua("backup", "run", "--full")
    assert "FAIL" not in watch.motcua("backup", "drill")
    await watch.ends("DrillFailed")


async def goes(watch: Watch, *words: str) -> str:
    """Give a command until it goes: the keeper may be at the same thing."""
    said: list[str] = []

    def work() -> bool:
        ended, words_said = watch.tried(*words)
        said.append(words_said)
        return ended == 0

    await until(work, f"{words} goes; it said {said}")
    return said[-1]


async def test_runbook_drilllate_what_hangs_is_ended_and_a_drill_is_made(
    watch: Watch, copies: Copies
) -> None:
    passed = Check(asks="the province comes back", outcome="PASS")
    note(copies.work, Drill(at=datetime.now(UTC) - timedelta(days=3), checks=(passed,)), DRILL)
    with copies.hanging():
        await watch.fires("DrillLate")
        assert "the last drill is from" in watch.motcua("status", status=1)
        await until(lambda: "is at work here" in copies.log.read_text(), "the keeper's log says why")
    assert "PASS" in await goes(watch, "backup", "drill")
    await watch.ends("DrillLate")


async def test_runbook_backuplate_what_hangs_is_ended_and_a_backup_is_taken(
    watch: Watch, copies: Copies
) -> None:
    await watch.ends("BackupLate")
    with copies.hanging():
        copies.age(timedelta(days=3))
        await watch.fires("BackupLate")
        assert "the last backup is from" in watch.motcua("status", status=1)
        await until(lambda: "is at work here" in copies.log.read_text(), "the keeper's log says why")
    assert "in 2 of 2 copies" in await goes(watch, "backup", "run")
    await watch.ends("BackupLate")
