"""Which files of the log are believed: those with this province's mark, and by a dated rule those of before marks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from regulation.zone import moment_said

from suite.backup.catalogue import SEGMENT, Backup, believed, number_of
from suite.backup.copies import STORE_ERRORS, Copy
from suite.backup.files import SEALED
from suite.backup.installation import Installation
from suite.backup.log import LOG
from suite.backup.sealing import DamagedError, Nowhere

ANOTHERS: Final = "is not what this province wrote"
BARE: Final = "bears no mark of this province, as others do"


class Since(NamedTuple):
    """From when and where on every file of the log bears a mark: the first backup that found all of its log marked."""

    at: datetime
    timeline: int
    number: int

    def forgives(self, name: str) -> bool:
        """Tell whether a file of the log is older than marks; `name` as PostgreSQL calls it."""
        timeline = int(name[:8], 16)
        if name.endswith(".history"):
            return timeline <= self.timeline
        return timeline < self.timeline or (timeline == self.timeline and number_of(name) < self.number)


def marked_since(place: Installation, known: Sequence[Backup]) -> Since | None:
    """Return from where on the log of these backups bears marks, nothing where none found it marked yet.

    Only a marked record says so: whoever can write to a copy can neither say it nor change it.
    """
    ours = [one for one in known if one.log_marked and place.locks.judged(one.words, one.mark)]
    if not ours:
        return None
    first = min(ours, key=lambda one: one.ended_at)
    return Since(first.began_at, first.timeline, number_of(first.first_segment))


def doubted(ours: bool | None, name: str, since: Since | None) -> str:
    """Say why a file of the log is not believed, nothing where it is; `ours` is what its mark was judged to be."""
    if ours is False:
        return ANOTHERS
    return BARE if ours is None and since is not None and not since.forgives(name) else ""


def of_log(place: Installation, name: str, since: Since | None) -> bytes:
    """Return a file of the log from the first copy in which it is whole and believed; `name` as PostgreSQL calls it.

    One with our mark goes before one of before marks, and of a file that is still written the longer one is taken.

    Raises:
        DamagedError: it is in none.
    """
    kept, said = f"{LOG}/{name}{SEALED}", list[str]()
    marked, bare = list[bytes](), list[bytes]()
    for copy in place.copies.all:
        try:
            data, told = place.locks.read(copy.read(kept), SEGMENT)
        except (*STORE_ERRORS, DamagedError) as error:
            said.append(f"{copy.shown}: {error}")
            continue
        ours = place.locks.is_ours(kept, told)
        if why := doubted(ours, name, since):
            said.append(f"{copy.shown}: {why}")
            continue
        (marked if ours else bare).append(data)
        if ours and not name.endswith(".partial"):
            return data
    if not (found := marked or bare):
        raise DamagedError(f"{kept} is whole in no copy: {'; '.join(said)}")
    return max(found, key=lambda one: len(one.rstrip(b"\0")))


def log_is_marked(place: Installation, one: Backup) -> bool:
    """Tell whether each file of the log that a backup needs bears our mark in some copy."""
    return all(any(_is_marked(place, copy, name) for copy in place.copies.all) for name in one.segments)


def _is_marked(place: Installation, copy: Copy, name: str) -> bool:
    kept = f"{LOG}/{name}{SEALED}"
    try:
        return bool(place.locks.is_ours(kept, place.locks.open(copy.read(kept), Nowhere(), SEGMENT)))
    except (*STORE_ERRORS, DamagedError):
        return False


def log_since(place: Installation) -> Since | None:
    """Return from where on the log bears marks, as the copies tell. Raises: NoCopyError."""
    return marked_since(place, believed(place.copies, place.locks))


def rule_said(count: int, since: Since | None) -> str:
    """Say by which rule so many files of the log without a mark are believed."""
    if since is None:
        return (
            f"{count} files of the log bear no mark and are believed: no backup has found its log marked yet"
        )
    return (
        f"{count} files of the log bear no mark and are believed: they are of before {moment_said(since.at)},"
        " since when every file has to bear one"
    )
