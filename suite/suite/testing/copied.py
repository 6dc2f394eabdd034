"""A small province whose copies tests take, harm and bring back."""

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import asyncpg
from common.files import FileStore

from suite.backup.catalogue import RECORD, Backup
from suite.backup.copies import Copies
from suite.backup.drilling import drill
from suite.backup.files import SEALED
from suite.backup.installation import Installation
from suite.backup.keeper import Keeper
from suite.backup.taking import make_good, take
from suite.run.postgres import PostgresServer


def quiet(_step: str, _share: float) -> None:
    """Show no progress."""


async def at_once(keeper: Keeper, *words: str) -> None:
    """Make in this process what a keeper has made in another one."""
    place = replace(keeper.place, copies=Copies(keeper.place.copies.all))
    if words == ("backup", "run"):
        await take(place, keeper.admin, quiet, partial(_follow, keeper))
    elif words == ("backup", "mirror"):
        make_good(place)
    elif words == ("backup", "drill"):
        await drill(place, quiet)


async def _follow(keeper: Keeper) -> None:
    await asyncio.sleep(0.2)
    await keeper.ship()


@dataclass
class Province:
    """A small province: a server with one database, files, keys, and a keeper that is turned by hand."""

    place: Installation
    server: PostgresServer
    keeper: Keeper

    async def sql(self, statement: str) -> list[str]:
        """Run a statement and return the first column."""
        connection = await asyncpg.connect(self.server.dsn())
        try:
            return [row[0] for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    async def write(self, word: str) -> datetime:
        """Keep a word, and return a moment after it."""
        await self.sql(f"insert into word values ('{word}')")  # noqa: S608 - a word of ours
        return (await self.sql("select clock_timestamp()"))[0]  # type: ignore[return-value]

    async def take(self) -> Backup:
        """Take a backup while the keeper ships."""
        await self.keeper.ship()
        return await take(self.place, self.server.dsn(), quiet, partial(_follow, self.keeper))

    async def ship(self) -> None:
        """Let the keeper work until everything of this moment lies in a copy."""
        moment, deadline = datetime.now(UTC), time.monotonic() + 60
        while (shipped := self.keeper.told.shipped_at) is None or shipped < moment:
            assert time.monotonic() < deadline, self.keeper.told
            await self.keeper.round()
            await asyncio.sleep(0.05)

    async def file(self, data: bytes) -> Path:
        """Keep a file, and return where it lies."""
        kept = await FileStore(self.place.files_url).put(data)
        return self.place.folder / "files" / "clean" / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256

    def leave(self) -> None:
        """Stop everything that runs."""
        self.keeper.receiver.stop()
        self.server.stop()


def damage(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def copy_of(place: Installation, number: int) -> Path:
    """Return the folder of one copy."""
    folder = place.copies.all[number].folder
    assert folder is not None
    return folder


def copied_by_hand(
    place: Installation, name: str, at: datetime, *, system: int = 1, segments: tuple[int, int] = (2, 3)
) -> Backup:
    """Lay into every copy what a backup without a server would be: its parts, its log, and its record."""
    made = Backup(
        id=name,
        kind="full",
        began_at=at,
        ended_at=at,
        timeline=1,
        start_lsn=f"0/{segments[0]:X}000028",
        end_lsn=f"0/{segments[1]:X}000100",
        system_id=system,
        server="18",
        size=2,
        sha256="",
        file_count=0,
        file_size=0,
    )
    for part in ("base.tar", "manifest", "files.json"):
        place.copies.put(f"backups/{name}/{part}{SEALED}", place.locks.sealed(b"{}"))
    for segment in made.segments:
        place.copies.put(f"log/{segment}{SEALED}", place.locks.sealed(b"x"))
    place.copies.put(f"backups/{name}/{RECORD}", made.model_dump_json().encode())
    return made
