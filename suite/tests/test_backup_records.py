"""What cannot be read is not absent: it is swept by nobody, keeps all that it may need, and is named."""

import itertools
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from suite.backup.catalogue import RECORD, records
from suite.backup.checking import verify
from suite.backup.copies import Copy
from suite.backup.installation import Installation, installation_at
from suite.backup.keeping import prune
from suite.backup.taking import sweep
from suite.testing.copied import copied_by_hand, copy_of, quiet

NOW = datetime.now(UTC)
OLD, NEW = "20261101T000000Z-full", f"{NOW:%Y%m%dT%H%M%SZ}-full"


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """Copies of a province that took two backups, the older one long ago."""
    made = installation_at(tmp_path, (tmp_path / "files").as_uri())
    copied_by_hand(made, OLD, NOW - timedelta(days=30), segments=(2, 3))
    copied_by_hand(made, NEW, NOW, segments=(9, 10))
    return made


def age(place: Installation) -> None:
    """Make everything in the copies two hours old."""
    for number in (0, 1):
        for path in copy_of(place, number).rglob("*"):
            os.utime(path, (time.time() - 7200,) * 2)


def held(place: Installation) -> list[set[str]]:
    """Return what each copy holds."""
    return [set(copy.sizes("")) for copy in place.copies.all]


def spoil(place: Installation, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no copy tell what the record of the older backup says."""
    read = Copy.get

    def stumble(self: Copy, name: str) -> bytes:
        if OLD in name:
            raise OSError(5, "Input/output error")
        return read(self, name)

    if how == "store":
        monkeypatch.setattr(Copy, "get", stumble)
        return
    for copy in place.copies.all:
        told = json.loads(copy.get(f"backups/{OLD}/{RECORD}")) | {"kind": "incremental"}
        copy.put(f"backups/{OLD}/{RECORD}", b"" if how == "empty" else json.dumps(told).encode())


@pytest.mark.parametrize("how", ["store", "empty", "newer"])
def test_a_backup_whose_record_cannot_be_read_is_neither_swept_nor_pruned_over(
    place: Installation, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    for copy in place.copies.all:  # perhaps only the older one names it
        copy.put("files/clean/aa/bb/paper.gz.age", place.locks.sealed(b"a paper"))
    spoil(place, how, monkeypatch)
    age(place)
    before = held(place)
    sweep(place.copies)
    prune(place, NOW)
    assert held(place) == before
    assert records(place.copies).unread == {OLD}
    assert [one.what for one in verify(place, quiet) if one.says == "cannot be read"] == [
        f"backups/{OLD}/{RECORD}"
    ] * 2


def test_one_that_another_copy_can_read_is_a_backup_like_any_other(place: Installation) -> None:
    later = "20261107T000000Z-full"
    copied_by_hand(place, later, NOW - timedelta(days=20), segments=(9, 9))
    place.copies.all[0].put(f"backups/{OLD}/{RECORD}", b"")
    assert [one.id for one in records(place.copies).read] == [OLD, later, NEW]
    assert not records(place.copies).unread
    prune(place, NOW)
    assert [one.id for one in records(place.copies).read] == [later, NEW]
    assert [name for name in place.copies.sizes("log") if name < "log/000000010000000000000009"] == []


def test_only_what_has_a_record_nowhere_and_is_no_more_written_is_swept(place: Installation) -> None:
    half, fresh = "20261102T000000Z-full", "20261103T000000Z-full"
    for copy in place.copies.all:
        copy.put(f"backups/{half}/base.tar.gz.age", b"half")
    place.copies.all[0].delete([f"backups/{OLD}/{RECORD}"])  # the other one has it
    age(place)
    place.copies.all[0].put(f"backups/{fresh}/base.tar.gz.age", b"at work")
    sweep(place.copies)
    names = {name.split("/")[1] for name in place.copies.all[0].sizes("backups")}
    assert names == {OLD, NEW, fresh}


def test_nothing_is_swept_while_a_copy_does_not_tell_what_it_holds(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = place.copies.all
    first.delete([f"backups/{OLD}/{RECORD}"])
    age(place)
    sizes = Copy.sizes

    def away(self: Copy, prefix: str) -> dict[str, int]:
        if self is second:
            raise OSError(112, "Host is down")
        return sizes(self, prefix)

    monkeypatch.setattr(Copy, "sizes", away)
    sweep(place.copies)
    monkeypatch.undo()
    assert [f"backups/{OLD}/base.tar.gz.age" in copy.sizes("") for copy in (first, second)] == [True, True]


def test_a_copy_that_alone_knows_a_backup_keeps_its_log_when_it_did_not_answer_in_time(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = place.copies.all
    copied_by_hand(place, "20261107T000000Z-full", NOW - timedelta(days=20), segments=(9, 9))
    first.delete(list(first.sizes(f"backups/{OLD}")))
    sizes, asked = Copy.sizes, itertools.count()

    def late(self: Copy, prefix: str) -> dict[str, int]:
        if self is second and next(asked) == 0:
            raise OSError(110, "Connection timed out")
        return sizes(self, prefix)

    monkeypatch.setattr(Copy, "sizes", late)
    prune(place, NOW)
    old = "log/000000010000000000000002.gz.age"
    assert [old in copy.sizes("log") for copy in (first, second)] == [False, True]


@pytest.mark.parametrize("how", ["small", "large"])
def test_what_a_folder_took_is_there_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    copy, synced, really = Copy(tmp_path.as_uri()), set[int](), os.fsync

    def noting(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    if how == "small":
        copy.put("log/one", b"x")
    else:
        with copy.writing("log/one") as sink:
            sink.write(b"x")
            assert copy.sizes("") == {}  # while it is written it is none
    lasting = {path.stat().st_ino for path in (tmp_path, tmp_path / "log", tmp_path / "log/one")}
    assert lasting <= synced
    assert copy.get("log/one") == b"x"


def test_a_writer_that_fails_leaves_what_was_there_before(tmp_path: Path) -> None:
    copy = Copy(tmp_path.as_uri())
    copy.put("files/one", b"before")

    def fail() -> None:
        with copy.writing("files/one") as sink:
            sink.write(b"half")
            raise OSError(28, "no room")

    with pytest.raises(OSError, match="no room"):
        fail()
    assert copy.get("files/one") == b"before"
    assert list((tmp_path / "files").iterdir()) == [tmp_path / "files" / "one"]
