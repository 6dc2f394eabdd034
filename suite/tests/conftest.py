"""Gives tests of copies a small province of their own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from suite.backup.installation import installation_at
from suite.backup.keeper import Keeper
from suite.run.postgres import PostgresServer
from suite.testing import FAST
from suite.testing.copied import Province, at_once
from suite.testing.folders import private_folder, remove_folder

SERVER = {**FAST, "synchronous_commit": "on"}


@pytest.fixture(autouse=True)
def reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests of copies run on a disk that is nearly full; what is held free is put to the test by itself."""
    monkeypatch.setenv("MOTCUA_BACKUP_RESERVE", "0")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """Give the folder of a server that was made once; each test works on a copy."""
    folder = private_folder("cluster")
    server = PostgresServer(folder / "postgres", settings=SERVER)
    server.start()
    server.stop()
    yield server.folder
    remove_folder(folder)


@pytest_asyncio.fixture(loop_scope="session")
async def province(monkeypatch: pytest.MonkeyPatch, cluster: Path) -> AsyncIterator[Province]:
    monkeypatch.setenv("MOTCUA_BACKUP_FIRST", "0")
    folder = private_folder("backup")
    await (await asyncio.create_subprocess_exec("cp", "-a", cluster, folder / "postgres")).wait()
    server = PostgresServer(folder / "postgres", settings=SERVER)
    server.start()
    place = installation_at(folder, (folder / "files").as_uri(), "thai-nguyen")
    (folder / "keys").mkdir()
    (folder / "keys" / "seal").write_text("a key")
    made = Province(place, server, Keeper(place, server.dsn(), at_once))
    await made.sql("create table word (said text primary key)")
    yield made
    made.leave()
    remove_folder(folder)
