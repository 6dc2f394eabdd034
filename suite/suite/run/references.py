"""Which files somebody still needs: whatever looks like the address of a file, in any row of any service.

Reading every row as text asks no service to list its references, so none can forget one.
"""

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import asyncpg
from common.files import FileDamagedError, FileMissingError, FileStore

_TABLES = """select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1"""
_ADDRESSES = r"select distinct (regexp_matches(t::text, '\m[0-9a-f]{{64}}\M', 'g'))[1] from {table} t"
# A column or key of this name is the address of a file and of nothing else.
_SURE = """select table_name, column_name from information_schema.columns
    where table_schema = 'public' and column_name like '%sha256'"""
Report = Callable[[str, float], None]


class Readable(Protocol):
    """Wherever files are read from by what they contain."""

    async def get(self, sha256: str) -> bytes:
        """Read a file and check it. Raises: FileMissingError, FileDamagedError."""


class InstanceApartError(Exception):
    """An agency's own instance keeps rows of its own that name files of this store; only its databases know which."""


async def refuse_apart(processing: str) -> None:
    """Refuse where dossiers are held by an agency's own instance. Raises: InstanceApartError."""
    connection = await asyncpg.connect(processing)
    try:
        if await connection.fetchval("select exists (select from elsewhere) or exists (select from turn)"):
            raise InstanceApartError
    finally:
        await connection.close()


class Swept(NamedTuple):
    """How many files were laid aside, taken back and deleted, and how many nobody needs yet too young to go."""

    aside: int
    back: int
    deleted: int
    young: int


async def referenced(dsns: list[str], report: Report) -> set[str]:
    """Return every address that stands anywhere in the databases."""
    found: set[str] = set()
    for number, dsn in enumerate(dsns):
        report("References", number / len(dsns))
        connection = await asyncpg.connect(dsn)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            for (table,) in await connection.fetch(_TABLES):
                async for (address,) in connection.cursor(_ADDRESSES.format(table=table), prefetch=5000):
                    found.add(address)
        await connection.close()
    report("References", 1)
    return found


async def sweep(
    store: FileStore, dsns: list[str], *, now: datetime, grace: timedelta, report: Report, dry: bool = False
) -> Swept:
    """Lay aside what no row names and nobody has put for `grace`; delete what lay aside as long.

    A file is listed before the rows are read, and only laid aside: one that is put or named in between is
    taken back by the next sweep, long before it would be deleted.
    """
    clean = [one async for one in store.kept()]
    aside = [one async for one in store.kept(swept=True)]
    needed = await referenced(dsns, report)
    idle = [(sha256, put_at) for sha256, put_at in clean if sha256 not in needed]
    old = [sha256 for sha256, put_at in idle if put_at < now - grace]
    back = [sha256 for sha256, _ in aside if sha256 in needed]
    gone = [sha256 for sha256, aside_at in aside if sha256 not in needed and aside_at <= now - grace]
    if not dry:
        for step, work, todo in (
            ("Taken back", store.bring_back, back),
            ("Deleted", store.forget, gone),
            ("Laid aside", lambda sha256: store.sweep(sha256, now), old),
        ):
            for number, sha256 in enumerate(todo, 1):
                await work(sha256)
                report(step, number / len(todo))
    return Swept(len(old), len(back), len(gone), len(idle) - len(old))


class Verified(NamedTuple):
    """How many files were read, and the addresses of those that are missing or whose bytes changed."""

    read: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


async def verify(store: Readable, dsns: list[str], *, report: Report, sample: int | None = None) -> Verified:
    """Read files that rows name and check their bytes: all of them, or `sample` of each database."""
    wanted = [address async for address in _named(dsns, sample)]
    missing, damaged = [], []
    for number, sha256 in enumerate(wanted, 1):
        try:
            await store.get(sha256)
        except FileMissingError:
            missing.append(sha256)
        except FileDamagedError:
            damaged.append(sha256)
        report("Files", number / len(wanted))
    return Verified(len(wanted), tuple(missing), tuple(damaged))


async def _named(dsns: list[str], sample: int | None) -> AsyncIterator[str]:
    told: set[str] = set()
    for dsn in dsns:
        connection = await asyncpg.connect(dsn)
        for table, column in await connection.fetch(_SURE):
            asked = f'select distinct "{column}" from "{table}" where "{column}" is not null{_held(table)}'  # noqa: S608
            rows = await connection.fetch(
                f"select * from ({asked}) f order by random() limit $1",  # noqa: S608 - names from the catalogue
                sample,
            )
            told.update(row[0] for row in rows if re.fullmatch("[0-9a-f]{64}", row[0]))
        await connection.close()
    for one in sorted(told):
        yield one


def _held(table: str) -> str:
    """Leave out what is in quarantine on purpose."""
    if table == "attachment":
        return " and scan not in ('pending', 'infected')"
    return " and false" if table == "malware_report" else ""
