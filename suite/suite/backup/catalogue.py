"""The backups there are: what each holds, from which moment, and which of them bring a moment back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from suite.backup.copies import STORE_ERRORS, Copies, Copy

RECORD = "backup.json"
SEGMENT = 16 * 1024**2
"""Bytes of one file of the write-ahead log, as every cluster of ours is made."""


class NoBackupError(Exception):
    """No backup reaches the moment that was asked for."""


class Backup(BaseModel):
    """One backup of all databases; written last, so that without this record there is no backup.

    `parent` is the full backup that a differential one builds on. Nothing here names a person.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Literal["full", "differential"]
    parent: str | None = None
    began_at: datetime
    ended_at: datetime
    timeline: int
    start_lsn: str
    end_lsn: str
    system_id: int
    server: str
    size: int
    sha256: str
    file_count: int
    file_size: int

    @property
    def first_segment(self) -> str:
        """Return the first file of the log that it needs."""
        return segment(self.timeline, position(self.start_lsn))

    @property
    def last_segment(self) -> str:
        """Return the file of the log with which it is whole."""
        return segment(self.timeline, position(self.end_lsn) - 1)

    @property
    def segments(self) -> list[str]:
        """Return the files of the log without which it is nothing."""
        first, last = number_of(self.first_segment), number_of(self.last_segment)
        return [segment(self.timeline, number * SEGMENT) for number in range(first, last + 1)]


def position(lsn: str) -> int:
    """Return a place in the log as a number of bytes."""
    high, low = lsn.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def segment(timeline: int, place: int) -> str:
    """Return the name of the file of the log that holds a place."""
    number = place // SEGMENT
    return f"{timeline:08X}{number // 256:08X}{number % 256:08X}"


def number_of(name: str) -> int:
    """Return which file of the log it is, counted from the beginning of all time."""
    return int(name[8:16], 16) * 256 + int(name[16:24], 16)


def following(name: str) -> str:
    """Return the name of the next file of the log."""
    return segment(int(name[:8], 16), (number_of(name) + 1) * SEGMENT)


class Records(NamedTuple):
    """The records of backups in a place: those that were read, the oldest first, and the names of the others.

    One that was not read is there all the same: a newer version wrote it, or its store stumbled.
    """

    read: list[Backup]
    unread: frozenset[str]


def records(copies: Copies) -> Records:
    """Return what all copies together tell of backups. Raises: NoCopyError."""
    found: dict[str, Backup] = {}
    unread: set[str] = set()

    def look(copy: Copy) -> None:
        told = records_of(copy)
        found.update({one.id: one for one in told.read})
        unread.update(told.unread)

    copies.each(look)
    return Records(sorted(found.values(), key=lambda one: one.ended_at), frozenset(unread - found.keys()))


def records_of(copy: Copy) -> Records:
    """Return what one copy tells of backups."""
    read, unread = [], set[str]()
    for name in sorted(recorded(copy)):
        try:
            read.append(Backup.model_validate_json(copy.get(f"backups/{name}/{RECORD}")))
        except FileNotFoundError:  # it was dropped meanwhile
            continue
        except (*STORE_ERRORS, ValidationError):
            unread.add(name)
    return Records(sorted(read, key=lambda one: one.ended_at), frozenset(unread))


def recorded(copy: Copy) -> set[str]:
    """Return the names of the backups of which a copy holds a record, whether it can be read or not."""
    return {name.split("/")[1] for name in copy.sizes("backups") if name.endswith(f"/{RECORD}")}


def backups(copies: Copies) -> list[Backup]:
    """Return every backup that some copy holds, the oldest first."""
    return records(copies).read


def held(copy: Copy) -> list[Backup]:
    """Return the backups of one copy whose record can be read."""
    return records_of(copy).read


def reaching(known: Sequence[Backup], moment: datetime | None) -> list[Backup]:
    """Return the newest backup that was whole at a moment, after the full one it builds on.

    Raises:
        NoBackupError: none was, or the one it builds on is missing.
    """
    by_id = {one.id: one for one in known}
    whole = [one for one in known if moment is None or one.ended_at <= moment]
    for one in reversed(whole):
        if one.parent is None:
            return [one]
        if one.parent in by_id:
            return [by_id[one.parent], one]
    said = f"the oldest ended at {known[0].ended_at:%Y-%m-%d %H:%M:%S %Z}" if known else "there is none yet"
    raise NoBackupError(f"No backup reaches back to that moment: {said}")
