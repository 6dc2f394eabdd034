"""How old copies may be, how soon a province comes back from them, and how fast drill and access log are judged."""

import asyncio
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import asyncpg
from audit.heads import Hand
from audit.reading import AS_HASHED, Splitter
from audit.verifying import verify
from suite.backup.drilling import Drill, drill
from suite.backup.installation import Installation, installation_at
from suite.backup.keeper import Keeper
from suite.backup.restoring import lay_out
from suite.demo.journey import MainJob
from suite.run.layout import load_secrets
from suite.run.places import free_port
from suite.run.postgres import PostgresServer
from suite.testing.copied import at_once, quiet
from suite.testing.folders import private_folder

from bench.findings import Finding
from bench.machine import disturbed, quietest
from bench.province import Province, close

GB: Final = 1_000_000_000
AT_ONCE: Final = 25_000
DRILL, VERIFY, RPO, RTO_PER_GB = 60.0, 200_000.0, 300.0, 90.0
LOG_MB: Final = 64
# A line as the services write it: a reader, a route, a dossier, where from and with what.
_LINES: Final = """insert into audit_line (actor, kind, roles, agency, deed, route, subject, details, address, agent)
    select md5(n::text)::uuid::text, 'officer', 'one_stop', 'H42.' || n % 130, 'view',
        'GET /api/intake/desk/dossiers/{code}', 'H42.' || n % 130 || '-261127-' || lpad((n % 9000)::text, 4, '0'),
        '{"size": "' || n || '"}', '10.0.' || n % 250 || '.7', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0'
    from generate_series(1, $1) n"""
_SIZE: Final = "select sum(pg_database_size(oid))::bigint from pg_database"
_UNSEALED: Final = """select coalesce((select max(upto) from audit_seal), 0)
    <= coalesce((select max(xid) from audit_line), 0)"""
_ALL: Final = "select * from audit_line order by xid, seq"


class Bare(NamedTuple):
    """What the machine does at best, in the same run: seconds to copy the databases, and so much log twice."""

    databases: float
    log: float


@dataclass
class Copied:
    """A running province of a gigabyte, its copies, and a keeper that is turned by hand."""

    suite: Province
    place: Installation = field(init=False)
    keeper: Keeper = field(init=False)
    server: PostgresServer = field(init=False)

    def __post_init__(self) -> None:
        """Find the databases of the running suite and the place of its copies."""
        folder = self.suite.folder
        self.server = PostgresServer(folder / "postgres", port=self.suite.note["postgres_port"])
        self.place = installation_at(folder, (folder / "files").as_uri())
        self.keeper = Keeper(self.place, self.server.dsn(), at_once)

    async def ask(self, service: str, query: str, *values: object) -> int:
        """Return the one number that a query has."""
        connection = await asyncpg.connect(self.server.dsn(service), command_timeout=3600)
        try:
            return int(await connection.fetchval(query, *values) or 0)
        finally:
            await connection.close()

    async def write(self, lines: int) -> None:
        """Write lines of intake's access log, a transaction for some thousand of them."""
        connection = await asyncpg.connect(self.server.dsn("intake"), command_timeout=3600)
        try:
            for _ in range(0, lines, AT_ONCE):
                await connection.execute(_LINES, min(AT_ONCE, lines))
        finally:
            await connection.close()

    async def grow(self) -> int:
        """Fill the databases to a gigabyte with what grows fastest in a province."""
        while (size := await self.ask("postgres", _SIZE)) < GB:
            await self.write(AT_ONCE * 4)
        return size

    async def shipped(self) -> float:
        """Let the keeper work without a pause until a copy knows this moment; return the seconds it took."""
        moment, begun = datetime.now(UTC), time.monotonic()
        while (known := self.keeper.told.shipped_at) is None or known < moment:
            await self.keeper.round()
        return time.monotonic() - begun


def run() -> list[Finding]:
    """Start a province, fill it, and measure."""
    os.environ["MOTCUA_BACKUP_FIRST"] = "0"
    suite = Province(private_folder("copied"), free_port())
    try:
        suite.start()
        MainJob(f"http://127.0.0.1:{suite.port}", suite.folder).play()
        return _measured(Copied(suite))
    finally:
        close(suite)


def _measured(made: Copied) -> list[Finding]:
    size = asyncio.run(made.grow())
    while asyncio.run(made.ask("intake", _UNSEALED)):
        time.sleep(0.5)
    backup = asyncio.run(made.shipped())
    log, age = asyncio.run(_log(made)), asyncio.run(_age(made))
    restored = _back(made.place)
    made.keeper.receiver.stop()
    bare = _bare(made.place)
    tried, share = quietest(lambda: asyncio.run(drill(made.place, quiet)), 2)
    (judged, least), disturbing = quietest(lambda: asyncio.run(_judged(made)), 2)
    note = f"{size / GB:.2f} GB of databases, backed up in {backup:.0f} s while they are used"
    return [
        Finding("age of what copies know, worst", age, "s", "≤ 300 s", age <= RPO),
        Finding(f"{LOG_MB} MB of log into two copies", log, "s", raw=bare.log, raw_what="copying it twice"),
        _restored(restored, size, bare, note),
        _drilled(tried, bare, disturbed(share)),
        Finding(
            "access lines verified",
            judged,
            "/s",
            "≥ 200,000/s",
            judged >= VERIFY,
            least,
            "reading them from PostgreSQL",
            note=disturbed(disturbing),
        ),
    ]


def _restored(seconds: float, size: int, bare: Bare, note: str) -> Finding:
    per_gb = seconds / (size / GB)
    return Finding(
        "a lost province back, per GB",
        per_gb,
        "s",
        "≤ 90 s (15 min at 10 GB)",
        per_gb <= RTO_PER_GB,
        bare.databases / (size / GB),
        "copying the databases",
        note=note,
    )


def _drilled(tried: Drill, bare: Bare, note: str) -> Finding:
    seconds = tried.took.total_seconds()
    failed = "; ".join(
        f"{one.outcome}: {one.asks} {one.says}" for one in tried.checks if one.outcome != "PASS"
    )
    return Finding(
        "drill at 1 GB",
        seconds,
        "s",
        "≤ 60 s, PASS",
        tried.passed and seconds <= DRILL,
        bare.databases,
        "copying the databases",
        note=f"{'PASS' if tried.passed else failed}, brought back in {tried.restored_in.total_seconds():.0f} s; {note}",
    )


def _back(place: Installation) -> float:
    """Bring the province back into a folder of its own; return the seconds until its databases have answered."""
    into, begun = place.work / "restored", time.monotonic()
    asyncio.run(lay_out(place, None, into, quiet))
    took = time.monotonic() - begun
    shutil.rmtree(into)
    return took


async def _log(made: Copied) -> float:
    """Write so much log at once, and return the seconds until it lies in both copies."""
    before = await made.ask("postgres", "select pg_current_wal_lsn() - '0/0'::pg_lsn")
    while await made.ask("postgres", "select pg_current_wal_lsn() - '0/0'::pg_lsn") < before + (LOG_MB << 20):
        await made.write(AT_ONCE)
    return await made.shipped()


async def _age(made: Copied) -> float:
    """Let the keeper work as often as it does by itself for a minute, and return the oldest that copies were."""
    worst, until = 0.0, time.monotonic() + 60
    while time.monotonic() < until:
        await asyncio.sleep(made.place.settings.ship)
        known = made.keeper.told.shipped_at
        assert known is not None
        worst = max(worst, (datetime.now(UTC) - known).total_seconds())
        await made.keeper.round()
    return worst


def _bare(place: Installation) -> Bare:
    """Copy the databases and so much log with the machine's own program, down to the disk."""
    target, databases = place.work / "bare", place.folder / "postgres" / "data"
    begun = time.monotonic()
    subprocess.run(
        ["cp", "-a", databases, target], check=False, stderr=subprocess.DEVNULL
    )  # it lives meanwhile
    os.sync()
    copied = time.monotonic() - begun
    shutil.rmtree(target)
    return Bare(copied, _twice(place.work / "log-bare", os.urandom(LOG_MB << 20)))


def _twice(place: Path, data: bytes) -> float:
    begun = time.monotonic()
    for _ in range(2):
        place.write_bytes(data)
        os.sync()
    place.unlink()
    return time.monotonic() - begun


async def _judged(made: Copied) -> tuple[float, float]:
    """Return how many lines are verified a second, and how many are read."""
    secret = load_secrets(made.place.folder, ())["audit-intake"]
    connection = await asyncpg.connect(made.server.dsn("intake"), server_settings=AS_HASHED)
    try:
        begun = time.monotonic()
        report = await verify(connection, "intake", public_key=Hand("intake", secret).public_key)
        judged = report.lines / (time.monotonic() - begun)
        if not report.holds:
            raise RuntimeError(f"the log does not hold: {report.findings[:3]}")
        begun, split = time.monotonic(), Splitter()
        await connection.copy_from_query(_ALL, output=split)
        return judged, len(split.lines) / (time.monotonic() - begun)
    finally:
        await connection.close()
