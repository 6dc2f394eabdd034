"""The backups there are: what each holds, from which moment, and which of them bring a moment back."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

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


def position(lsn: str) -> int:
    """Return a place in the log as a number of bytes."""
    high, low = lsn.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def segment(timeline: int, place: int) -> str:
    """Return the name of the file of the log that holds a place."""
    number = place // SEGMENT
    return f"{timeline:08X}{number // 256:08X}{number % 256:08X}"


def following(name: str) -> str:
    """Return the name of the next file of the log."""
    number = int(name[8:16], 16) * 256 + int(name[16:24], 16) + 1
    return f"{name[:8]}{number // 256:08X}{number % 256:08X}"


def backups(copies: Copies) -> list[Backup]:
    """Return every backup that some copy holds, the oldest first."""
    found: dict[str, Backup] = {}
    copies.each(lambda copy: found.update({one.id: one for one in held(copy)}))
    return sorted(found.values(), key=lambda one: one.ended_at)


def held(copy: Copy) -> list[Backup]:
    """Return the backups of one copy whose record can be read."""
    read = []
    for name in copy.sizes("backups"):
        if name.endswith(RECORD):
            try:
                read.append(Backup.model_validate_json(copy.get(name)))
            except (*STORE_ERRORS, ValidationError):
                continue
    return read


def line(histories: Mapping[int, str]) -> dict[int, int]:
    """Return how far the newest line of the log went along each older one; `histories` as PostgreSQL writes them.

    A restore begins a new line where the moment was. What the old one holds behind that place was undone.
    """
    if not histories:
        return {}
    told = (row.split() for row in histories[max(histories)].splitlines())
    left = {int(row[0]): position(row[1]) for row in told if len(row) > 1 and row[0].isdigit()}
    return {**left, max(histories): sys.maxsize}


def on_line(known: Sequence[Backup], left: Mapping[int, int]) -> list[Backup]:
    """Return the backups that the newest line leads on from."""
    newest = max(left, default=0)
    return [
        one for one in known if one.timeline > newest or position(one.end_lsn) <= left.get(one.timeline, 0)
    ]


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
