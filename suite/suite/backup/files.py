"""Files and keys on their way to the copies: a file once, under what it contains; keys in their own place."""

import io
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import obstore
from common.files import object_store

from suite.backup.copies import Copies, Copy
from suite.backup.installation import Installation

FILES: Final = "files"
SEALED: Final = ".gz.age"
KEYS: Final = (
    "keys",
    "signing",
    "demo",
    "secrets.json",
    "version.json",
    "seeded.json",
    "postgres/superuser.json",
)
"""What of a data folder is neither database nor file, and without which neither can be used."""
Share = Callable[[float], None]


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
    return (name[len(FILES) + 1 : -len(SEALED)] for name in copy.sizes(FILES))


def ship_files(place: Installation, known: set[str], report: Share = lambda _share: None) -> dict[str, int]:
    """Copy what is not `known` to be there, add it to `known`, and return all files of the province.

    Raises:
        NoCopyError: not one copy took a file.
    """
    here = present(place.files_url)
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
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for part in KEYS:
            if (place.folder / part).exists():
                archive.add(place.folder / part, part)
    place.keys.put(f"{name}.tar{SEALED}", place.locks.sealed(bundle.getvalue()))


def unpack_keys(place: Installation, into: Path) -> str:
    """Lay out the newest keys in an empty folder, and return the name of the backup they were kept with.

    Raises:
        FileNotFoundError: none were ever kept.
    """
    names = sorted(name for name in place.keys.sizes("") if name.endswith(SEALED))
    if not names:
        raise FileNotFoundError(f"no keys are kept in {place.keys.shown}")
    with tarfile.open(fileobj=io.BytesIO(place.locks.opened(place.keys.get(names[-1])))) as archive:
        archive.extractall(into, filter="tar")
    return names[-1].removesuffix(f".tar{SEALED}")
