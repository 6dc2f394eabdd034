"""Which backups are kept and which may go, so that copies grow no further than the days they have to reach back."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from suite.backup.catalogue import RECORD, Backup, backups
from suite.backup.copies import STORE_ERRORS, MissingError
from suite.backup.files import FILES, SEALED, present
from suite.backup.installation import Installation

EACH_FOR: Final = timedelta(days=2)
"""How long every backup is kept; of the days before, the last of each is, and the log reaches between them."""


def kept(known: Sequence[Backup], now: datetime, days: int) -> list[Backup]:
    """Return the backups to keep, the oldest first: with them and the log every moment of these days comes back.

    Kept are all of the last two days, the last of each day before, the newest that is older than all those days, and
    the full ones that any of these builds on. The newest backup is never dropped.
    """
    whole = [one for one in known if one.parent is None or any(two.id == one.parent for two in known)]
    since = now - timedelta(days=days)
    last = {one.ended_at.date() if one.ended_at >= since else None: one for one in whole}
    wanted = {one.id for one in last.values()} | {one.id for one in whole[-1:]}
    wanted |= {one.id for one in whole if one.ended_at >= now - EACH_FOR}
    wanted |= {one.parent for one in whole if one.id in wanted and one.parent}
    return [one for one in whole if one.id in wanted]


def prune(place: Installation, now: datetime) -> None:
    """Drop backups that need not be kept, the log before the oldest that is, and files that only they knew."""
    known = backups(place.copies)
    stay = kept(known, now, place.settings.days)
    gone = [one for one in known if one not in stay]
    if not gone or not stay:
        return
    needed = set(present(place.files_url)).union(*(_files(place, one) for one in stay))
    orphans = set().union(*(_files(place, one) for one in gone)) - needed
    first = min(one.first_segment[8:] for one in stay)
    for copy in place.copies.all:
        try:
            copy.delete([f"backups/{one.id}/{RECORD}" for one in gone])  # from here on it is none
            ids = {one.id for one in gone}
            copy.delete([name for name in copy.sizes("backups") if name.split("/")[1] in ids])
            copy.delete([name for name in copy.sizes("log") if _before(name, first)])
            copy.delete([f"{FILES}/{name}{SEALED}" for name in sorted(orphans)])
        except STORE_ERRORS:
            continue
    for one in gone:
        place.keys.delete([f"{one.id}.tar{SEALED}"])


def _files(place: Installation, one: Backup) -> set[str]:
    try:
        return set(json.loads(place.locks.opened(place.copies.get(f"backups/{one.id}/files.json{SEALED}"))))
    except MissingError:
        return set()


def _before(name: str, first: str) -> bool:
    """Tell whether a file of the log comes before the first one needed, on whatever timeline."""
    part = name.split("/")[1].split(".", maxsplit=1)[0]
    return len(part) == len("0" * 24) and part[8:] < first
