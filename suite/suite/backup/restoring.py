"""Puts a province back to what it was at a moment; what it replaces is set aside, and nothing is left half done."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import asyncpg
import obstore
from common.files import object_store

from suite.backup.catalogue import Backup
from suite.backup.files import FILES, KEYS, SEALED, present
from suite.backup.installation import Installation
from suite.backup.rebuilding import RestoreError, from_any, rebuild
from suite.run.layout import OWNERS
from suite.run.postgres import PostgresServer

Report = Callable[[str, float], None]
PLAN: Final = "restore.json"
AGAIN: Final = timedelta(minutes=10)
"""How old facts are announced again: a broker may have lost them, and inboxes drop what they hold."""
_REPLAY = """update outbox set published_at = null, waiting_for = null
    where published_at is not null and created_at >= (select max(created_at) from outbox) - $1::interval"""


def unfinished(folder: Path) -> bool:
    """Tell whether a restore of this data folder was cut short while it changed places."""
    return (folder / "backup" / PLAN).exists()


async def restore(place: Installation, moment: datetime | None, report: Report) -> Backup | None:
    """Bring back the moment, or the newest there is; finish one that was cut short instead, and return None then.

    Nothing is changed before the databases of that moment have answered beside those there are.

    Raises:
        BusyError, NoBackupError, RestoreError, DamagedError: the province is as it was.
    """
    with place.alone():
        if unfinished(place.folder):
            change_places(place)
            return None
        _refuse_running_server(place.folder / "postgres")
        draft = place.work / "restored"
        used = await _rebuild(place, moment, draft, report)
        _plan(place, draft)
        change_places(place)
        return used


async def lay_out(place: Installation, moment: datetime | None, into: Path, report: Report) -> Backup:
    """Build databases and keys of a moment in a folder, for another server to take over, and bring the files back.

    Raises:
        BusyError, NoBackupError, RestoreError, DamagedError: what is missing.
    """
    with place.alone():
        return await _rebuild(place, moment, into, report)


async def _rebuild(place: Installation, moment: datetime | None, into: Path, report: Report) -> Backup:
    server, used = await rebuild(place, moment, into, report)
    try:
        await announce_again(server)
    finally:
        server.stop()
    bring_files(place, lambda share: report("Files", share))
    os.sync()
    return used


async def announce_again(server: PostgresServer) -> None:
    """Have every service announce its last facts again; whoever has had them drops them."""
    for name in await databases(server):
        connection = await asyncpg.connect(server.dsn(name))
        try:
            await connection.execute(_REPLAY, AGAIN)
        finally:
            await connection.close()


async def databases(server: PostgresServer) -> list[str]:
    """Return the services whose databases are there."""
    connection = await asyncpg.connect(server.dsn())
    try:
        found = {row["datname"] for row in await connection.fetch("select datname from pg_database")}
    finally:
        await connection.close()
    return [name for name in OWNERS if name in found]


def bring_files(place: Installation, report: Callable[[float], None]) -> int:
    """Give the province every file that the copies hold and it lacks; return how many. Raises: DamagedError."""
    here, store = set(present(place.files_url)), object_store(place.files_url)
    held = {name[len(FILES) + 1 : -len(SEALED)] for name in place.copies.sizes(FILES)}
    missing = sorted(held - here)
    for number, name in enumerate(missing, 1):
        obstore.put(store, name, from_any(place, f"{FILES}/{name}{SEALED}"))
        report(number / len(missing))
    report(1)
    return len(missing)


def _refuse_running_server(home: Path) -> None:
    """Refuse over databases whose server still runs, whoever started it. Raises: RestoreError."""
    note = home / "data" / "postmaster.pid"
    if note.exists():
        pid = int(note.read_text().split("\n", 1)[0])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        raise RestoreError(f"The databases in {home} are in use by process {pid}; stop it first")


def _plan(place: Installation, draft: Path) -> None:
    """Write down every change of place, so that it can be finished by whoever comes after a power cut."""
    aside = place.folder / "replaced" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    parts = ["postgres", *(part for part in KEYS if "/" not in part)]
    parts = [part for part in parts if (draft / part).exists()]
    away = [[str(place.folder / part), str(aside / part)] for part in [*parts, "rabbitmq"]]
    back = [[str(draft / part), str(place.folder / part)] for part in parts]
    aside.mkdir(mode=0o700, parents=True)
    note = place.work / PLAN
    note.with_suffix(".part").write_text(json.dumps([move for pair in _paired(away, back) for move in pair]))
    note.with_suffix(".part").replace(note)


def _paired(away: list[list[str]], back: list[list[str]]) -> list[list[list[str]]]:
    by_place = {to: [source, to] for source, to in back}
    return [[move, by_place[move[0]]] if move[0] in by_place else [move] for move in away]


def change_places(place: Installation) -> None:
    """Make every planned change of place that was not made yet; repeating it changes nothing."""
    note = place.work / PLAN
    for source, to in json.loads(note.read_text()):
        if Path(source).exists() and not Path(to).exists():
            Path(source).rename(to)
    os.sync()
    note.unlink()
