"""Which backups are kept and which may go, so that copies grow no further than the days they have to reach back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from regulation.zone import local_day

from suite.backup.catalogue import RECORD, Backup, recorded, records
from suite.backup.copies import STORE_ERRORS, Copy
from suite.backup.files import FILES, SEALED, SKEW, listed, present
from suite.backup.installation import Installation
from suite.backup.sealing import DamagedError

log = structlog.get_logger()
EACH_FOR: Final = timedelta(days=2)
"""How long every backup is kept; of the days before, the last of each is, and the log reaches between them."""


def kept(known: Sequence[Backup], now: datetime, days: int) -> list[Backup]:
    """Return the backups to keep, the oldest first: with them and the log every moment of these days comes back.

    Kept are all of the last two days, the last of each day before, the newest that is older than all those days, and
    the full ones that any of these builds on. The newest backup is never dropped.
    """
    whole = [one for one in known if one.parent is None or any(two.id == one.parent for two in known)]
    since = now - timedelta(days=days)
    last = {local_day(one.ended_at) if one.ended_at >= since else None: one for one in whole}
    wanted = {one.id for one in last.values()} | {one.id for one in whole[-1:]}
    wanted |= {one.id for one in whole if one.ended_at >= now - EACH_FOR}
    wanted |= {one.parent for one in whole if one.id in wanted and one.parent}
    return [one for one in whole if one.id in wanted]


def prune(place: Installation, now: datetime) -> None:
    """Drop backups that need not be kept, the log before the oldest that is, and files that nobody needs any more.

    What another run was to drop and did not is dropped as well. Where a record cannot be read nobody knows what it
    needs, and nothing goes; likewise in a copy of which others do not know all backups.
    """
    known, unread = records(place.copies)
    if unread:
        log.warning("nothing leaves the copies", unread=sorted(unread))
        return
    stay = kept(known, now, place.settings.days)
    if not stay:
        return
    ids, first = {one.id for one in known if one not in stay}, min(one.first_segment[8:] for one in stay)
    for copy in place.copies.all:
        try:
            if not recorded(copy) <= {one.id for one in known}:
                continue
            copy.delete([f"backups/{one}/{RECORD}" for one in ids])  # from here on it is none
            copy.delete([name for name in copy.sizes("backups") if name.split("/")[1] in ids])
            copy.delete([name for name in copy.sizes("log") if _before(name, first)])
        except STORE_ERRORS:
            continue
    try:
        _drop_files(place, stay)
    except DamagedError as problem:  # whoever cannot read what a backup needs must not drop any of it
        log.warning("files stay in the copies", why=str(problem))
    finally:
        place.note_dropped()
    _drop_keys(place, stay)


def _drop_files(place: Installation, stay: Sequence[Backup]) -> None:
    """Drop files that are neither in the province nor named by a backup and came before the oldest one.

    What came since may have been there between two backups, and that moment can be brought back.

    Raises:
        DamagedError: nobody can tell what a backup names; nothing was dropped.
    """
    since, here = min(one.began_at for one in stay) - SKEW, present(place.files_url)
    alive = {f"{FILES}/{name}{SEALED}" for name in here}
    old = {copy.url: _older(copy, since) - alive for copy in place.copies.all}
    orphans = set().union(*old.values())
    for one in stay:
        if not orphans:
            return
        orphans -= {f"{FILES}/{name}{SEALED}" for name in listed(place, one)}
    for copy in place.copies.all:
        try:
            copy.delete(sorted(old[copy.url] & orphans))
        except STORE_ERRORS:
            continue


def _older(copy: Copy, moment: datetime) -> set[str]:
    try:
        return {name for name, at in copy.changed(FILES).items() if at < moment}
    except STORE_ERRORS:
        return set()


def _drop_keys(place: Installation, stay: Sequence[Backup]) -> None:
    """Drop keys older than every backup that is kept; their names begin with the moment."""
    first = min(one.id for one in stay)
    place.keys.delete([name for name in place.keys.sizes("") if "/" not in name and name < first])


def _before(name: str, first: str) -> bool:
    """Tell whether a file of the log comes before the first one needed, on whatever timeline."""
    part = name.split("/")[1].split(".", maxsplit=1)[0]
    return len(part) == len("0" * 24) and part[8:] < first
