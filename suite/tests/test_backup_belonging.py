"""Copies of another province are never shipped over, and a key that is lost is not quietly replaced."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from suite.backup.belonging import note_recipients, refuse_others, sealed_for, set_aside
from suite.backup.catalogue import RECORD, Records, backups, records
from suite.backup.copies import Copies, Copy
from suite.backup.installation import Installation, installation_at
from suite.backup.keeper import Keeper
from suite.backup.sealing import RECIPIENTS, KeyLostError, locks
from suite.backup.server import BackupError
from suite.backup.standing import note_trouble, noted
from suite.backup.taking import take
from suite.cli.backup import app
from suite.testing.copied import Province, at_once, copied_by_hand, quiet
from typer.testing import CliRunner

OTHER = 4711
NAME = "20261101T000000Z-full"


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """Copies of another province, sealed for the key that lies here."""
    made = installation_at(tmp_path, (tmp_path / "files").as_uri())
    copied_by_hand(made, NAME, datetime.now(UTC), system=OTHER)
    note_recipients(made)
    return made


def contents(place: Installation) -> list[dict[str, bytes]]:
    """Return everything that each copy holds."""
    return [{name: copy.get(name) for name in copy.sizes("")} for copy in place.copies.all]


def test_a_server_made_anew_is_refused_and_its_own_is_not(place: Installation) -> None:
    known = records(place.copies)
    with pytest.raises(BackupError, match="of another province: bring it back first"):
        refuse_others(place, known, 1)
    refuse_others(place, known, OTHER)
    refuse_others(place, Records([], frozenset()), 1)
    with pytest.raises(BackupError, match=f"No record of a backup can be read .{NAME}"):
        refuse_others(place, Records([], frozenset({NAME})), 1)


async def test_a_keeper_ships_nothing_over_another_province_until_that_is_set_aside(
    province: Province,
) -> None:
    await province.keeper.round()
    await province.file(b"a paper")
    await province.ship()
    province.keeper.receiver.stop()
    place = province.place
    (theirs,) = (one.id for one in backups(place.copies))
    for copy in place.copies.all:
        told = json.loads(copy.get(f"backups/{theirs}/{RECORD}")) | {"system_id": OTHER}
        copy.put(f"backups/{theirs}/{RECORD}", json.dumps(told).encode())
    before, keys = contents(place), place.keys.sizes("")
    province.keeper = Keeper(place, province.server.dsn(), at_once)
    await province.write("of ours")
    await province.keeper.round()
    assert contents(place) == before
    assert "of another province" in noted(place.folder).trouble  # type: ignore[union-attr]
    with pytest.raises(BackupError, match="--adopt"):
        await take(place, province.server.dsn(), quiet, province.keeper.ship)

    done = await take(place, province.server.dsn(), quiet, province.keeper.ship, adopt=True)

    assert [one.id for one in backups(place.copies)] == [done.id]
    aside = [Copy(f"{copy.url}/of-{OTHER}") for copy in place.copies.all]
    assert [one.id for one in backups(Copies(aside))] == [theirs]
    assert [{name: copy.get(name) for name in copy.sizes("")} for copy in aside] == before
    assert Copy(f"{place.keys.url}/of-{OTHER}").sizes("") == keys
    assert [len(copy.sizes("files")) for copy in place.copies.all] == [1, 1]  # ours were shipped again


def test_what_is_ours_is_not_set_aside(place: Installation) -> None:
    before = contents(place)
    set_aside(place, records(place.copies), OTHER)
    assert contents(place) == before


@pytest.mark.parametrize("told", [True, False])
def test_a_lost_key_is_not_replaced_and_every_command_says_which_one_is_missing(
    place: Installation, monkeypatch: pytest.MonkeyPatch, *, told: bool
) -> None:
    key = place.folder / "backup-key" / "key.txt"
    (theirs,) = sealed_for(place.copies)
    key.unlink()
    if not told:  # copies of a version that did not write it down
        for copy in place.copies.all:
            copy.delete([RECIPIENTS])
    monkeypatch.setenv("MOTCUA_STATE", str(place.folder))
    for command in ("list", "verify", "drill", "restore", "mirror"):
        said = CliRunner().invoke(app, [command])
        assert said.exit_code == 1
        assert f"There is no key at {key}" in said.stderr
        assert (theirs in said.stderr) == told
    assert not key.exists()


def test_whether_a_key_is_lost_must_be_known_before_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy").write_text("no folder")
    monkeypatch.setenv("MOTCUA_BACKUP_COPIES", (tmp_path / "copy").as_uri())
    with pytest.raises(KeyLostError, match="cannot be asked"):
        installation_at(tmp_path / "state", tmp_path.as_uri())
    assert not list(tmp_path.glob("**/key.txt"))


def test_another_key_than_the_copies_are_sealed_for_is_refused(place: Installation, tmp_path: Path) -> None:
    other = replace(place, locks=locks(tmp_path / "other.txt"))
    with pytest.raises(
        BackupError, match=f"sealed for {place.locks.own}, and the key here is of {other.locks.own}"
    ):
        refuse_others(other, records(place.copies), OTHER)
    both = replace(place, locks=locks(tmp_path / "other.txt", [place.locks.own]))
    note_recipients(both)
    refuse_others(place, records(place.copies), OTHER)  # who may open them too is no stranger


def test_what_keeps_the_keeper_from_its_work_stands_in_the_status(place: Installation) -> None:
    now = datetime.now(UTC)
    note_trouble(place.folder, "There is no key", now)
    told = noted(place.folder)
    assert told is not None
    assert told.problems(now) == ["There is no key"]
    (place.work / "standing.json").write_text("")  # as a power cut leaves it
    assert noted(place.folder) is None
