"""Takes one backup: databases in one stream, then files and keys, then the log it needs, and only then its record."""

import asyncio
import hashlib
import io
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from suite.backup.archive import Passing
from suite.backup.belonging import note_recipients, refuse_others, set_aside
from suite.backup.catalogue import RECORD, Backup, believed, recorded, records, written
from suite.backup.copies import GIVEN_UP, STORE_ERRORS, Copies, Copy, NoCopyError, said_by
from suite.backup.files import FILES, SEALED, from_any, not_to_ship, ship_files, ship_keys
from suite.backup.installation import Installation, Report
from suite.backup.keeping import prune
from suite.backup.log import LOG
from suite.backup.marks import log_is_marked
from suite.backup.sealing import DamagedError, Sealed, Sink
from suite.backup.server import (
    BackupError,
    ServerPosition,
    Wanted,
    end_segment,
    log_is_held,
    position_of,
    stream_base,
)

Wait = Callable[[], Awaitable[None]]
FULL_EVERY: Final = timedelta(days=7)
SECOND: Final = "%Y%m%dT%H%M%SZ"
LOG_WITHIN: Final = 180.0
"""Seconds in which the log has to follow; a backup whose log is missing is none."""


class _Run(NamedTuple):
    """One backup being taken: since when, where the server stood, and the full one it builds on."""

    began: datetime
    now: ServerPosition
    parent: Backup | None

    @property
    def id(self) -> str:
        """Return its name."""
        return f"{self.began:{SECOND}}-{'differential' if self.parent else 'full'}"


async def take(
    place: Installation, admin: str, report: Report, follow: Wait, *, full: bool = False, adopt: bool = False
) -> Backup:
    """Take one backup, give every copy what it lacks, and drop what is no longer kept.

    `follow` is awaited until the copies hold the log. A full one is taken every week and after a restore. Copies of
    another province are refused, with `adopt` set aside.

    Raises:
        BusyError, BackupError, NoCopyError: nothing new counts as a backup.
    """
    with place.alone():
        now = await position_of(admin)
        known = await _own(place, now.system, adopt=adopt)
        sweep(place.copies)
        began = await _own_moment(known)
        if not await log_is_held(admin):  # whoever receives it has to see that first, and begin anew
            raise BackupError(
                "The server keeps no log for copies, or lost a part of it; is the keeper running?"
            )
        parent = None if full else _parent(believed(place.copies, place.locks), now, began)
        run = _Run(began, now, parent)
        try:
            made, manifest = _databases(place, admin, run, report)
        except (BackupError, DamagedError):
            if parent is None:
                raise
            run = _Run(began, now, None)  # nobody knows any more what changed since
            made, manifest = _databases(place, admin, run, report)
        files = _files(place, run, known[-1] if known else None, report)
        done = _record(run, made, manifest, files)
        await _log(place, admin, done, follow, report)
        done = done.model_copy(update={"log_marked": log_is_marked(place, done)})
        place.copies.mirror("backups")
        place.copies.put(f"backups/{done.id}/{RECORD}", written(done, place.locks), needs=_whole(done))
        for part in (LOG, FILES):
            place.copies.mirror(part)
        prune(place, done.ended_at)
        return done


async def _own(place: Installation, system: int, *, adopt: bool) -> list[Backup]:
    """Return the backups there are of this province. Raises: BackupError where they are another's."""
    if adopt:
        set_aside(place, records(place.copies), system)
    known = records(place.copies)
    refuse_others(place, known, system)
    note_recipients(place)
    return known.read


async def _own_moment(known: Sequence[Backup]) -> datetime:
    """Return this moment, or the next one after which no backup is named: names tell seconds."""
    now = datetime.now(UTC)
    if f"{now:{SECOND}}" in {one.id.partition("-")[0] for one in known}:
        await asyncio.sleep(1.001 - now.microsecond / 1e6)
    return datetime.now(UTC)


def _parent(known: Sequence[Backup], now: ServerPosition, at: datetime) -> Backup | None:
    """Return the full backup that what changed since is enough for, none where everything has to be taken."""
    fulls = [one for one in known if one.kind == "full" and one.ended_at > at - FULL_EVERY]
    same = [one for one in fulls if (one.system_id, one.timeline) == (now.system, now.timeline)]
    return same[-1] if same and int(now.version.split(".")[0]) >= 17 else None


def _databases(place: Installation, admin: str, run: _Run, report: Report) -> tuple[Sealed, bytes]:
    """Stream all databases into the first copy that takes them; return what was sealed, and the manifest."""

    def told(read: int) -> None:
        report("Databases", min(read / max(run.now.size, 1), 0.99))

    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="motcua-") as parcel:
        since = Path(parcel) / "manifest"
        if run.parent is not None:
            since.write_bytes(from_any(place, _manifest(run.parent.id), run.parent.parts.get("manifest", "")))
        wanted = Wanted(admin, since if run.parent else None)
        for copy in place.copies.all:
            kept = io.BytesIO()
            try:
                made = _into(copy, f"backups/{run.id}/base.tar{SEALED}", place, wanted, (kept, told))
            except STORE_ERRORS as error:
                failed[copy.shown] = said_by(error)
                place.copies.missed(failed)
                continue
            report("Databases", 1)
            place.copies.put(_manifest(run.id), place.locks.sealed(kept.getvalue()))
            return made, kept.getvalue()
    raise NoCopyError("; ".join(f"{where}: {said}" for where, said in failed.items()))


def _files(place: Installation, run: _Run, last: Backup | None, report: Report) -> dict[str, int]:
    """Copy files, the list of them, and keys; return all files of the province."""
    files = ship_files(place, not_to_ship(place, last), lambda share: report("Files", share))
    report("Files", 1)
    place.copies.put(f"backups/{run.id}/files.json{SEALED}", place.locks.sealed(json.dumps(files).encode()))
    ship_keys(place, run.id)
    return files


def _whole(done: Backup) -> list[str]:
    """Return the objects without which a copy holds no backup, its record aside."""
    own = [f"backups/{done.id}/{part}{SEALED}" for part in ("base.tar", "manifest", "files.json")]
    return own + ([f"backups/{done.parent}/{RECORD}"] if done.parent else [])


def _manifest(name: str) -> str:
    return f"backups/{name}/manifest{SEALED}"


def _into(
    copy: Copy, name: str, place: Installation, wanted: Wanted, told: tuple[Sink, Callable[[int], None]]
) -> Sealed:
    """Stream into one copy. `told` are where the manifest goes and who hears of progress."""
    kept, report = told
    passing = Passing(lambda one: kept if one.name == "backup_manifest" else None)
    with copy.writing(name) as sink:
        return stream_base(wanted, place.locks, sink, passing, report)


def _record(run: _Run, made: Sealed, manifest: bytes, files: dict[str, int]) -> Backup:
    """Write down what was taken; the manifest names the part of the log without which it is nothing."""
    needed = json.loads(manifest)["WAL-Ranges"][-1]
    listed = json.dumps(files).encode()
    return Backup(
        id=run.id,
        kind="differential" if run.parent else "full",
        parent=run.parent.id if run.parent else None,
        began_at=run.began,
        ended_at=datetime.now(UTC),
        timeline=needed["Timeline"],
        start_lsn=needed["Start-LSN"],
        end_lsn=needed["End-LSN"],
        system_id=run.now.system,
        server=run.now.version,
        size=made.size,
        sha256=made.sha256,
        file_count=len(files),
        file_size=sum(files.values()),
        parts={
            name: hashlib.sha256(part).hexdigest()
            for name, part in (("manifest", manifest), ("files.json", listed))
        },
    )


async def _log(place: Installation, admin: str, done: Backup, follow: Wait, report: Report) -> None:
    """Wait until a copy holds the log up to the end of the backup. Raises: BackupError."""
    report("Log", 0)
    await end_segment(admin)
    deadline = time.monotonic() + LOG_WITHIN
    while f"{LOG}/{done.last_segment}{SEALED}" not in place.copies.sizes(LOG):
        if time.monotonic() > deadline:
            raise BackupError(f"The log did not follow within {LOG_WITHIN:.0f} s; is the keeper running?")
        await follow()
    report("Log", 1)


def make_good(place: Installation) -> None:
    """Give every copy what only others hold. Raises: BusyError, BackupError, NoCopyError."""
    with place.alone():
        if lacks := place.copies.make_good():
            said = (
                f"{name} lacks {count}: {place.copies.troubles.get(name, '')}"
                for name, count in lacks.items()
            )
            raise BackupError("; ".join(said))


def sweep(copies: Copies) -> None:
    """Remove what a run that was cut short left behind: it has a record in no copy, and nobody writes it any more.

    Where a copy does not answer nobody knows what it has a record of, and nothing is removed.
    """
    named, since = set[str](), datetime.now(UTC) - timedelta(seconds=GIVEN_UP)
    try:
        whole = len(copies.each(lambda copy: named.update(recorded(copy)))) == len(copies.all)
    except NoCopyError:
        return
    for copy in copies.all:
        with suppress(*STORE_ERRORS):
            copy.sweep()
            changed = copy.changed("backups") if whole else {}
            alive = named | {_owner(name) for name, at in changed.items() if at > since}
            copy.delete([name for name in changed if _owner(name) not in alive])


def _owner(name: str) -> str:
    """Return the backup that an object belongs to."""
    return name.split("/")[1]


async def patience() -> None:
    """Wait a moment for the keeper, which ships the log."""
    await asyncio.sleep(0.5)
