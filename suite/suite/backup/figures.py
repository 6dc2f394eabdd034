"""What a keeper tells those who watch: how old the copies are, what a copy lacks, and how the last drill went."""

import shutil
from contextlib import suppress
from functools import cache
from typing import Final

from common.metrics import registry
from prometheus_client import Gauge

from suite.backup.copies import Copies
from suite.backup.drilling import Drill
from suite.backup.standing import KeeperNote

NUMBERS: Final[list[Gauge]] = []
"""What a keeper tells once it keeps copies."""


def _gauge(name: str, says: str, *labels: str) -> Gauge:
    """Make a number that nobody tells yet: who only knows of copies and keeps none would tell that a drill failed."""
    made = Gauge(f"motcua_{name}", says, labels, registry=None)
    NUMBERS.append(made)
    return made


@cache
def _told_from_here() -> None:
    for one in NUMBERS:
        registry.register(one)


backup_due = _gauge("backup_due_timestamp_seconds", "When the next backup is due, in Unix time")
shipped = _gauge(
    "backup_shipped_timestamp_seconds", "Moment up to which a copy holds everything, in Unix time"
)
away = _gauge("backup_copy_away", "Whether the last attempt to write to a copy failed", "copy")
free = _gauge("backup_free_bytes", "Room that is left where a copy lies on this machine", "copy")
drill_due = _gauge("drill_due_timestamp_seconds", "When the next drill is due, in Unix time")
drill_passed = _gauge("drill_passed", "Whether the last drill brought the province back whole")


def tell(told: KeeperNote, tried: Drill | None, copies: Copies) -> None:
    """Set the numbers to what the keeper noted; what is not known yet counts from when it began."""
    _told_from_here()
    since = told.began or told.at
    backup_due.set(((told.last_at or since) + told.every).timestamp())
    shipped.set((told.shipped_at or since).timestamp())
    drill_due.set(((tried.at if tried else told.first_at or since) + told.drill_every).timestamp())
    drill_passed.set(tried is None or tried.passed)
    for number, copy in enumerate(copies.all, 1):
        away.labels(str(number)).set(bool(told.copies.get(copy.shown)))
        if copy.folder is not None:
            with suppress(OSError):
                free.labels(str(number)).set(shutil.disk_usage(copy.folder).free)
