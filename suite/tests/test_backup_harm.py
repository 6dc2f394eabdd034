"""Every harm to copies is found and named, and a drill believes nothing that it could not ask."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from suite.backup.catalogue import backups
from suite.backup.checking import verify
from suite.backup.drilling import drill, last_drill
from suite.cli.status import backup_of
from suite.testing.copied import Province, copy_of, damage, quiet

HARMS = [
    ("backups/*/base*", "damage", ""),
    ("backups/*/manifest*", "damage", ""),
    ("backups/*/files.json*", "damage", ""),
    ("log/*[0-9A-F].gz.age", "damage", ""),
    ("files/**/*.age", "damage", ""),
    ("backups/*/base*", "remove", "base.tar is missing"),
    ("backups/*/backup.json", "remove", "there is none"),
    ("log/{first}.gz.age", "remove", "without which this backup is nothing"),
    ("files/**/*.age", "remove", "1 of 2 files are missing"),
    ("files/**/*.age", "swap", "holds something else than was written"),
    ("log/*[0-9A-F].gz.age", "swap", "is another part of the log"),
]


def inflict(harm: str, found: list[Path]) -> None:
    """Damage or remove the first of some files, or put what another one holds in its place."""
    one = found[0]
    if harm == "damage":
        damage(one)
    elif harm == "remove":
        one.unlink()
    else:
        shutil.copyfile(found[1], one)


async def test_every_harm_to_a_copy_is_found_and_named(province: Province) -> None:
    await province.file(b"a paper")
    await province.file(b"another paper")
    await province.keeper.round()
    for word in ("more", "and more"):
        await province.write(word)
        await province.sql("select pg_switch_wal()")
    await province.ship()
    province.keeper.receiver.stop()
    assert verify(province.place, quiet) == []
    (known,), second = backups(province.place.copies), copy_of(province.place, 1)
    whole = second.with_name("whole")
    shutil.copytree(second, whole)
    for pattern, harm, says in HARMS:
        inflict(harm, sorted(second.glob(pattern.format(first=known.first_segment))))
        found = verify(province.place, quiet)
        assert [problem for problem in found if says in problem.says], (pattern, harm, found)
        assert {problem.copy for problem in found} == {second.as_uri()}
        shutil.rmtree(second)
        shutil.copytree(whole, second)
    assert verify(province.place, quiet) == []


async def test_damaged_or_missing_keys_are_found(province: Province) -> None:
    await province.keeper.round()
    (bundle,) = (province.place.work / "keys").iterdir()
    damage(bundle)
    assert [problem.what for problem in verify(province.place, quiet)] == [bundle.name]
    bundle.unlink()
    assert [problem.says for problem in verify(province.place, quiet)] == ["none are kept"]


async def test_a_drill_that_cannot_ask_is_not_passed_and_says_so_in_the_status(province: Province) -> None:
    await province.keeper.round()
    done = await drill(province.place, quiet)
    assert not done.passed
    outcomes = {check.asks: check.outcome for check in done.checks}
    assert outcomes["every service has its database"] == "FAIL"
    assert outcomes["the accounts add up"] == "COULD-NOT-VERIFY"
    assert not (province.place.work / "drill").exists()
    assert last_drill(province.place.folder) == done
    shown = backup_of(province.place.folder, datetime.now(UTC))
    assert shown is not None
    assert "the last drill did not bring the province back whole" in shown["problems"]
    assert shown["drill"] == {"passed": False, "at": done.at}


async def test_a_drill_of_a_damaged_backup_fails_and_touches_nothing(province: Province) -> None:
    await province.write("kept")
    await province.keeper.round()
    for number in (0, 1):
        for base in copy_of(province.place, number).glob("backups/*/base*"):
            damage(base)
    done = await drill(province.place, quiet)
    assert [check.outcome for check in done.checks] == ["FAIL"]
    assert "whole in no copy" in done.checks[0].says
    assert await province.sql("select said from word") == ["kept"]
