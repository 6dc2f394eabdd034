"""Puts a province back to what it was at a moment; what it replaces is set aside, and nothing is left half done."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import asyncpg
import obstore
from common.files import lasting, object_store

from suite.backup.afterwards import let_go_again
from suite.backup.bundle import KEYS
from suite.backup.catalogue import Backup
from suite.backup.copies import Copy
from suite.backup.files import FILES, LARGE, SEALED, brought, from_any, listed, present
from suite.backup.installation import Installation, Report
from suite.backup.rebuilding import RestoreError, rebuild
from suite.backup.room import refuse_narrow
from suite.backup.sealing import DamagedError
from suite.backup.telling import databases, unheard
from suite.backup.undoing import LaidOut, remember, sign
from suite.run.postgres import PostgresServer

PLAN: Final = "restore.json"
ANNOUNCED_AGAIN: Final = timedelta(days=1)
"""How old facts are announced again whoever may have had them: a listener may be restored to an earlier moment."""
_REPLAY = """update outbox set published_at = null, waiting_for = null where published_at is not null
    and (id = any($2) or created_at >= (select max(created_at) from outbox) - $1::interval)"""


class Restored(NamedTuple):
    """What was brought back: from which backup, and in sentences what did not come with it, and what went again."""

    used: Backup
    troubles: tuple[str, ...]
    done: tuple[str, ...] = ()


def unfinished(folder: Path) -> bool:
    """Tell whether a restore of this data folder was cut short while it changed places."""
    return (folder / "backup" / PLAN).exists()


async def restore(place: Installation, moment: datetime | None, report: Report) -> Restored | None:
    """Bring back the moment, or the newest there is; finish one that was cut short instead, and return None then.

    Nothing is changed before the databases of that moment have answered beside those there are. A file that is whole
    in no copy keeps nothing else from coming back; it is told.

    Raises:
        BusyError, NoBackupError, NoRoomError, RestoreError, DamagedError: the province is as it was.
    """
    with place.alone():
        if unfinished(place.folder):
            change_places(place)
            return None
        _refuse_running_server(place.folder / "postgres")
        draft = place.work / "restored"
        try:
            done, laid_out = await _rebuild(place, moment, draft, report)
        except Exception:
            shutil.rmtree(draft, ignore_errors=True)  # what is half there would only take room
            raise
        _plan(place, draft)
        change_places(place)
        unsigned = await sign(place, laid_out, datetime.now(UTC))
        return done._replace(troubles=(*done.troubles, *unsigned))


async def lay_out(place: Installation, moment: datetime | None, into: Path, report: Report) -> Restored:
    """Build databases and keys of a moment in a folder, to look into or to take over, and bring the files back.

    Of the access logs nothing is undone by it; the keeper notes that when a server has taken over what lies there.

    Raises:
        BusyError, NoBackupError, NoRoomError, RestoreError, DamagedError: what is missing.
    """
    with place.alone():
        return (await _rebuild(place, moment, into, report))[0]


async def _rebuild(
    place: Installation, moment: datetime | None, into: Path, report: Report
) -> tuple[Restored, LaidOut]:
    server, used = await rebuild(place, moment, into, report)
    try:
        await announce_again(server)
        since = moment or await _reached(server) or used.ended_at
        done, troubles = await let_go_again(server, place.heads_url, since)
        laid_out = await remember(place, server, since)
    finally:
        server.stop()
    lost = bring_files(place, used, lambda share: report("Files", share))
    os.sync()
    lacking = [f"whole in no copy and not brought back: {name}" for name in lost]
    return Restored(used, (*troubles, *lacking), tuple(done)), laid_out


async def _reached(server: PostgresServer) -> datetime | None:
    """Return when the last change was made that was brought back; nothing where none came after the backup."""
    connection = await asyncpg.connect(server.dsn())
    try:
        last: datetime | None = await connection.fetchval("select pg_last_xact_replay_timestamp()")
        return last
    finally:
        await connection.close()


async def announce_again(server: PostgresServer) -> None:
    """Have every service announce its last facts again, and all that some listener never had; others drop them."""
    there = await databases(server)
    for name in there:
        lacked = await unheard(server, name, there)
        connection = await asyncpg.connect(server.dsn(name))
        try:
            await connection.execute(_REPLAY, ANNOUNCED_AGAIN, list(lacked))
        finally:
            await connection.close()


def bring_files(place: Installation, used: Backup, report: Callable[[float], None]) -> list[str]:
    """Give the province the files of a backup and of what came after it; return those that are whole in no copy.

    Raises:
        DamagedError: nobody can tell which files those are.
        NoRoomError: they do not fit; what was given is whole.
    """
    here, store = set(present(place.files_url)), object_store(place.files_url)
    missing, lost = sorted(brought(place, used) - here), []
    declared, sealed = listed(place, used), place.copies.sizes(FILES)
    sizes = {name: declared.get(name, sealed[f"{FILES}/{name}{SEALED}"]) for name in missing}
    _refuse_narrow(place, sum(sizes.values()))
    for number, name in enumerate(missing, 1):
        try:
            data = from_any(place, f"{FILES}/{name}{SEALED}", most=declared.get(name, LARGE))
        except DamagedError:
            lost.append(name)
        else:
            _refuse_narrow(place, len(data))  # what no list declares may unpack to more than it took there
            obstore.put(store, name, data)
        report(number / len(missing))
    report(1)
    return lost


def _refuse_narrow(place: Installation, wanted: int) -> None:
    """Refuse to give the province so many bytes of files where they would not fit. Raises: NoRoomError."""
    if folder := Copy(place.files_url).folder:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_narrow(folder, wanted, place.settings.reserve)


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
    moves = [move for pair in _paired(away, back) for move in pair]
    with lasting(place.work, PLAN) as note:  # an empty one after a power cut would leave half a province
        note.write(json.dumps(moves).encode())


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
