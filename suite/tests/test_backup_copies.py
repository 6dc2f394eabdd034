"""A copy that takes nothing is told and counts as none until it has what it missed; nothing erased comes back."""

import asyncio
import itertools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from suite.backup import keeper
from suite.backup.catalogue import backups, following, held
from suite.backup.checking import verify
from suite.backup.copies import Copies, Copy, NoCopyError
from suite.backup.drilling import drill
from suite.backup.files import FILES, SEALED, brought
from suite.backup.keeper import GAP, Keeper
from suite.backup.keeping import prune
from suite.backup.restoring import restore
from suite.backup.sealing import DamagedError, Sink
from suite.backup.server import BackupError, log_is_held
from suite.backup.standing import noted
from suite.testing.copied import Province, at_once, copy_of, damage, quiet

TWO_HOURS = 7200


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Give a table of copies that answer every question and take nothing ("all") or nothing large ("large")."""
    full: dict[str, str] = {}
    put, writing = Copy.put, Copy.writing

    def narrow_put(self: Copy, name: str, data: bytes) -> None:
        if full.get(self.url) == "all":
            raise OSError(28, "No space left on device")
        put(self, name, data)

    @contextmanager
    def narrow_writing(self: Copy, name: str) -> Iterator[Sink]:
        if self.url in full:
            raise OSError(28, "No space left on device")
        with writing(self, name) as sink:
            yield sink

    monkeypatch.setattr(Copy, "put", narrow_put)
    monkeypatch.setattr(Copy, "writing", narrow_writing)
    return full


def told(province: Province) -> list[str]:
    """Return what the keeper noted of each copy."""
    note = noted(province.place.folder)
    assert note is not None
    return list(note.copies.values())


def lasting(copy: Copy) -> set[str]:
    """Return what a copy holds for good."""
    return {name for name in copy.sizes("") if ".partial" not in name}


async def test_a_copy_that_lists_and_takes_nothing_is_told_until_it_has_what_it_missed(
    province: Province, narrow: dict[str, str]
) -> None:
    first, second = province.place.copies.all
    await province.keeper.round()
    assert told(province) == ["", ""]
    narrow[second.url] = "all"
    for word in ("meanwhile", "and more"):
        await province.file(word.encode())
        await province.write(word)
        await province.sql("select pg_switch_wal()")
        await province.ship()
        assert [one != "" for one in told(province)] == [False, True]
        assert "No space left" in told(province)[1]
    assert lasting(first) - lasting(second)
    narrow.clear()
    await province.write("again")
    await province.ship()
    assert told(province) == ["", ""]
    assert lasting(first) == lasting(second)


async def test_a_copy_that_comes_back_after_the_other_is_made_good_at_once(
    province: Province, narrow: dict[str, str]
) -> None:
    await province.keeper.round()
    first, second = province.place.copies.all
    for copy in (first, second):
        narrow[copy.url] = "all"
    await province.file(b"meanwhile")
    await province.keeper.round()
    for back, left in ((first, second), (second, None)):
        del narrow[back.url]
        await province.write(f"after {back.url} was back")
        await province.ship()
        await province.keeper.round()
        assert [one != "" for one in told(province)] == [False, left is not None]
    assert lasting(first) == lasting(second)


async def test_a_backup_that_does_not_fit_into_a_copy_is_none_there_though_its_small_record_would(
    province: Province, narrow: dict[str, str]
) -> None:
    first, second = province.place.copies.all
    narrow[second.url] = "large"
    await province.keeper.round()
    assert [len(held(copy)) for copy in (first, second)] == [1, 0]
    await province.write("small things are taken")
    await province.ship()
    assert told(province)[1]
    place = replace(province.place, copies=Copies(province.place.copies.all))
    province.keeper.receiver.stop()
    province.keeper = Keeper(place, province.server.dsn(), at_once)  # another one sees it by itself
    await province.keeper.round()
    assert "2 objects that others hold are missing" in told(province)[1]
    narrow.clear()
    province.keeper._good_not_before = 0
    await province.write("more")
    await province.ship()
    assert [len(held(copy)) for copy in (first, second)] == [1, 1]
    assert told(province) == ["", ""]


@pytest.mark.parametrize("seen_away", [True, False])
async def test_a_file_that_was_dropped_from_the_copies_and_comes_again_is_shipped_again(
    province: Province, *, seen_away: bool
) -> None:
    await province.keeper.round()
    paper = await province.file(b"a common form")
    await province.ship()
    paper.unlink()
    if seen_away:
        await province.ship()
    for copy in province.place.copies.all:  # as another process drops what nobody needs
        copy.delete(list(copy.sizes(FILES)))
    if not seen_away:
        province.place.note_dropped()
    await province.file(b"a common form")
    await province.ship()
    assert [len(copy.sizes(FILES)) for copy in province.place.copies.all] == [1, 1]


async def stored(province: Province, data: bytes) -> Path:
    """Keep a file and ship it."""
    paper = await province.file(data)
    await province.ship()
    return paper


def age(province: Province, *papers: Path) -> None:
    """Make the copies say that they have had these files for two hours."""
    for number, paper in itertools.product((0, 1), papers):
        for path in copy_of(province.place, number).glob(f"{FILES}/**/{paper.name}{SEALED}"):
            os.utime(path, (time.time() - TWO_HOURS,) * 2)


def stored_in_all(province: Province, papers: Iterable[Path]) -> list[bool]:
    """Tell of each file whether every copy holds it."""
    held = [" ".join(copy.sizes(FILES)) for copy in province.place.copies.all]
    return [all(paper.name in names for names in held) for paper in papers]


async def test_what_was_erased_leaves_the_copies_with_the_last_backup_that_may_need_it(
    province: Province,
) -> None:
    await province.keeper.round()
    erased, named, still = [await stored(province, word) for word in (b"erased", b"named", b"still here")]
    age(province, erased)
    erased.unlink()
    await province.take()  # from here on the newest names two of them, and the oldest began a moment ago
    between = await stored(province, b"came and went between two backups")
    age(province, named, still)
    for path in (named, between):
        path.unlink()
    prune(province.place, datetime.now(UTC))
    assert stored_in_all(province, (erased, named, still, between)) == [False, True, True, True]


async def test_where_nobody_can_tell_what_a_backup_needs_no_file_is_dropped(province: Province) -> None:
    await province.keeper.round()
    erased = await stored(province, b"erased")
    age(province, erased)
    erased.unlink()
    for number in (0, 1):
        (files,) = copy_of(province.place, number).glob("backups/*/files.json*")
        damage(files)
    prune(province.place, datetime.now(UTC))
    assert [len(copy.sizes(FILES)) for copy in province.place.copies.all] == [1, 1]


async def test_a_restore_brings_what_belongs_to_the_backup_and_came_since_and_nothing_erased_before(
    province: Province,
) -> None:
    await province.keeper.round()
    named, erased = await stored(province, b"named"), await stored(province, b"erased")
    before = await province.take()
    age(province, named, erased)
    erased.unlink()
    used = await province.take()
    since = await stored(province, b"since")
    assert stored_in_all(province, (named, erased, since)) == [True] * 3  # the older backup needs it still
    assert {name.split("/")[-1] for name in brought(province.place, before)} >= {named.name, erased.name}
    assert {name.split("/")[-1] for name in brought(province.place, used)} == {named.name, since.name}


async def test_a_store_that_stumbles_while_a_backup_is_made_is_noted_and_ends_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    monkeypatch.setattr(keeper, "FOLLOW", 0.1)

    async def stumble(_self: Keeper) -> None:
        raise NoCopyError("503 Slow Down")

    monkeypatch.setattr(Keeper, "ship", stumble)
    monkeypatch.setenv("MOTCUA_STATE", str(province.place.folder))
    with pytest.raises(
        BackupError, match="No suite runs here"
    ):  # what the backup itself says, at its own end
        await keeper.beside(province.keeper, "backup", "run")
    assert "503" in province.keeper.told.trouble


async def test_a_lost_log_that_a_backup_by_hand_finds_first_is_left_to_the_keeper(province: Province) -> None:
    await province.keeper.round()
    province.keeper.receiver.stop()
    drop = "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active"
    deadline = time.monotonic() + 10
    while not await province.sql(drop):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    keeping = province.keeper
    province.keeper = Keeper(province.place, province.server.dsn(), at_once)
    province.keeper.ship = _nothing  # type: ignore[method-assign]
    with pytest.raises(BackupError, match="is the keeper running"):
        await province.take()
    assert not await log_is_held(province.server.dsn())
    await keeping.round()
    assert await log_is_held(province.server.dsn())
    assert len(backups(province.place.copies)) == 2
    assert not keeping.gap


async def _nothing() -> None:
    """Ship nothing."""


async def test_a_keeper_that_ended_before_it_had_begun_anew_is_followed_by_one_that_does(
    province: Province,
) -> None:
    await province.keeper.round()
    await province.ship()
    province.keeper.receiver.stop()
    begun = province.place.spool / "000000010000000000000001.partial"
    begun.touch()
    (province.place.work / GAP).touch()
    after = Keeper(province.place, province.server.dsn(), at_once)
    assert after.gap
    assert not begun.exists()
    await after.round()
    assert len(backups(province.place.copies)) == 2
    assert not after.gap


async def test_a_part_of_the_log_that_every_copy_lost_is_told_by_all_and_healed_by_the_keeper(
    province: Province,
) -> None:
    await province.keeper.round()
    for word in ("first", "second", "third"):
        await province.write(word)
        await province.sql("select pg_switch_wal()")
    await province.ship()
    province.keeper.receiver.stop()
    (last,) = backups(province.place.copies)
    lost = following(following(last.last_segment))
    for copy in province.place.copies.all:
        copy.delete([f"log/{lost}{SEALED}"])
    said = [one.says for one in verify(province.place, quiet)]
    assert said == [f"from {lost} on the log has a gap, and nothing behind it comes back"] * 2
    failed = await drill(province.place, quiet)
    assert (failed.passed, f"The log lacks {lost}: name a moment before 20" in failed.checks[0].says) == (
        False,
        True,
    )
    province.keeper = Keeper(
        province.place, province.server.dsn(), at_once
    )  # whoever lost it may not have known
    await province.keeper.round()
    assert len(backups(province.place.copies)) == 2
    assert not province.keeper.gap
    await province.ship()
    assert verify(province.place, quiet)[2:] == []


async def test_a_damaged_end_of_the_log_keeps_no_earlier_moment_from_coming_back(province: Province) -> None:
    await province.keeper.round()
    moment = await province.write("before")
    for word in ("after", "and after"):
        await province.write(word)
        await province.sql("select pg_switch_wal()")
    await province.ship()
    province.leave()
    for number in (0, 1):
        damage(sorted(copy_of(province.place, number).glob(f"log/*[0-9A-F]{SEALED}"))[-1])
    with pytest.raises(DamagedError, match="whole in no copy"):
        await restore(province.place, None, quiet)
    assert await restore(province.place, moment, quiet) is not None
    province.server.start()
    assert await province.sql("select said from word") == ["before"]
