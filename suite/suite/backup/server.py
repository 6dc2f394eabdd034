"""What is asked of the databases' server: where its log stands, and that it keeps the log until copies have it."""

import os
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg

from suite.backup.archive import Passing
from suite.backup.sealing import Locks, Sealed, Sink
from suite.run.places import postgres_programs
from suite.run.processes import die_with_parent

SLOT: Final = "motcua_backup"
STREAM: Final = ("-D", "-", "-F", "tar", "-X", "none", "-c", "fast", "--no-sync")
_POSITION = """select pg_current_wal_lsn()::text as lsn, (select system_identifier from pg_control_system()) as system,
    (select timeline_id from pg_control_checkpoint()) as timeline, current_setting('server_version') as version,
    (select sum(pg_database_size(oid))::bigint from pg_database) as size"""

_KEPT = "select coalesce(wal_status, '') from pg_replication_slots where slot_name = $1"
_REACHED = """select clock_timestamp() as at, pg_current_wal_flush_lsn()::text as written, coalesce((
    select write_lsn::text from pg_stat_replication join pg_replication_slots on active_pid = pid
    where slot_name = $1), '0/0') as received"""


class BackupError(Exception):
    """No backup was taken; the message is what the server or its programs said."""


class ServerPosition(NamedTuple):
    """Where the server stands: its log, which cluster and timeline it is, its version and size."""

    lsn: str
    system: int
    timeline: int
    version: str
    size: int


class Reached(NamedTuple):
    """A moment, how far the log was written at it, and how far it was received."""

    at: datetime
    written: str
    received: str


async def position_of(admin: str) -> ServerPosition:
    """Ask the server where it stands."""
    connection = await asyncpg.connect(admin)
    try:
        return ServerPosition(**await connection.fetchrow(_POSITION))
    finally:
        await connection.close()


async def system_of(admin: str) -> int:
    """Ask the server which cluster it is; one that is made anew is another."""
    connection = await asyncpg.connect(admin)
    try:
        told: int = await connection.fetchval("select system_identifier from pg_control_system()")
        return told
    finally:
        await connection.close()


async def log_is_held(admin: str) -> bool:
    """Look whether the server keeps its log until it is received; False where a part is lost or was never kept."""
    connection = await asyncpg.connect(admin)
    try:
        return await connection.fetchval(_KEPT, SLOT) in ("reserved", "extended", "unreserved")
    finally:
        await connection.close()


async def hold_log(admin: str) -> None:
    """Have the server keep its log from now on; only for whoever has noted that what came before may be lost."""
    connection = await asyncpg.connect(admin)
    try:
        if await connection.fetchval(_KEPT, SLOT) is not None:
            await connection.execute("select pg_drop_replication_slot($1)", SLOT)
        await connection.execute("select pg_create_physical_replication_slot($1, true)", SLOT)
    finally:
        await connection.close()


async def received(admin: str) -> Reached:
    """Ask the server how far its log is written, and how much of it the receiver says it has."""
    connection = await asyncpg.connect(admin)
    try:
        return Reached(**await connection.fetchrow(_REACHED, SLOT))
    finally:
        await connection.close()


async def end_segment(admin: str) -> None:
    """Have the server begin the next file of its log, so that the one with the backup's end is whole."""
    connection = await asyncpg.connect(admin)
    try:
        await connection.execute("select pg_switch_wal()")
    finally:
        await connection.close()


def address(admin: str) -> tuple[list[str], dict[str, str]]:
    """Return options and environment for a program of PostgreSQL, the password in the environment alone."""
    parts = urlsplit(admin)
    options = [
        "-h",
        parts.hostname or "",
        "-p",
        str(parts.port or 5432),
        "-U",
        unquote(parts.username or ""),
        "-w",
    ]
    path = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    # What an address asks of TLS, the programs are told by the same names in capitals: PGSSLMODE, PGSSLROOTCERT.
    path |= {f"PG{name.upper()}": value for name, value in parse_qsl(parts.query) if name.startswith("ssl")}
    return options, {**path, "LC_ALL": "C.UTF-8", "PGPASSWORD": unquote(parts.password or "")}


class Wanted(NamedTuple):
    """All databases of a server, or with a manifest of what is had already those pages that changed since."""

    admin: str
    since: Path | None = None


def stream_base(
    wanted: Wanted, locks: Locks, sink: Sink, passing: Passing, report: Callable[[int], None]
) -> Sealed:
    """Write databases as one archive, squeezed and sealed, to `sink`, showing it to `passing` on its way.

    Raises:
        BackupError: the server broke off; what was written is worth nothing.
    """
    options, environment = address(wanted.admin)
    command = [str(postgres_programs() / "pg_basebackup"), *options, *STREAM]
    command += [f"--incremental={wanted.since}"] if wanted.since else []
    with subprocess.Popen(
        command,
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(die_with_parent),  # noqa: PLW1509 - whoever takes a backup has one thread
    ) as program:
        try:
            made = locks.seal(_Watched(program, passing, report), sink)
        finally:
            program.kill()  # no matter to one that has ended
        said = program.stderr.read().decode(errors="replace") if program.stderr else ""
    if program.returncode != 0:
        raise BackupError((said.strip().splitlines() or ["pg_basebackup was ended"])[-1])
    return made


class _Watched:
    """Reads a program's output, shows it to `passing`, and tells how much there was."""

    def __init__(
        self, program: "subprocess.Popen[bytes]", passing: Passing, report: Callable[[int], None]
    ) -> None:
        self._program, self._passing, self._report, self._read = program, passing, report, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; the end only when the program has ended well."""
        assert self._program.stdout is not None
        block = self._program.stdout.read(size)
        if not block:
            self._program.wait()
            return b""
        self._passing.write(block)
        self._read += len(block)
        self._report(self._read)
        return block
