"""A bundle of keys lays out keys and nothing else, and what another put in a file's place is not brought back."""

import hashlib
import io
import json
import os
import stat
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from suite.backup.catalogue import RECORD, believed, written
from suite.backup.checking import verify
from suite.backup.copies import Copy
from suite.backup.files import SEALED, listed, ship_keys, unpack_keys
from suite.backup.installation import Installation, installation_at
from suite.backup.restoring import bring_files
from suite.backup.sealing import DamagedError, locks
from suite.testing.copied import copied_by_hand, quiet

FORGED = "99999999T000000Z-full"
Member = tuple[tarfile.TarInfo, bytes]


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """A province with keys and places for copies of it."""
    folder = tmp_path / "province"
    made = installation_at(folder, (folder / "files").as_uri())
    (folder / "keys" / "deep").mkdir(parents=True)
    (folder / "keys" / "deep" / "seal").write_text("a key")
    (folder / "keys" / "deep" / "seal").chmod(0o640)
    (folder / "secrets.json").write_text("{}")
    (folder / "postgres").mkdir()
    (folder / "postgres" / "superuser.json").write_text("{}")
    return made


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", data: bytes = b"") -> Member:
    """Return one member as somebody else would write it."""
    told = tarfile.TarInfo(name)
    told.type, told.linkname, told.size, told.mode = kind, link, len(data), 0o6777
    return told, data


def overflow(outside: Path) -> list[Member]:
    """Return a chain of folders and links so long that it cannot be followed to its end (as in CVE-2025-4517)."""
    deep, steps, path, made = "d" * 247, "abcdefghijklmnop", "", list[Member]()
    for step in steps:
        made.append(member(os.path.join(path, deep), tarfile.DIRTYPE))
        made.append(member(os.path.join(path, step), tarfile.SYMTYPE, deep))
        path = os.path.join(path, deep)
    far = os.path.join("/".join(steps), "l" * 254)
    made.append(member(far, tarfile.SYMTYPE, "../" * len(steps)))
    made.append(member("escape", tarfile.SYMTYPE, f"{far}{'/..' * 10}{outside}"))
    return [*made, member("escape/pwned", data=b"pwned")]


def hostile(how: str, outside: Path) -> list[Member]:
    """Return the members of a bundle that this suite never made."""
    return {
        "up": [member("keys/../../canary/pwned", data=b"x")],
        "absolute": [member(f"{outside}/pwned", data=b"x")],
        "through a link": [
            member("keys", tarfile.SYMTYPE, str(outside)),
            member("keys/pwned", data=b"x"),
        ],
        "too long to follow": overflow(outside),
        "a link": [member("secrets.json", tarfile.SYMTYPE, "/etc/hostname")],
        "a hard link": [member("secrets.json", tarfile.LNKTYPE, "/etc/hostname")],
        "a pipe": [member("secrets.json", tarfile.FIFOTYPE)],
        "a device": [member("keys/null", tarfile.CHRTYPE)],
        "no key": [member("postgres/data/postgresql.auto.conf", data=b"archive_command = 'pwned'")],
        "twice": [member("secrets.json", data=b"1"), member("./secrets.json", data=b"2")],
        "both": [member("keys", data=b"1"), member("keys/seal", data=b"2")],
    }[how]


def put(place: Installation, members: list[Member]) -> None:
    """Put a bundle, sealed for the key that everybody knows, where the newest would be."""
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w") as archive:
        for told, data in members:
            archive.addfile(told, io.BytesIO(data))
    place.keys.put(f"{FORGED}.tar{SEALED}", place.locks.sealed(bundle.getvalue()))


def test_keys_come_back_as_they_were_and_only_their_owner_writes_them(
    place: Installation, tmp_path: Path
) -> None:
    (place.folder / "keys" / "linked").symlink_to("deep/seal")
    ship_keys(place, "20261101T000000Z-full")
    into = tmp_path / "into"
    into.mkdir()
    assert unpack_keys(place, into) == "20261101T000000Z-full"
    assert (into / "keys" / "deep" / "seal").read_text() == "a key"
    assert stat.S_IMODE((into / "keys" / "deep" / "seal").stat().st_mode) == 0o640
    assert (into / "postgres" / "superuser.json").read_text() == "{}"
    assert (into / "keys" / "linked").read_text() == "a key"
    assert not (into / "keys" / "linked").is_symlink()
    place.keys.delete(list(place.keys.sizes("")))
    put(place, [member("keys/seal", data=b"of before marks")])
    again = tmp_path / "again"
    again.mkdir()
    unpack_keys(place, again)
    assert stat.S_IMODE((again / "keys" / "seal").stat().st_mode) == 0o755


@pytest.mark.parametrize(
    "how",
    [
        *("up", "absolute", "through a link", "too long to follow", "a link", "a hard link"),
        *("a pipe", "a device", "no key", "twice", "both"),
    ],
)
def test_a_bundle_that_holds_anything_but_keys_is_refused_and_writes_nothing_outside(
    place: Installation, tmp_path: Path, how: str
) -> None:
    outside, into = tmp_path / "canary", tmp_path / "into"
    outside.mkdir()
    into.mkdir()
    put(place, hostile(how, outside))
    with pytest.raises(DamagedError):
        unpack_keys(place, into)
    assert list(outside.iterdir()) == []
    assert [path for path in into.rglob("*") if path.name != "keys"] == []


def test_what_lies_in_folders_of_this_machine_is_its_owners_alone_under_whatever_mask(
    place: Installation,
) -> None:
    before = os.umask(0)
    try:
        ship_keys(place, "20261101T000000Z-full")
        place.copies.put("log/one", b"x")
        with place.copies.all[0].writing("log/two") as sink:
            sink.write(b"x")
    finally:
        os.umask(before)
    there = [
        path
        for path in (place.folder / "backup").rglob("*")
        if path.suffix == ".age" or path.stem in "one two"
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in there if path.is_file()} == {0o600}
    assert len(there) == 4


def test_a_file_that_another_put_in_the_place_of_ours_comes_from_the_other_copy(place: Installation) -> None:
    used = copied_by_hand(place, "20261101T000000Z-full", datetime.now(UTC))
    right, wrong = hashlib.sha256(b"right").hexdigest(), hashlib.sha256(b"lost").hexdigest()
    first, _ = place.copies.all
    for sha256 in (right, wrong):
        name = f"files/clean/{sha256[:2]}/{sha256[2:4]}/{sha256}{SEALED}"
        place.copies.put(name, place.locks.sealed(b"right"))
        first.put(name, place.locks.sealed(b"put by another"))
    assert bring_files(place, used, lambda _share: None) == [f"clean/{wrong[:2]}/{wrong[2:4]}/{wrong}"]
    here = [path for path in (place.folder / "files").rglob("*") if path.is_file()]
    assert [(path.name, path.read_bytes()) for path in here] == [(right, b"right")]


def test_the_newest_keys_that_are_ours_come_back_whatever_another_put_beside_them(
    place: Installation, tmp_path: Path
) -> None:
    ours, later = "20261101T000000Z-full", "20261102T000000Z-full"
    ship_keys(place, ours)
    put(place, [member("keys/seal", data=b"put by another")])  # sealed for our key, but without our mark
    into = tmp_path / "into"
    into.mkdir()
    assert unpack_keys(place, into) == ours
    place.keys.put(f"{later}.tar{SEALED}", place.keys.get(f"{ours}.tar{SEALED}"))  # ours, under another name
    found = {one.what: one.says for one in verify(place, quiet) if one.copy == place.keys.shown}
    assert found == {
        f"{later}.tar{SEALED}": "is not what this province wrote",
        f"{FORGED}.tar{SEALED}": "bears no mark of this province, as others do",
    }
    place.keys.delete([f"{ours}.tar{SEALED}", f"{FORGED}.tar{SEALED}"])
    with pytest.raises(DamagedError, match="is not what this province wrote"):
        unpack_keys(place, into)


def exchange(place: Installation, name: str, copy: Copy, *, mark: str | None) -> None:
    """Put other bytes into one copy as a base, and a record that names them; its mark stays, goes, or is guessed."""
    copy.put(f"backups/{name}/base.tar{SEALED}", place.locks.sealed(b"another province"))
    told = json.loads(copy.get(f"backups/{name}/{RECORD}"))
    told["sha256"] = hashlib.sha256(b"another province").hexdigest()
    told["mark"] = told["mark"] if mark is None else mark
    copy.put(f"backups/{name}/{RECORD}", json.dumps(told).encode())


@pytest.mark.parametrize("mark", [None, "", "age1another 00"])
def test_an_exchanged_backup_is_found_and_the_record_of_the_other_copy_is_believed(
    place: Installation, mark: str | None
) -> None:
    old, new = "20261101T000000Z-full", "20261102T000000Z-full"
    at = datetime.now(UTC)
    for name, when in ((old, at - timedelta(days=1)), (new, at)):
        made = copied_by_hand(place, name, when)
        place.copies.put(f"backups/{name}/{RECORD}", written(made, place.locks))
    before = believed(place.copies, place.locks)
    assert [one.id for one in before] == [old, new]
    first, second = place.copies.all
    exchange(place, new, first, mark=mark)
    assert f"backups/{new}/{RECORD}" in {one.what for one in verify(place, quiet) if one.copy == first.shown}
    assert believed(place.copies, place.locks) == before
    exchange(place, new, second, mark=mark)
    assert [one.id for one in believed(place.copies, place.locks)] == [old]


def test_backups_of_before_marks_are_believed_and_a_second_holder_of_the_copies_reads_all(
    place: Installation, tmp_path: Path
) -> None:
    old, new = "20261101T000000Z-full", "20261102T000000Z-full"
    copied_by_hand(place, old, datetime.now(UTC) - timedelta(days=1))
    made = copied_by_hand(place, new, datetime.now(UTC))
    place.copies.put(f"backups/{new}/{RECORD}", written(made, place.locks))
    assert [one.id for one in believed(place.copies, place.locks)] == [old, new]
    assert not [one for one in verify(place, quiet) if RECORD in one.what]
    holder = locks(tmp_path / "second" / "key.txt")
    assert [one.id for one in believed(place.copies, holder)] == [old, new]


def test_a_list_of_files_that_another_put_there_is_read_from_the_other_copy(place: Installation) -> None:
    made = copied_by_hand(place, "20261101T000000Z-full", datetime.now(UTC))
    made = made.model_copy(update={"parts": {"files.json": hashlib.sha256(b"{}").hexdigest()}})
    place.copies.put(f"backups/{made.id}/{RECORD}", written(made, place.locks))
    name = f"backups/{made.id}/files.json{SEALED}"
    place.copies.all[0].put(name, place.locks.sealed(b'{"clean/no/ne/none": 1}'))
    assert listed(place, made) == {}
    assert name in {one.what for one in verify(place, quiet) if "something else" in one.says}
