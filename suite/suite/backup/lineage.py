"""Which way the log leads: along the newest line after restores, and where on that way a file of it is missing."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from suite.backup.catalogue import SEGMENT, Backup, number_of, position, segment
from suite.backup.files import SEALED
from suite.backup.installation import Installation
from suite.backup.log import LOG
from suite.backup.marks import Since, log_since, of_log

BEGUN = ".partial"
_NAME = 24  # letters of the name of a whole file of the log


def histories(place: Installation, since: Since | None) -> dict[int, str]:
    """Return from which line each line of the log came; from `since` on it bears marks. Raises: DamagedError."""
    names = [name for name in names_of_log(place.copies.sizes(LOG)) if name.endswith(".history")]
    return {int(name[:8], 16): of_log(place, name, since).decode() for name in names}


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


def names_of_log(objects: Iterable[str]) -> list[str]:
    """Return the files of the log among the objects of a copy, as PostgreSQL calls them."""
    own = (name.split("/")[1] for name in objects if name.startswith(f"{LOG}/"))
    return sorted({name.removesuffix(SEALED) for name in own})


def hole(names: Iterable[str], since: Backup, left: Mapping[int, int]) -> str | None:
    """Return the first file that the log lacks behind a backup although the line goes on behind it.

    `left` is how far the newest line went along each older one; the backup lies on it. What was begun may be the end.
    """
    there = {name for name in names if len(name.removesuffix(BEGUN)) == _NAME}
    lines = [since.timeline, *(one for one in sorted(left) if one > since.timeline)]
    first = number_of(since.last_segment)
    begins = [(first, since.timeline)]
    begins += [(left.get(before, 0) // SEGMENT, after) for before, after in pairwise(lines)]

    def wanted(number: int) -> str:
        return segment([one for begin, one in begins if begin <= number][-1], number * SEGMENT)

    on_way = {name.removesuffix(BEGUN) for name in there if number_of(name) >= first}
    newest = max((number_of(name) for name in on_way if name == wanted(number_of(name))), default=first)
    return next((wanted(one) for one in range(first, newest) if wanted(one) not in there), None)


def hole_behind(place: Installation, last: Backup) -> str | None:
    """Return the first file of the log that every copy lacks behind a backup. Raises: DamagedError, NoCopyError."""
    return hole(names_of_log(place.copies.sizes(LOG)), last, line(histories(place, log_since(place))))
