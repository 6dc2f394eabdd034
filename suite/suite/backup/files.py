"""Files and keys on their way to the copies: a file once, under what it contains; keys in their own place."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import obstore
from common.files import object_store

from suite.backup.bundle import is_ours, laid_out, marked, packed
from suite.backup.catalogue import Backup
from suite.backup.copies import STORE_ERRORS, Copies, Copy
from suite.backup.installation import Installation
from suite.backup.sealing import SMALL, DamagedError

FILES: Final = "files"
SEALED: Final = ".gz.age"
LARGE: Final = 1024**3
"""Bytes to which a file of the province may unpack that no list of a backup names yet."""
Share = Callable[[float], None]
SKEW: Final = timedelta(hours=1)
"""By how much the clock of a copy's store may differ from ours."""


def present(url: str) -> dict[str, int]:
    """Return the files of a province, each with its size; drafts that were never finished are none."""
    found: dict[str, int] = {}
    for area in ("clean", "quarantine"):
        for page in obstore.list(object_store(url), area):
            found.update({one["path"]: one["size"] for one in page if "#" not in one["path"]})
    return found


def copied(copies: Copies) -> set[str]:
    """Return the files that every copy holds already."""
    held: list[set[str]] = []
    copies.each(lambda copy: held.append(set(_names(copy))))
    return set.intersection(*held)


def _names(copy: Copy) -> Iterable[str]:
    return map(_own, copy.sizes(FILES))


def from_any(place: Installation, name: str, sha256: str = "", most: int = SMALL) -> bytes:
    """Return a small object from the first copy in which it is whole and what its name or `sha256` says.

    One that unpacks to more than `most` bytes is not whole, and is left at that many.

    Raises:
        DamagedError: it is in none.
    """
    said, wanted = list[str](), sha256 or hash_in(name)
    for copy in place.copies.all:
        try:
            data, told = place.locks.read(copy.read(name), most)
        except (*STORE_ERRORS, DamagedError) as error:
            said.append(f"{copy.shown}: {error}")
            continue
        if wanted in ("", told.sha256):
            return data
        said.append(f"{copy.shown}: holds something else than was written")
    raise DamagedError(f"{name} is whole in no copy: {'; '.join(said)}")


def hash_in(name: str) -> str:
    """Return the hash that a file of the province has by its name; what lies elsewhere in a copy names none."""
    return name.removesuffix(SEALED).rpartition("/")[2] if name.startswith(f"{FILES}/") else ""


def listed(place: Installation, one: Backup) -> dict[str, int]:
    """Return the files that a backup names, each with its size. Raises: DamagedError."""
    name = f"backups/{one.id}/files.json{SEALED}"
    return dict(json.loads(from_any(place, name, one.parts.get("files.json", ""))))


def shipped_since(copies: Copies, moment: datetime) -> set[str]:
    """Return the files that were put into a copy since a moment; where copies differ the newest counts."""
    found: set[str] = set()

    def look(copy: Copy) -> None:
        found.update(name for name, at in copy.changed(FILES).items() if at >= moment - SKEW)

    copies.each(look)
    return {_own(name) for name in found}


def brought(place: Installation, used: Backup) -> set[str]:
    """Return the files that belong to a backup and to what came after it; what was erased before is none of them.

    Raises:
        DamagedError: the backup's list is whole in no copy.
    """
    held = {_own(name) for name in place.copies.sizes(FILES)}
    return held & (listed(place, used).keys() | shipped_since(place.copies, used.began_at))


def not_to_ship(place: Installation, last: Backup | None) -> set[str]:
    """Return the files that every copy holds and a restore would bring; one that came back is shipped again."""
    try:
        return copied(place.copies) & (brought(place, last) if last else copied(place.copies))
    except DamagedError:
        return set()


def _own(name: str) -> str:
    """Return the province's own name of a file of a copy."""
    return name[len(FILES) + 1 : -len(SEALED)]


def ship_files(place: Installation, known: set[str], report: Share = lambda _share: None) -> dict[str, int]:
    """Copy what is not `known` to be there, keep `known` to what is there, and return all files of the province.

    A file that went is known no more: a copy may have dropped it when it comes again.

    Raises:
        NoCopyError: not one copy took a file.
    """
    here = present(place.files_url)
    known.intersection_update(here)
    store, fresh = object_store(place.files_url), sorted(set(here) - known)
    for done, name in enumerate(fresh, 1):
        try:
            data = bytes(obstore.get(store, name).bytes())
        except FileNotFoundError:  # it left quarantine meanwhile
            here.pop(name)
            continue
        place.copies.put(f"{FILES}/{name}{SEALED}", place.locks.sealed(data))
        known.add(name)
        report(done / len(fresh))
    return here


def ship_keys(place: Installation, name: str) -> None:
    """Keep keys, certificates and passwords, sealed, under the name of a backup. Raises: what its store says."""
    place.keys.put(f"{name}.tar{SEALED}", place.locks.sealed(marked(packed(place.folder), name, place.locks)))


def unpack_keys(place: Installation, into: Path) -> str:
    """Lay out the newest keys in an empty folder, and return the name of the backup they were kept with.

    Raises:
        FileNotFoundError: none were ever kept.
        DamagedError: they are not what a bundle of keys may hold.
    """
    names = sorted(name for name in place.keys.sizes("") if name.endswith(SEALED) and "/" not in name)
    if not names:
        raise FileNotFoundError(f"no keys are kept in {place.keys.shown}")
    name, bundle = _newest(place, names)
    laid_out(bundle, into)
    return name


def _newest(place: Installation, names: Sequence[str]) -> tuple[str, bytes]:
    """Return the newest bundle that is marked as ours; where none ever was, the newest there is.

    Raises:
        DamagedError: it does not open, or its mark is not ours.
    """
    said, bare = list[str](), None
    for name in reversed(names):
        own = name.removesuffix(f".tar{SEALED}")
        try:
            bundle, _ = place.locks.read(place.keys.read(name))
        except DamagedError as error:
            said.append(f"{name}: {error}")
            continue
        judged = is_ours(bundle, own, place.locks)
        if judged:
            return own, bundle
        if judged is None and bare is None:
            bare = own, bundle
        said.append(f"{name}: is not what this province wrote")
    if bare is None:
        raise DamagedError(f"no bundle of keys is whole: {'; '.join(said)}")
    return bare
