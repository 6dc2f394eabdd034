"""Reads every copy again from its first byte to its last, and says what is damaged, missing or has a gap."""

import json
import struct
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from suite.backup.bundle import is_ours
from suite.backup.catalogue import RECORD, SEGMENT, Backup, doubtful, following, number_of, records_of
from suite.backup.copies import PARTS, STORE_ERRORS, Copy
from suite.backup.files import FILES, LARGE, SEALED, hash_in
from suite.backup.installation import Installation, Report
from suite.backup.lineage import histories, hole, line, names_of_log, on_line
from suite.backup.log import LOG
from suite.backup.marks import Since, doubted, log_since, rule_said
from suite.backup.sealing import SMALL, DamagedError, Nowhere, Sealed

Note = Callable[[str, str], None]
SOMETHING_ELSE: Final = "holds something else than was written"
_HEAD: Final = struct.Struct("<HHIQI4xQ")  # how the first page of a file of the log begins


class Problem(NamedTuple):
    """One thing that is wrong: in which copy, with what, and how."""

    copy: str
    what: str
    says: str


def _no_note(_copy: str, _says: str) -> None:
    """Keep to oneself what is no problem."""


def verify(place: Installation, report: Report, note: Note = _no_note) -> list[Problem]:
    """Open and hash everything that every copy holds, and look for gaps; nothing is found where all is well.

    A copy without a single backup is a problem: who cannot tell must not say that all is well. What is believed by a
    rule and not by its mark is no problem; it is noted.
    """
    found: list[Problem] = []
    for number, copy in enumerate(place.copies.all, 1):
        step = f"Copy {number}"
        try:
            look = _Look(place, copy, log_since(place), [])
            found += [Problem(copy.shown, what, says) for what, says in _of_copy(look, step, report)]
            if look.bare:
                note(copy.shown, rule_said(len(look.bare), look.since))
        except STORE_ERRORS as error:
            found.append(Problem(copy.shown, "the place", str(error)))
        report(step, 1)
    try:
        bundles = [name for name in place.keys.sizes("") if "/" not in name]
        if not bundles:
            found.append(Problem(place.keys.shown, "keys", "none are kept"))
        found += [Problem(place.keys.shown, name, says) for name, says in _keys_say(place, sorted(bundles))]
    except STORE_ERRORS as error:
        found.append(Problem(place.keys.shown, "the place", str(error)))
    return found


def _keys_say(place: Installation, names: list[str]) -> Iterator[tuple[str, str]]:
    """Open each bundle of keys and look whether it is what this province wrote under that name."""
    marks = False
    for name in names:  # the oldest first: only those of before marks have none
        try:
            bundle, _ = place.locks.read(place.keys.read(name))
        except (*STORE_ERRORS, DamagedError) as error:
            yield name, str(error)
            continue
        ours = is_ours(bundle, name.removesuffix(f".tar{SEALED}"), place.locks)
        marks = marks or bool(ours)
        if ours is False:
            yield name, "is not what this province wrote"
        elif ours is None and marks:
            yield name, "bears no mark of this province, as others do"


class _Look(NamedTuple):
    """A look into one copy: from where on its log bears marks, and which files of it are believed without one."""

    place: Installation
    copy: Copy
    since: Since | None
    bare: list[str]

    def opened(self, name: str, most: int) -> tuple[Sealed | None, list[str]]:
        """Open an object and forget it; return what is told of it, or why it does not open."""
        try:
            return self.place.locks.open(self.copy.read(name), Nowhere(), most), []
        except (*STORE_ERRORS, DamagedError) as error:
            return None, [str(error)]


def _of_copy(look: _Look, step: str, report: Report) -> Iterator[tuple[str, str]]:
    copy = look.copy
    sizes = {name: size for part in PARTS for name, size in copy.sizes(part).items()}
    total, done = max(sum(sizes.values()), 1), 0
    known, unread = records_of(copy)
    yield from ((f"backups/{one}/{RECORD}", "cannot be read") for one in sorted(unread))
    if not known:
        yield "backups", "there is none"
    yield from ((f"backups/{one}/{RECORD}", says) for one, says in doubtful(known, look.place.locks).items())
    bases = {f"backups/{one.id}/base.tar{SEALED}": one for one in known}
    hashes = {name: one.sha256 for name, one in bases.items()}
    hashes |= {f"backups/{one.id}/{part}{SEALED}": says for one in known for part, says in one.parts.items()}
    for name in sorted(sizes):
        done += sizes[name]
        if name.endswith(SEALED):
            sealed, says = look.opened(name, bases[name].size if name in bases else _most(name))
            wanted = hashes.get(name) or hash_in(name)
            says += [SOMETHING_ELSE] if sealed and wanted not in ("", sealed.sha256) else []
            says += _log_says(look, name, sealed, known) if sealed and name.startswith(LOG) else []
            yield from ((name, one) for one in says)
        report(step, done / total)
    for one in known:
        yield from _parts(look.place, copy, one, sizes)
    yield from _gaps(known, names_of_log(sizes), line(histories(look.place, look.since)))


def _most(name: str) -> int:
    """Return to how many bytes an object may unpack whose size no record declares."""
    return {LOG: SEGMENT, FILES: LARGE}.get(name.partition("/")[0], SMALL)


def _log_says(look: _Look, name: str, sealed: Sealed, known: list[Backup]) -> list[str]:
    """Look whether a file of the log is the part of this province's log that its name says, and who wrote it."""
    own = name.split("/")[1].removesuffix(SEALED)
    ours = look.place.locks.is_ours(name, sealed)
    why = doubted(ours, own, look.since)
    if ours is None and not why:
        look.bare.append(own)
    return ([why] if why else []) + _is_part(look, name, own.removesuffix(".partial"), known)


def _is_part(look: _Look, name: str, part: str, known: list[Backup]) -> list[str]:
    if part.endswith(".history"):
        return []
    data, _ = look.place.locks.read(look.copy.read(name), SEGMENT)
    if len(data) != SEGMENT:
        return [f"has {len(data)} bytes"]
    _, _, _, address, _, system = _HEAD.unpack_from(data)
    if address != number_of(part) * SEGMENT:
        return ["is another part of the log"]
    return [] if not known or system in {one.system_id for one in known} else ["is the log of another server"]


def _parts(place: Installation, copy: Copy, one: Backup, sizes: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Look whether all is there that a backup speaks of."""
    for part in ("base.tar", "manifest", "files.json"):
        if f"backups/{one.id}/{part}{SEALED}" not in sizes:
            yield one.id, f"{part} is missing"
            return
    try:
        named = json.loads(place.locks.read(copy.read(f"backups/{one.id}/files.json{SEALED}"))[0])
    except (*STORE_ERRORS, DamagedError):
        return  # told already
    missing = [name for name in named if f"{FILES}/{name}{SEALED}" not in sizes]
    if missing:
        yield one.id, f"{len(missing)} of {len(named)} files are missing"
    if one.parent and f"backups/{one.parent}/backup.json" not in sizes:
        yield one.id, f"the full backup {one.parent} that it builds on is missing"


def _gaps(known: list[Backup], there: Collection[str], left: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """Look whether the log runs without a gap from each backup to the next of its timeline, and on behind the last."""
    for one in known:
        yield from (
            (one.id, f"the log lacks {name}, without which this backup is nothing")
            for name in one.segments
            if name not in there
        )
    by_time = sorted(known, key=lambda one: one.ended_at)
    for one, after in pairwise(by_time):
        name = following(one.last_segment)
        while one.timeline == after.timeline and name < after.first_segment:
            if name not in there:
                yield one.id, f"from {name} on the log has a gap before {after.id}"
                break
            name = following(name)
    for one in on_line(by_time, left)[-1:]:
        if lost := hole(there, one, left):
            yield one.id, f"from {lost} on the log has a gap, and nothing behind it comes back"
