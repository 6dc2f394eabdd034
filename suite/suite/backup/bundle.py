"""The bundle of keys: what a data folder is useless without, packed and laid out again, never trusted to be so."""

import hashlib
import io
import os
import tarfile
from pathlib import Path, PurePosixPath
from typing import Final

from suite.backup.sealing import DamagedError, Locks

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
_MARK: Final = b"\nmotcua-mark "
_ALLOWED: Final = 0o755
"""The rights a member may bring with it: nobody else writes what was brought back, and nothing runs as its owner."""


def packed(folder: Path) -> bytes:
    """Return the keys of a data folder as one archive; of a link what it leads to is kept, never the link."""
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w", format=tarfile.USTAR_FORMAT, dereference=True) as archive:
        for part in KEYS:
            if (folder / part).exists():
                archive.add(folder / part, part, filter=_kept)
    return bundle.getvalue()


def laid_out(bundle: bytes, into: Path) -> None:
    """Lay out a bundle in a folder that has none of it: files and folders of the keys, and nothing else whatever.

    Whoever can write where bundles are kept can seal one too, so each member is judged before the first is written.

    Raises:
        DamagedError: it holds anything else.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(bundle), mode="r:") as archive:
            members = [(told, _place(told)) for told in archive.getmembers()]
            if len({place for _, place in members}) < len(members):
                raise DamagedError("the bundle of keys holds something twice")
            if sum(told.size for told, _ in members) > len(bundle):
                raise DamagedError("the bundle of keys holds more than it has")
            for told, place in members:
                _lay(archive, told, into / place)
    except (tarfile.TarError, ValueError, FileExistsError, NotADirectoryError) as error:
        raise DamagedError(f"the bundle of keys is none: {error}") from error


def marked(bundle: bytes, name: str, locks: Locks) -> bytes:
    """Return a bundle with our mark behind its end, where no program that reads archives looks."""
    return bundle + _MARK + locks.mark(_words(bundle, name)).encode()


def is_ours(bundle: bytes, name: str, locks: Locks) -> bool | None:
    """Tell whether a bundle is marked as ours under its name; nothing where it bears no mark, as older ones."""
    own, _, mark = bundle.rpartition(_MARK)
    return locks.judged(_words(own, name), mark.decode("utf-8", "replace")) if own else None


def _words(bundle: bytes, name: str) -> bytes:
    return b"motcua keys %b %b" % (name.encode(), hashlib.sha256(bundle).digest())


def _kept(told: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return told if told.isreg() or told.isdir() else None


def _place(told: tarfile.TarInfo) -> PurePosixPath:
    """Return where a member belongs. Raises: DamagedError where it belongs nowhere."""
    place = PurePosixPath(told.name)
    ours = any(place.is_relative_to(part) for part in KEYS) and ".." not in place.parts
    if not ours or told.type not in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE):
        raise DamagedError(f"{told.name[:100]!r} has no place in a bundle of keys")
    return place


def _lay(archive: tarfile.TarFile, told: tarfile.TarInfo, place: Path) -> None:
    """Write one member where nothing is yet; a folder may be there already, for a bundle names it once."""
    if told.isdir():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod((told.mode & _ALLOWED) | 0o700)
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = archive.extractfile(told)
    data = source.read() if source else b""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        os.fchmod(file.fileno(), (told.mode & _ALLOWED) | 0o600)
