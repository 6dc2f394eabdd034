"""What unpacks to far more than it was declared to have is left at that, and never fills the living province's disk."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from suite.backup import room
from suite.backup.files import FILES, SEALED, unpack_keys
from suite.backup.installation import Installation, installation_at
from suite.backup.log import LOG
from suite.backup.marks import of_log
from suite.backup.rebuilding import unpack
from suite.backup.restoring import bring_files
from suite.backup.room import NoRoomError
from suite.backup.sealing import BLOCK, SMALL, DamagedError
from suite.testing.copied import copied_by_hand

MB = 1_000_000
MORE = "unpacks to more than"


class Zeros:
    """So many bytes of nothing, which squeeze to a thousandth."""

    def __init__(self, count: int) -> None:
        self._left = count

    def read(self, size: int = -1, /) -> bytes:
        """Return some of them."""
        given = min(self._left, size if size > 0 else self._left)
        self._left -= given
        return bytes(given)


class Counting:
    """A sink that counts, and knows its largest piece."""

    total = largest = 0

    def write(self, data: bytes, /) -> int:
        """Count some bytes."""
        self.total, self.largest = self.total + len(data), max(self.largest, len(data))
        return len(data)


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return installation_at(tmp_path / "province", (tmp_path / "province" / "files").as_uri())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "province").mkdir()


def bomb(place: Installation, count: int) -> bytes:
    """Return something small that unpacks to so many bytes, sealed for the key that everybody knows."""
    sink = io.BytesIO()
    place.locks.seal(Zeros(count), sink)
    assert len(sink.getvalue()) < count // 100
    return sink.getvalue()


@pytest.mark.parametrize(("declared", "whole"), [(50 * MB, True), (50 * MB - 1, False), (MB, False)])
def test_what_is_opened_gives_no_more_than_was_declared_and_that_in_small_pieces(
    place: Installation, declared: int, *, whole: bool
) -> None:
    sink, sealed = Counting(), bomb(place, 50 * MB)
    if whole:
        assert place.locks.open(io.BytesIO(sealed), sink, declared).size == declared == sink.total
    else:
        with pytest.raises(DamagedError, match=MORE):
            place.locks.open(io.BytesIO(sealed), sink, declared)
    assert sink.total <= declared
    assert sink.largest <= BLOCK


@pytest.mark.parametrize("behind", [b"more", b"\x1f\x8b\x08\x10" + bytes(2000)])
def test_nothing_but_a_mark_stands_behind_what_was_sealed(
    place: Installation, monkeypatch: pytest.MonkeyPatch, behind: bytes
) -> None:
    monkeypatch.setattr("suite.backup.sealing._Squeezing._behind", lambda _: behind)
    sealed = place.locks.sealed(b"something")
    with pytest.raises(DamagedError, match="something else follows the end"):
        place.locks.opened(sealed)


def test_every_part_that_a_restore_opens_is_left_at_what_was_declared(
    place: Installation, tmp_path: Path
) -> None:
    used = copied_by_hand(place, "20261101T000000Z-full", datetime.now(UTC))
    large = bomb(place, 20 * MB)
    place.copies.put(f"backups/{used.id}/base.tar{SEALED}", large)
    with pytest.raises(DamagedError, match=MORE):
        unpack(place, used, tmp_path / "part", lambda _share: None)
    place.copies.put(f"{LOG}/{used.last_segment}{SEALED}", large)  # a file of the log has 16 MB
    with pytest.raises(DamagedError, match=MORE):
        of_log(place, used.last_segment, None)
    place.keys.put(f"{used.id}.tar{SEALED}", bomb(place, SMALL + 1))
    with pytest.raises(DamagedError, match=MORE):
        unpack_keys(place, tmp_path)


def test_a_file_that_the_list_declares_smaller_is_not_whole_and_one_of_no_list_leaves_the_reserve(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = copied_by_hand(place, "20261101T000000Z-full", datetime.now(UTC))
    sha256 = hashlib.sha256(bytes(20 * MB)).hexdigest()
    name = f"clean/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    place.copies.put(f"{FILES}/{name}{SEALED}", bomb(place, 20 * MB))
    files = place.folder / "files"
    disk = type("Disk", (), {"total": 10**12, "free": 10 * MB})
    with monkeypatch.context() as narrow:
        narrow.setattr(room.shutil, "disk_usage", lambda _folder: disk)
        with pytest.raises(NoRoomError):
            bring_files(place, used, lambda _share: None)
    assert [path for path in files.rglob("*") if path.is_file()] == []
    listed = place.locks.sealed(f'{{"{name}": {MB}}}'.encode())
    place.copies.put(f"backups/{used.id}/files.json{SEALED}", listed)
    assert bring_files(place, used, lambda _share: None) == [name]
    assert [path for path in files.rglob("*") if path.is_file()] == []
