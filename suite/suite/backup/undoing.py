"""What a restore undoes of the access logs: signed beside their heads when its databases have taken over, not before.

Until then nothing is undone, and a note would excuse whoever cuts the living log.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
from audit.heads import Hand, note_undone
from common.files import lasting
from pydantic import BaseModel, ConfigDict, TypeAdapter
from regulation.zone import moment_said

from suite.backup.copies import STORE_ERRORS, said_by
from suite.backup.installation import Installation
from suite.backup.telling import databases
from suite.run.postgres import PostgresServer

LAID_OUT: Final = "laid-out.json"
_LINE: Final = """select pg_postmaster_start_time() as since, pg_read_file('pg_wal/' ||
    left(pg_walfile_name(pg_current_wal_lsn()), 8) || '.history', 0, 1000000, true) as history"""


class LaidOut(BaseModel):
    """Databases that were brought back somewhere; `history` is PostgreSQL's own, by which they are known again.

    No server gets that history but by starting from these very databases.
    """

    model_config = ConfigDict(frozen=True)

    history: str
    since: datetime
    services: tuple[str, ...]
    folder: str = ""
    """Where their data lie until they take over; nothing in notes of before that was kept."""
    until: datetime | None = None
    """When they took over, once that is known: what was shipped later is undone by nobody."""


_ALL: Final = TypeAdapter(list[LaidOut])


async def remember(place: Installation, server: PostgresServer, since: datetime) -> LaidOut:
    """Write down which databases were brought back and to which moment, for when they take over."""
    history = (await _line(server.dsn()))["history"]
    lies_in = str(server.folder.resolve())
    one = LaidOut(history=history, since=since, services=tuple(await databases(server)), folder=lies_in)
    _write(place, [*_others(place, one), one])
    return one


async def sign(place: Installation, one: LaidOut, until: datetime) -> list[str]:
    """Sign for each access log what these databases undid by taking over; return what could not be noted.

    That is noted by the keeper as soon as it can be.
    """
    kept = place.folder / "secrets.json"
    passwords = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    left = dict[str, str]()
    for name in one.services:
        try:
            if secret := passwords.get(f"audit-{name}"):
                await note_undone(place.heads_url, Hand(name, secret).undone(one.since, until))
        except STORE_ERRORS as error:
            left[name] = said_by(error)
    rest = [one.model_copy(update={"services": tuple(left), "until": until})] if left else []
    _write(place, [*_others(place, one), *rest])
    since = moment_said(one.since)
    return [
        f"that {name}'s access log goes back to {since} is not noted: {said}" for name, said in left.items()
    ]


async def sign_taken_over(place: Installation, admin: str) -> list[str]:
    """Sign for the databases that live now, if they are some that were laid out; return what could not be noted.

    What was laid out to be looked into and is gone takes over nowhere: it is forgotten, else each round would ask for
    it for ever. Where the folder it lay in is not to be seen from here, nobody can tell, and it is asked for on.
    """
    if not (known := _known(place)):
        return []
    line = await _line(admin)
    taken = [one for one in known if one.history == line["history"]]
    left = [one for one in known if one in taken or not _is_gone(one)]
    if left != known:
        _write(place, left)
    return [trouble for one in taken for trouble in await sign(place, one, one.until or line["since"])]


async def _line(dsn: str) -> Any:
    """Read since when a server runs, and how its databases came to the line they are on."""
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchrow(_LINE)
    finally:
        await connection.close()


def _known(place: Installation) -> list[LaidOut]:
    note = place.work / LAID_OUT
    return _ALL.validate_json(note.read_bytes()) if note.exists() else []


def _is_gone(one: LaidOut) -> bool:
    """Tell whether databases that never took over were removed."""
    folder = Path(one.folder)
    return bool(one.folder) and one.until is None and folder.parent.exists() and not folder.exists()


def _others(place: Installation, one: LaidOut) -> list[LaidOut]:
    return [other for other in _known(place) if other.history != one.history]


def _write(place: Installation, known: list[LaidOut]) -> None:
    with lasting(place.work, LAID_OUT) as note:
        note.write(_ALL.dump_json(known))
