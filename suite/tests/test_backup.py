"""A province comes back as it was at a moment: databases, files, keys, from either copy."""

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from suite.backup import keeper
from suite.backup.catalogue import NoBackupError, backups
from suite.backup.copies import Copies
from suite.backup.drilling import last_drill
from suite.backup.files import ship_keys
from suite.backup.installation import BusyError
from suite.backup.keeper import Keeper
from suite.backup.log import MOST
from suite.backup.rebuilding import RestoreError
from suite.backup.restoring import restore, unfinished
from suite.backup.sealing import DamagedError, Locks, locks
from suite.backup.server import BackupError
from suite.backup.standing import KeeperNote, noted
from suite.testing.copied import Province, at_once, copy_of, damage, quiet


async def test_r_ops_07_every_moment_between_two_backups_comes_back_with_its_files_and_keys(
    province: Province,
) -> None:
    await province.write("before")
    await province.keeper.round()
    assert [one.kind for one in backups(province.place.copies)] == ["full"]
    lost = await province.file(b"a paper")
    moment = await province.write("between")
    await province.write("after")
    await province.ship()
    province.leave()
    lost.unlink()
    (province.place.folder / "keys" / "seal").write_text("another key")

    done = await restore(province.place, moment, quiet)

    assert done is not None
    assert done.troubles == ()
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["before", "between"]
    assert lost.read_bytes() == b"a paper"
    assert (province.place.folder / "keys" / "seal").read_text() == "a key"
    (aside,) = (province.place.folder / "replaced").iterdir()
    assert (aside / "postgres" / "data" / "PG_VERSION").exists()
    assert (aside / "keys" / "seal").read_text() == "another key"


async def test_the_newest_moment_is_all_that_was_shipped(province: Province) -> None:
    await province.keeper.round()
    await province.write("shipped")
    await province.ship()
    province.leave()
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word") == ["shipped"]


async def test_what_changed_since_the_full_backup_is_enough_and_a_restored_province_is_backed_up_again(
    province: Province,
) -> None:
    await province.write("first")
    await province.keeper.round()
    await province.write("second")
    (manifest,) = copy_of(province.place, 0).glob("backups/*/manifest*")
    damage(manifest)  # the other copy is enough
    second = await province.take()
    first, _ = backups(province.place.copies)
    assert (second.kind, second.parent) == ("differential", first.id)
    assert second.size < first.size / 2
    province.leave()
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["first", "second"]
    third = await province.take()
    assert (third.kind, third.timeline) == ("full", 2)
    await province.write("third")
    await province.ship()
    province.leave()
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["first", "second", "third"]


async def test_r31_after_a_restore_to_a_past_moment_the_log_goes_on_and_a_full_backup_begins_the_new_line(
    province: Province,
) -> None:
    await province.write("kept")
    await province.keeper.round()
    moment = await province.write("also kept")
    for word in ("undone", "undone too"):
        await province.ship()
        await province.take()
        await province.write(word)
    await province.ship()
    province.leave()
    await restore(province.place, moment, quiet)
    province.server.start()
    province.keeper = Keeper(province.place, province.server.dsn(), at_once)
    await province.write("after")
    await province.ship()
    assert (backups(province.place.copies)[-1].kind, backups(province.place.copies)[-1].timeline) == (
        "full",
        2,
    )
    province.leave()
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["after", "also kept", "kept"]


async def test_a_second_restore_before_the_new_line_has_a_backup_begins_where_the_first_one_led(
    province: Province,
) -> None:
    await province.write("kept")
    await province.keeper.round()
    moment = await province.write("also kept")
    await province.ship()
    await province.write("undone")
    await province.take()
    await province.ship()
    province.leave()
    await restore(province.place, moment, quiet)
    province.server.start()

    async def nothing(_keeper: Keeper, *_words: str) -> None:
        """No backup comes to an end."""

    province.keeper = Keeper(province.place, province.server.dsn(), nothing)
    await province.write("after")
    await province.ship()
    assert [one.timeline for one in backups(province.place.copies)] == [1, 1]
    province.leave()
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["after", "also kept", "kept"]


async def test_a_log_that_was_lost_while_no_keeper_ran_is_noticed_by_the_next_one(province: Province) -> None:
    await province.keeper.round()
    province.keeper.receiver.stop()
    await province.sql(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active"
    )
    province.keeper = Keeper(province.place, province.server.dsn(), at_once)
    await province.keeper.round()
    assert len(backups(province.place.copies)) == 2
    assert not province.keeper.gap


async def test_the_keeper_has_a_drill_made_when_one_is_due_and_ships_on(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    assert last_drill(province.place.folder) is None
    monkeypatch.setattr(type(province.place), "drill_every", timedelta(0))
    await province.keeper.round()
    await province.keeper.round()
    assert last_drill(province.place.folder) is not None


@pytest.mark.parametrize(("lets_go", "often"), [(True, 1), (False, 0)])
async def test_files_nobody_needs_are_swept_once_a_day_where_the_profile_lets_anything_go(
    province: Province, *, lets_go: bool, often: int
) -> None:
    asked: list[tuple[str, ...]] = []

    async def noting(_keeper: Keeper, *words: str) -> None:
        asked.append(words)

    place = replace(province.place, lets_go=lets_go)
    await province.keeper.round()
    made = Keeper(place, province.server.dsn(), noting)
    await made.round()
    assert asked == []
    if lets_go:
        os.utime(place.work / "swept", (0, 0))
    for _ in range(2):
        await made.round()
    assert asked == [("files", "sweep")] * often


async def test_what_is_made_beside_the_keeper_keeps_no_log_from_the_copies(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    monkeypatch.setattr(keeper, "FOLLOW", 0.1)
    shipped = []

    async def ship(_self: Keeper) -> None:
        shipped.append(datetime.now(UTC))

    monkeypatch.setattr(Keeper, "ship", ship)
    monkeypatch.setenv("MOTCUA_STATE", str(province.place.folder))
    with pytest.raises(BackupError, match="No suite runs here"):
        await keeper.beside(province.keeper, "backup", "run")
    assert len(shipped) > 3


def test_a_keeper_that_never_shipped_anything_says_so() -> None:
    began = datetime.now(UTC)
    told = KeeperNote(at=began, began=began, last="x")
    assert told.problems(began + timedelta(minutes=4)) == []
    late = told.model_copy(update={"at": began + timedelta(minutes=6)})
    assert late.problems(late.at) == ["nothing reached a copy since the keeper began"]


@pytest.mark.parametrize("harm", ["damaged", "gone"])
async def test_either_copy_is_enough_alone(province: Province, harm: str) -> None:
    await province.file(b"a paper")
    await province.write("kept")
    await province.keeper.round()
    province.leave()
    first = copy_of(province.place, 0)
    if harm == "gone":
        shutil.rmtree(first)
    else:
        for path in list(first.rglob("*.age")):
            damage(path)
    shutil.rmtree(province.place.folder / "files")
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word") == ["kept"]
    (paper,) = (path for path in (province.place.folder / "files").rglob("*") if path.is_file())
    assert paper.name == hashlib.sha256(b"a paper").hexdigest()


async def test_what_is_damaged_in_both_copies_is_refused_and_nothing_is_changed(province: Province) -> None:
    await province.write("kept")
    await province.keeper.round()
    province.leave()
    for number in (0, 1):
        for base in copy_of(province.place, number).glob("backups/*/base*"):
            damage(base)
    with pytest.raises(DamagedError, match="whole in no copy"):
        await restore(province.place, None, quiet)
    assert not (province.place.folder / "replaced").exists()
    province.server.start()
    assert await province.sql("select said from word") == ["kept"]


async def test_copies_are_closed_to_whoever_has_not_the_key(province: Province, tmp_path: Path) -> None:
    await province.write("Nguyễn Văn Bí Mật")
    await province.file("Nguyễn Văn Bí Mật".encode())
    await province.keeper.round()
    for number in (0, 1):
        everything = b"".join(path.read_bytes() for path in copy_of(province.place, number).rglob("*.*"))
        assert "Bí Mật".encode() not in everything
        assert b"PG_VERSION" not in everything
    province.leave()
    stranger = locks(tmp_path / "key.txt")
    with pytest.raises(DamagedError):
        await restore(replace(province.place, locks=stranger), None, quiet)
    with pytest.raises(DamagedError, match="there is no key"):
        await restore(replace(province.place, locks=Locks((), tmp_path / "none")), None, quiet)


async def test_a_moment_that_no_backup_reaches_is_refused(province: Province) -> None:
    early = await province.write("early")
    await province.keeper.round()
    province.leave()
    with pytest.raises(NoBackupError, match="the oldest ended at"):
        await restore(province.place, early - timedelta(hours=1), quiet)
    with pytest.raises(RestoreError, match="ends before that moment"):
        await restore(province.place, datetime.now(UTC) + timedelta(hours=1), quiet)


async def test_a_kept_password_that_does_not_open_the_databases_is_named(province: Province) -> None:
    await province.keeper.round()
    province.leave()
    kept = province.place.folder / "postgres" / "superuser.json"
    kept.write_text('{"password": "of another province"}')
    for copy in (province.place.folder / "backup" / "keys").iterdir():
        copy.unlink()
    ship_keys(province.place, "later")
    with pytest.raises(RestoreError, match="does not open the databases"):
        await restore(province.place, None, quiet)


async def test_databases_in_use_are_not_replaced(province: Province) -> None:
    await province.keeper.round()
    with pytest.raises(RestoreError, match="in use by process"):
        await restore(province.place, None, quiet)
    assert await province.sql("select 'here'") == ["here"]


async def test_a_run_cut_short_is_no_backup_and_the_next_one_goes_on(province: Province) -> None:
    await province.keeper.round()
    for number in (0, 1):
        half = copy_of(province.place, number) / "backups" / "20200101T000000Z-full"
        half.mkdir()
        (half / "base.tar.gz.age").write_bytes(b"half")
        (half / "base.tar.gz.age#1").write_bytes(b"less")
        for left in half.iterdir():
            os.utime(left, (0, 0))
        (manifest,) = copy_of(province.place, number).glob("backups/*/manifest*")
        damage(manifest)
    assert len(backups(province.place.copies)) == 1
    assert (await province.take()).kind == "full"  # nobody can tell any more what changed since the last one
    assert len(backups(province.place.copies)) == 2
    assert not list(province.place.work.rglob("20200101*/*"))


async def test_two_do_not_take_a_backup_at_once(province: Province) -> None:
    with province.place.alone(), pytest.raises(BusyError):
        await province.take()


async def test_a_restore_cut_short_between_two_changes_of_place_is_finished_by_the_next(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = await province.write("old")
    await province.keeper.round()
    await province.write("new")
    await province.ship()
    province.leave()
    moves = 0
    rename = Path.rename

    def power_cut(self: Path, to: str) -> Path:
        nonlocal moves
        if "replaced" in str(to) or self.parent.name == "restored":
            moves += 1
            if moves == 2:
                raise KeyboardInterrupt
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", power_cut)
    with pytest.raises(KeyboardInterrupt):
        await restore(province.place, None, quiet)
    monkeypatch.undo()
    assert moment is not None
    assert unfinished(province.place.folder)
    assert not (province.place.folder / "postgres").exists()
    assert await restore(province.place, None, quiet) is None
    assert not unfinished(province.place.folder)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["new", "old"]


async def test_a_full_copy_is_told_stops_nothing_and_is_made_good_later(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = province.place.copies.all
    await province.keeper.round()
    full = copy_of(province.place, 0)
    away = full.with_name("away")
    full.rename(away)
    full.write_text("no folder")  # whatever is written here fails
    await province.write("meanwhile")
    await province.keeper.round()
    told = noted(province.place.folder)
    assert told is not None
    assert [said != "" for said in told.copies.values()] == [True, False]
    assert told.problems(datetime.now(UTC))
    full.unlink()
    away.rename(full)
    await province.write("again")
    await province.keeper.round()
    told = noted(province.place.folder)
    assert told is not None
    assert told.problems(datetime.now(UTC)) == []
    assert set(Copies([first]).sizes("backups")) == set(Copies([second]).sizes("backups"))
    assert {name for name in first.sizes("log") if "partial" not in name} == {
        name for name in second.sizes("log") if "partial" not in name
    }


async def test_when_no_copy_takes_anything_what_waits_has_a_bound(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    assert province.keeper.receiver.process is not None
    monkeypatch.setattr(type(province.keeper.receiver), "waiting", lambda _self: MOST)
    province.keeper.receiver.mind(province.server.dsn())
    assert province.keeper.receiver.process is None
    assert await province.sql("select 'here'") == ["here"]
