"""Bring a service's database to the shape its code expects."""

import asyncio
import importlib.util
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from common.database import DRIVER
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


def upgrade(dsn: str, package: str, owner: str = "none") -> None:
    """Migrate a service's database to its newest version, all or nothing; waits for a migration already running.

    What is made belongs to `owner`, a role whose rights `dsn` may take on; `none` is whoever connects.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_upgrade(dsn, package, owner))).result()


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


async def _upgrade(dsn: str, package: str, owner: str) -> None:
    engine = create_async_engine(DRIVER, poolclass=NullPool, connect_args={"dsn": dsn, "timeout": 10})
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"set local role {owner}")
            await connection.execute(text("select pg_advisory_xact_lock(hashtext('motcua migration'))"))
            await connection.run_sync(_run, package)
    finally:
        await engine.dispose()
