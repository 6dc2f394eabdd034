"""Builds the databases again in an empty folder, as they were at a moment, and has them answer there."""

import asyncio
import io
import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import asyncpg
from regulation.zone import moment_said

from suite.backup.archive import Passing
from suite.backup.catalogue import SEGMENT, Backup, believed, number_of, reaching
from suite.backup.copies import STORE_ERRORS
from suite.backup.files import SEALED, unpack_keys
from suite.backup.installation import Installation, Report
from suite.backup.lineage import histories, hole, line, names_of_log, on_line
from suite.backup.log import LOG
from suite.backup.marks import Since, marked_since, of_log
from suite.backup.room import refuse_narrow
from suite.backup.sealing import DamagedError, Sink
from suite.run.places import give, postgres_programs, unprivileged
from suite.run.postgres import PostgresServer

ANSWERS_WITHIN: Final = 3600.0
QUIET: Final = timedelta(hours=1)
_ENDED_EARLY = "recovery ended before configured recovery target was reached"


class RestoreError(Exception):
    """The moment cannot be brought back; the message says what is missing. Nothing was changed."""


async def rebuild(
    place: Installation,
    moment: datetime | None,
    into: Path,
    report: Report,
    quick: dict[str, str] | None = None,
) -> tuple[PostgresServer, Backup]:
    """Build the databases of a moment, the newest there is without one, and return their server, running.

    Keys and passwords are laid out in `into` as well. `quick` are settings of a server whose data is only looked at.

    Raises:
        NoBackupError, RestoreError, DamagedError: what is missing or damaged in every copy.
        NoRoomError: it does not fit beside what there is.
    """
    used = _lay_out(place, moment, into, report)
    home = into / "postgres"
    report("Replay", 0)
    server = await _recovered(PostgresServer(home, settings=_settings(home, moment, quick or {})))
    shutil.rmtree(home / "log")
    report("Replay", 1)
    return server, used


def _lay_out(place: Installation, moment: datetime | None, into: Path, report: Report) -> Backup:
    """Lay out keys, databases and the log that leads to the moment in an emptied folder."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(mode=0o711, parents=True)
    every = believed(place.copies, place.locks)
    since = marked_since(place, every)
    left = line(histories(place, since))
    known = on_line(every, left)
    chain = reaching(known, moment)
    # The log must reach past the moment, to something that was committed after it; jobs commit every few seconds.
    later = [one for one in known if moment is not None and one.began_at > moment + QUIET]
    names = _names(place, chain[-1], later[0] if later else None)
    if moment is None and (lost := hole(names, chain[-1], left)):
        raise RestoreError(f"The log lacks {lost}: name a moment before {_shipped_before(place, lost)}")
    refuse_narrow(into, _size(chain, len(names)), place.settings.reserve)
    unpack_keys(place, into)
    home = into / "postgres"
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    _keep_password(into)
    parts = [home / f"part-{number}" for number in range(len(chain))]
    for one, part in zip(chain, parts, strict=True):
        unpack(place, one, part, lambda share: report("Databases", share))
    _combine(parts, home)
    log = Log(names, since, all_of_it=moment is None)
    lay_log(place, log, home / "log", lambda share: report("Log", share))
    (home / "data" / "recovery.signal").touch()
    return chain[-1]


def _size(chain: Sequence[Backup], segments: int) -> int:
    """Return how many bytes it takes at most to lay out backups and log, and to put them together and replay it.

    What changed since a full backup is put together into whole files beside it; replaying adds no more than it reads.
    """
    whole = chain[0].size if len(chain) > 1 else 0
    return sum(one.size for one in chain) + whole + 2 * segments * SEGMENT


def _keep_password(into: Path) -> None:
    """Write down whose password opens the databases where only the vault of containers knows it."""
    note = into / "postgres" / "superuser.json"
    if not note.exists() and (into / "secrets.json").exists():
        known = json.loads((into / "secrets.json").read_text("utf-8"))
        note.touch(mode=0o600)
        note.write_text(json.dumps({"password": known.get("postgres", "")}))


def _shipped_before(place: Installation, lost: str) -> str:
    """Return when the last file of the log before a missing one was shipped, in the province's time."""
    found: dict[str, datetime] = {}
    for copy in place.copies.all:
        with suppress(*STORE_ERRORS):
            for name, at in copy.changed(LOG).items():
                found[name] = min(at, found.get(name, at))
    files = {name.split("/")[1]: at for name, at in found.items() if not name.endswith(f".history{SEALED}")}
    before = [at for name, at in files.items() if number_of(name) < number_of(lost)]
    return f"{moment_said(max(before))}" if before else "that"


def _settings(home: Path, moment: datetime | None, quick: dict[str, str]) -> dict[str, str]:
    command = {"restore_command": f'cp "{home / "log"}/%f" "%p"', "hot_standby": "off"}
    until = (
        {"recovery_target_time": moment.isoformat(), "recovery_target_action": "promote"} if moment else {}
    )
    return {**command, **until, **quick}


def unpack(place: Installation, one: Backup, into: Path, report: Callable[[float], None]) -> None:
    """Lay out what one backup holds of the databases, from the first copy that is whole.

    Raises:
        DamagedError: no copy is.
    """
    said = []
    for copy in place.copies.all:
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(mode=0o700)
        give(into, unprivileged())
        writing = _Files(into, lambda done: report(min(done / max(one.size, 1), 1)), place.settings.reserve)
        try:
            source = copy.read(f"backups/{one.id}/base.tar{SEALED}")
            found = place.locks.open(source, Passing(writing.member), one.size)
        except (*STORE_ERRORS, DamagedError) as error:
            said.append(f"{copy.shown}: {error}")
            continue
        finally:
            writing.close()
        if found.sha256 == one.sha256:
            report(1)
            return
        said.append(f"{copy.shown}: another archive than was written")
    raise DamagedError(f"backup {one.id} is whole in no copy: {'; '.join(said)}")


class _Files:
    """Writes the members of an archive below a folder, for the account that servers run under."""

    def __init__(self, folder: Path, report: Callable[[int], None], reserve: float) -> None:
        self._folder, self._report, self._reserve, self._done = folder, report, reserve, 0
        self._open: io.BufferedWriter | None = None

    def member(self, told: tarfile.TarInfo) -> Sink | None:
        """Begin one member. Raises: DamagedError."""
        self.close()
        refuse_narrow(self._folder, told.size, self._reserve)  # the living province may have grown meanwhile
        self._done += told.size
        self._report(self._done)
        place = self._folder / told.name
        if not place.resolve().is_relative_to(self._folder.resolve()) or not (told.isreg() or told.isdir()):
            raise DamagedError(f"{told.name} has no place in a backup")
        if told.isdir():
            place.mkdir(mode=0o700, exist_ok=True, parents=True)
        else:
            place.touch(mode=0o600)
            self._open = place.open("wb")
        give(place, unprivileged())
        return self._open

    def close(self) -> None:
        """End the member being written."""
        if self._open is not None:
            self._open.close()
            self._open = None


def _combine(parts: Sequence[Path], home: Path) -> None:
    """Put a full backup and what changed since together, and compare every file with its checksum."""
    if len(parts) == 1:
        parts[0].rename(home / "data")
    else:
        draft = home / "whole"
        draft.mkdir(mode=0o700)
        give(draft, unprivileged())
        run("pg_combinebackup", "--link", "--no-sync", "-o", str(draft), *map(str, parts))
        draft.rename(home / "data")
        for part in parts:
            shutil.rmtree(part)
    run("pg_verifybackup", "--no-parse-wal", "--quiet", str(home / "data"))


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs under the account that servers have. Raises: RestoreError."""
    account = unprivileged()
    done = subprocess.run(
        [str(postgres_programs() / program), *arguments],
        check=False,
        cwd="/",
        env={"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode != 0:
        raise RestoreError(f"{program}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")


def _names(place: Installation, since: Backup, until: Backup | None) -> list[str]:
    """Return the names of the log from a backup's beginning on, as far as a later one if that is enough."""
    return [name for name in names_of_log(place.copies.sizes(LOG)) if _is_needed(name, since, until)]


class Log(NamedTuple):
    """Which files of the log are wanted, from where on each bears a mark, and whether all of it is wanted."""

    names: Sequence[str]
    since: Since | None
    all_of_it: bool


def lay_log(place: Installation, log: Log, into: Path, report: Callable[[float], None]) -> None:
    """Lay out files of the log; unless all of it is wanted, PostgreSQL judges whether it can do without a damaged one.

    Raises:
        DamagedError, NoRoomError: what keeps the moment from coming back.
    """
    into.mkdir(mode=0o755)
    for number, name in enumerate(log.names, 1):
        refuse_narrow(into, SEGMENT, place.settings.reserve)
        whole = into / name.removesuffix(".partial")
        if not whole.exists():
            try:
                whole.write_bytes(of_log(place, name, log.since))
            except DamagedError:
                if log.all_of_it or name.endswith(".history"):
                    raise
                continue
            whole.chmod(0o644)
        report(number / len(log.names))


def _is_needed(name: str, since: Backup, until: Backup | None) -> bool:
    if name.endswith(".history"):
        return True
    place, last = name[8:24], until.first_segment[8:] if until else "G"
    return since.first_segment[8:] <= place <= last and int(name[:8], 16) >= since.timeline


async def _recovered(server: PostgresServer) -> PostgresServer:
    """Start a server and wait until it has replayed its log. Raises: RestoreError."""
    process = server.launch()
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = (server.folder / "postgres.log").read_text(errors="replace")
            if _ENDED_EARLY in said:
                raise RestoreError("The log that was kept ends before that moment; name an earlier one")
            fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
            raise RestoreError(f"PostgreSQL did not come up: {(fatal or ['see its log'])[-1]}")
        with suppress(OSError, asyncpg.CannotConnectNowError, asyncpg.PostgresConnectionError):
            if await _is_open(server):
                return server
        await asyncio.sleep(0.1)
    server.kill()
    raise RestoreError(f"PostgreSQL did not replay its log within {ANSWERS_WITHIN:.0f} s")


async def _is_open(server: PostgresServer) -> bool:
    """Say whether a server has come to the end of its log. Raises: RestoreError where it lets us not in."""
    try:
        connection = await asyncpg.connect(server.dsn(), timeout=5)
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        server.kill()
        raise RestoreError(f"The password that was kept does not open the databases: {error}") from error
    done = not await connection.fetchval("select pg_is_in_recovery()")
    await connection.close()
    return done
