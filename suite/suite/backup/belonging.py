"""Whose copies these are: of this province and sealed for its key, or another's that nothing may be shipped over."""

import json
from typing import Final

import obstore

from suite.backup.catalogue import Records
from suite.backup.copies import PARTS, STORE_ERRORS, Copies, Copy, records_last
from suite.backup.installation import Installation
from suite.backup.sealing import RECIPIENTS
from suite.backup.server import BackupError

ASIDE: Final = "of-"
"""How the place below a copy begins in which the copies of another province lie."""


def refuse_others(place: Installation, known: Records, system: int) -> None:
    """Refuse to ship into copies of another province, or for another key than theirs; nothing was changed.

    A database server that was made anew is another province until its own was brought back. Raises: BackupError.
    """
    if known.read and system not in {one.system_id for one in known.read}:
        raise BackupError(
            "These copies are of another province: bring it back first (motcua backup restore), name empty places"
            " in MOTCUA_BACKUP_COPIES, or set its copies aside (motcua backup run --adopt)"
        )
    if known.unread and not known.read:
        raise BackupError(
            f"No record of a backup can be read ({', '.join(sorted(known.unread))}): see the runbook"
        )
    if (theirs := sealed_for(place.copies)) and place.locks.own not in theirs:
        raise BackupError(
            f"These copies are sealed for {', '.join(theirs)}, and the key here is of {place.locks.own}: put the right"
            " one at MOTCUA_BACKUP_KEY"
        )


def sealed_for(copies: Copies) -> list[str]:
    """Return the public keys that copies say they are sealed for; nothing where none ever said so."""
    for copy in copies.all:
        try:
            told: list[str] = json.loads(copy.get(RECIPIENTS))
        except (*STORE_ERRORS, ValueError):
            continue
        return told
    return []


def note_recipients(place: Installation) -> None:
    """Write down in every copy whom it is sealed for, so that a lost key is noticed and not replaced."""
    now = json.dumps(list(place.locks.recipients)).encode()
    place.copies.put(RECIPIENTS, now)


def set_aside(place: Installation, known: Records, system: int) -> None:
    """Move what the copies hold of another province below a name of its own, each whole; what is ours stays.

    It comes back by naming that place in `MOTCUA_BACKUP_COPIES` and `MOTCUA_BACKUP_KEYS`. Cut short, it goes on the
    next time: records move last. Raises: BackupError.
    """
    if not known.read or system in {one.system_id for one in known.read}:
        return
    below = f"{ASIDE}{known.read[-1].system_id}"
    for copy in place.copies.all:
        names = [RECIPIENTS, *sorted((name for part in PARTS for name in copy.sizes(part)), key=records_last)]
        _move(copy, names, below)
    _move(place.keys, [name for name in place.keys.sizes("") if "/" not in name], below)
    place.note_dropped()


def _move(copy: Copy, names: list[str], below: str) -> None:
    for name in names:
        try:
            obstore.rename(copy.store, name, f"{below}/{name}")
        except FileNotFoundError:
            continue
