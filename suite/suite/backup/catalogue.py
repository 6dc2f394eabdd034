"""The backups there are: what each holds, from which moment, and which of them bring a moment back."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from regulation.zone import moment_said_by_then

from suite.backup.copies import STORE_ERRORS, Copies, Copy
from suite.backup.sealing import Locks

RECORD = "backup.json"
SEGMENT = 16 * 1024**2
"""Bytes of one file of the write-ahead log, as every cluster of ours is made."""


class NoBackupError(Exception):
    """No backup reaches the moment that was asked for."""


class Backup(BaseModel):
    """One backup of all databases; written last, so that without this record there is no backup.

    `parent` is the full backup that a differential one builds on, `parts` the hashes of what lies beside the
    databases. `mark` says that this province wrote it; those of before marks have none. `log_marked` says that each
    file of the log it needs bears one too, so that all that come later have to. Nothing here names a person.
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
    parts: dict[str, str] = {}
    log_marked: bool = False
    mark: str = ""
    words: bytes = Field(default=b"", exclude=True, repr=False)
    """What the mark was made of: the record as it was read, a newer version's words included."""

    @model_validator(mode="before")
    @classmethod
    def _as_read(cls, told: Any) -> Any:
        return {**told, "words": words_of(told)} if isinstance(told, dict) and "mark" in told else told

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


def words_of(told: dict[str, Any]) -> bytes:
    """Return the words of a record that its mark is made of."""
    own = {name: value for name, value in told.items() if name not in ("mark", "words")}
    return b"motcua backup " + json.dumps(own, sort_keys=True).encode()


def written(one: Backup, locks: Locks) -> bytes:
    """Return a record as copies keep it, marked as ours."""
    told = one.model_dump(mode="json", exclude={"mark"})
    return json.dumps(told | {"mark": locks.mark(words_of(told))}, indent=1).encode()


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


def believed(copies: Copies, locks: Locks) -> list[Backup]:
    """Return the backups that may be brought back, the oldest first; of two records of one name the marked one.

    One whose mark is not what it says is none, nor is one without a mark that is younger than any with: who can write
    to a copy can take a mark away. Older ones than marks are believed as they always were. Raises: NoCopyError.
    """
    found: dict[str, Backup] = {}

    def look(copy: Copy) -> None:
        for one in records_of(copy).read:
            if locks.judged(one.words, one.mark) or (
                one.id not in found and one.id not in doubtful([one], locks)
            ):
                found[one.id] = one

    copies.each(look)
    known = sorted(found.values(), key=lambda one: one.ended_at)
    doubted = doubtful(known, locks)
    return [one for one in known if one.id not in doubted]


def doubtful(known: Sequence[Backup], locks: Locks) -> dict[str, str]:
    """Return which records are not believed, each with why."""
    ours = [one.began_at for one in known if locks.judged(one.words, one.mark)]
    said = {
        one.id: "is not what this province wrote"
        for one in known
        if locks.judged(one.words, one.mark) is False
    }
    bare = (one.id for one in known if locks.judged(one.words, one.mark) is None)
    since = min(ours, default=None)
    late = {one.id for one in known if since is not None and one.began_at >= since}
    return said | {one: "bears no mark of this province, as older ones do" for one in bare if one in late}


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
    said = f"the oldest ended at {moment_said_by_then(known[0].ended_at)}" if known else "there is none yet"
    raise NoBackupError(f"No backup reaches back to that moment: {said}")
