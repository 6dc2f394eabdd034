"""The file store: addressed by content, closed while in quarantine, checked when read."""

import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from common import metrics
from common.files import FileDamagedError, FileMissingError, FileStore

NAME = "Giấy chứng sinh 👶".encode()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kho tệp"


@pytest.fixture
def files(folder):
    return FileStore(folder.as_uri())


async def test_the_same_bytes_have_the_same_address(files, folder):
    first, again = await files.put(NAME), await files.put(NAME)
    assert first == again
    assert (first.size, await files.get(first.sha256)) == (len(NAME), NAME)
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


async def test_a_file_in_quarantine_is_not_there_until_it_is_found_clean(files):
    kept = await files.quarantine(NAME)
    assert not await files.exists(kept.sha256)
    with pytest.raises(FileMissingError):
        await files.get(kept.sha256)
    assert await files.quarantined(kept.sha256) == NAME
    await files.promote(kept.sha256)
    await files.promote(kept.sha256)
    assert await files.get(kept.sha256) == NAME
    with pytest.raises(FileMissingError):
        await files.quarantined(kept.sha256)


async def test_a_discarded_file_is_gone(files):
    kept = await files.quarantine(NAME)
    await files.discard(kept.sha256)
    await files.discard(kept.sha256)
    with pytest.raises(FileMissingError):
        await files.promote(kept.sha256)


async def test_a_damaged_file_is_noticed(files, folder):
    kept = await files.put(NAME)
    next(path for path in folder.rglob("*") if path.is_file()).write_bytes(b"changed")
    with pytest.raises(FileDamagedError):
        await files.get(kept.sha256)


@pytest.mark.parametrize("address", ["", "../../../etc/passwd", "a" * 63, "/" * 64, "é" * 64])
async def test_an_address_that_is_none_is_missing(files, address):
    with pytest.raises(FileMissingError):
        await files.get(address)


async def test_an_empty_file_is_a_file(files):
    kept = await files.put(b"")
    assert (kept.size, await files.get(kept.sha256)) == (0, b"")


@pytest.fixture
def disk(monkeypatch):
    """Note what is made to reach the disk, in its order: how each was called just then, and its size."""
    reached, really = [], os.fsync

    def noting(descriptor):
        reached.append((Path(f"/proc/self/fd/{descriptor}").readlink(), os.fstat(descriptor).st_size))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return reached


@pytest.mark.parametrize("keep", ["put", "quarantine", "promote"])
async def test_a_file_that_was_kept_has_reached_the_disk_and_so_has_every_folder_above_it(
    files, folder, disk, keep
):
    if keep == "promote":
        await files.promote((await files.quarantine(NAME)).sha256)
    else:
        await getattr(files, keep)(NAME)
    [kept] = [path for path in folder.rglob("*") if path.is_file()]
    (draft, size), *folders = disk[-5:]
    assert (draft.parent, size) == (kept.parent, len(NAME))
    assert draft != kept, "the name must come after the bytes"
    assert [path for path, _ in folders] == [*kept.parents[:3], folder]


async def test_a_file_that_was_damaged_is_whole_again_when_it_is_put_again(files, folder):
    kept = await files.put(NAME)
    next(path for path in folder.rglob("*") if path.is_file()).write_bytes(b"")
    await files.put(NAME)
    assert await files.get(kept.sha256) == NAME


async def test_a_disk_that_is_full_leaves_nothing_behind(files, folder, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        await files.put(NAME)
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("free", "room"), [(300 * 1024 * 1024, True), (200 * 1024 * 1024, False)])
async def test_r36_a_service_is_unready_before_its_disk_is_full(files, monkeypatch, free, room):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert await files.has_room() is room
    shown, _ = await metrics.render("board", None)
    told = re.search(rb'^motcua_files_free_bytes\{area="clean"\} (\S+)$', shown, re.MULTILINE)
    assert told
    assert float(told[1]) == free


async def test_a_folder_that_is_away_has_no_room_and_every_number_is_still_told(tmp_path: Path) -> None:
    files = FileStore(f"file://{tmp_path}/clean")
    await files.put(b"one")
    shutil.rmtree(tmp_path / "clean")
    assert await files.has_room() is False
    shown, _ = await metrics.render("board", None)
    assert b'motcua_files_free_bytes{area="clean"} 0.0' in shown
