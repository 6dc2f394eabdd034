"""Bring a service's database to the shape its code expects."""

import asyncio
import importlib.util
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from common.database import Database, sqlalchemy_url
from common.plumbing import plumbing_tables

# Alembic keeps its environment in a module, so two services never migrate at once in one process.
_one_at_a_time = threading.Lock()
# A migration that waits for a table makes everybody wait behind it: it gives up and is tried again in a quiet hour.
LIMITS = {"lock_timeout": "5s", "statement_timeout": "15min"}


def create_plumbing(op: Operations | Any) -> None:
    """Create outbox, inbox, idempotency keys and job clock; called by a service's first migration."""
    metadata = MetaData()
    plumbing_tables(metadata)
    metadata.create_all(op.get_bind(), checkfirst=False)


def run_env() -> None:
    """Run the migrations on the connection `upgrade` opened; the whole body of a service's `migrations/env.py`."""
    attributes = context.config.attributes
    connection: Connection = attributes["connection"]
    for limit, most in LIMITS.items():
        connection.exec_driver_sql(f"set local {limit} = '{most}'")
    context.configure(connection=connection, version_table=attributes["version_table"])
    with context.begin_transaction():
        context.run_migrations()


def upgrade(dsn: str, package: str) -> None:
    """Migrate a service's database to its newest version, all or nothing; waits for a migration already running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_upgrade(dsn, package))).result()


class Migrated:
    """Says whether a database has every migration the code knows, asking it at most once in `every` seconds.

    A newer database is right too: migrations fit the running version, and come before the code that needs them.
    """

    def __init__(self, database: Database, package: str, *, every: float = 5.0) -> None:
        self._database = database
        self._read = f'select max(version_num) from "{package}_migration"'  # noqa: S608 - a name of ours
        self._newest = ScriptDirectory.from_config(_config(package)).get_current_head() or ""
        self._every = every
        self._asked_at = float("-inf")
        self._holds = False

    async def __call__(self) -> bool:
        """Compare the two numbers."""
        if time.monotonic() - self._asked_at >= self._every:
            found: str | None = await (await self._database.pool()).fetchval(self._read)
            self._holds, self._asked_at = (found or "") >= self._newest, time.monotonic()
        return self._holds


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """List where the database and the models disagree, nothing when they agree; the version table is ignored."""
    options = {
        "include_object": lambda _o, name, kind, *_: (
            not (kind == "table" and str(name).endswith("_migration"))
        )
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _config(package: str) -> Config:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"no package named {package}")
    config = Config()
    folder = Path(next(iter(spec.submodule_search_locations))) / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["version_table"] = f"{package}_migration"
    return config


def _run(connection: Connection, package: str) -> None:
    config = _config(package)
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, "head")


async def _upgrade(dsn: str, package: str) -> None:
    engine = create_async_engine(sqlalchemy_url(dsn), poolclass=NullPool, connect_args={"timeout": 10})
    try:
        async with engine.begin() as connection:
            await connection.execute(text("select pg_advisory_xact_lock(hashtext('motcua migration'))"))
            await connection.run_sync(_run, package)
    finally:
        await engine.dispose()
