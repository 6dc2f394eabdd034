"""A file of the log that another wrote comes from the other copy; those of before marks come by a dated rule."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from suite.backup.catalogue import RECORD, SEGMENT, backups, written
from suite.backup.checking import verify
from suite.backup.copies import Copy
from suite.backup.files import SEALED
from suite.backup.installation import Installation, installation_at
from suite.backup.log import LOG, Receiver
from suite.backup.marks import ANOTHERS, BARE, Since, log_since, of_log
from suite.backup.restoring import restore
from suite.backup.sealing import DamagedError
from suite.testing.copied import Province, copied_by_hand, copy_of, quiet

NAME, LATER = "000000010000000000000005", "000000010000000000000006"
NOW = datetime.now(UTC)
RULE = Since(NOW, 1, 6)


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """A province with nothing in its copies."""
    return installation_at(tmp_path, (tmp_path / "files").as_uri())


def kept(name: str) -> str:
    """Return under which name copies hold a file of the log."""
    return f"{LOG}/{name}{SEALED}"


def put(place: Installation, name: str, data: bytes, copies: tuple[Copy, ...] = (), mark: str = "") -> None:
    """Put a file of the log into copies, marked under a name or not at all."""
    for copy in copies or place.copies.all:
        copy.put(kept(name), place.locks.sealed(data, mark and kept(mark)))


def test_who_has_the_key_opens_a_marked_file_without_the_suite(place: Installation) -> None:
    put(place, NAME, b"log" * 1000, mark=NAME)
    key = place.locks.key
    assert key is not None
    identity = pyrage.x25519.Identity.from_str(key.read_text().splitlines()[-1])
    sealed = place.copies.all[0].get(kept(NAME))
    assert gzip.decompress(pyrage.decrypt(sealed, [identity])) == b"log" * 1000


@pytest.mark.parametrize("mark", ["", LATER])
def test_what_another_put_in_the_place_of_a_file_comes_from_the_other_copy(
    place: Installation, mark: str
) -> None:
    first, second = place.copies.all
    put(place, LATER, b"ours", mark=LATER)
    put(place, LATER, b"another's", (first,), mark=mark and NAME)
    assert of_log(place, LATER, RULE) == b"ours"
    put(place, LATER, b"another's", (second,), mark=mark and NAME)
    with pytest.raises(DamagedError, match=ANOTHERS if mark else BARE):
        of_log(place, LATER, RULE)


@pytest.mark.parametrize(
    ("name", "since", "believed"),
    [
        (NAME, RULE, True),
        (LATER, RULE, False),
        (LATER, None, True),
        ("000000020000000000000005", RULE, False),
        ("00000001.history", RULE, True),
        ("00000002.history", RULE, False),
    ],
)
def test_files_of_before_marks_are_believed_and_none_that_came_later(
    place: Installation, name: str, since: Since | None, *, believed: bool
) -> None:
    put(place, name, b"bare")
    if believed:
        assert of_log(place, name, since) == b"bare"
    else:
        with pytest.raises(DamagedError, match=BARE):
            of_log(place, name, since)
    put(place, name, b"marked", place.copies.all[1:], mark=name)
    assert of_log(place, name, since) == b"marked"


def test_of_a_file_that_is_still_written_the_longer_one_is_taken(place: Installation) -> None:
    name = f"{LATER}.partial"
    put(place, name, b"more" + bytes(12), mark=name)
    put(place, name, b"mor" + bytes(13), place.copies.all[:1], mark=name)  # an older one, laid there again
    assert of_log(place, name, RULE) == b"more" + bytes(12)


def test_only_a_marked_record_says_from_where_on_marks_are_wanted(place: Installation) -> None:
    old, new = "20261101T000000Z-full", f"{NOW:%Y%m%dT%H%M%SZ}-full"
    copied_by_hand(place, old, NOW - timedelta(days=1), segments=(2, 3))
    made = copied_by_hand(place, new, NOW, segments=(9, 10)).model_copy(update={"log_marked": True})
    place.copies.put(f"backups/{new}/{RECORD}", made.model_dump_json().encode())
    assert log_since(place) is None
    place.copies.put(f"backups/{new}/{RECORD}", written(made, place.locks))
    assert log_since(place) == Since(NOW, 1, 9)
    notes: list[str] = []
    found = {one.what: one.says for one in verify(place, quiet, lambda _copy, says: notes.append(says))}
    assert [kept(f"0000000100000000000000{number:02X}") in found for number in (2, 9)] == [True, True]
    assert BARE in [one.says for one in verify(place, quiet) if kept("000000010000000000000009") == one.what]
    assert len(notes) == len(place.copies.all)
    assert all("2 files of the log bear no mark and are believed: they are of before" in one for one in notes)


def forge(place: Installation, number: int, name: str) -> None:
    """Change one byte of a file of the log in one copy, as whoever knows the public key and no other can."""
    copy = place.copies.all[number]
    data = bytearray(place.locks.opened(copy.get(kept(name))))
    assert len(data) == SEGMENT
    data[SEGMENT // 2] ^= 1
    copy.put(kept(name), place.locks.sealed(bytes(data)))


async def test_a_forged_file_of_the_log_is_found_and_the_moment_comes_back_from_the_other_copy(
    province: Province,
) -> None:
    await province.keeper.round()
    await province.write("kept")
    await province.sql("select pg_switch_wal()")
    await province.ship()
    (known,) = backups(province.place.copies)
    assert known.log_marked
    last = max(path.name[:24] for path in copy_of(province.place, 0).glob("log/*[0-9A-F].gz.age"))
    forge(province.place, 0, last)
    province.leave()
    found = verify(province.place, quiet)
    assert [(one.copy, one.what, one.says) for one in found] == [
        (province.place.copies.all[0].shown, kept(last), BARE)
    ]
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word") == ["kept"]
    province.server.stop()
    forge(province.place, 1, last)
    with pytest.raises(DamagedError, match="whole in no copy"):
        await restore(province.place, None, quiet)


async def test_a_log_of_before_marks_comes_back_until_a_backup_has_found_its_log_marked(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(Receiver, "_put", _bare)
        await province.keeper.round()
        await province.write("of before marks")
        await province.sql("select pg_switch_wal()")
        await province.ship()
        assert log_since(province.place) is None
    await province.write("of marks")
    await province.take()
    await province.ship()
    assert [one.log_marked for one in backups(province.place.copies)] == [False, True]
    notes: list[str] = []
    province.leave()
    assert verify(province.place, quiet, lambda _copy, says: notes.append(says)) == []
    assert all("are of before" in one for one in notes)
    assert notes
    await restore(province.place, None, quiet)
    province.server.start()
    assert await province.sql("select said from word order by 1") == ["of before marks", "of marks"]


def _bare(receiver: Receiver, name: str, data: bytes) -> None:
    """Ship a file of the log as the version of before marks did."""
    receiver.place.copies.put(kept(name), receiver.place.locks.sealed(data))
