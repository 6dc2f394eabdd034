"""What every test of the suite needs: a private server, fresh databases, callers with real tokens."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import cache
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
import structlog
from common.database import Database
from common.migrations import upgrade
from common.security import Caller, Signer, Verifier
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs
from structlog.typing import EventDict

from suite.run.postgres import PostgresServer
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder, remove_folders
from suite.testing.redis import RedisServer

# Tests may lose a power cut, and need no long log.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "128MB"}
FreshDatabase = Callable[[str], Awaitable[Database]]
_open: list[Database] = []
_over: list[Database] = []


def pytest_unconfigure() -> None:
    """Leave nothing behind: a whole run fills gigabytes."""
    remove_folders()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give one private PostgreSQL for the whole run of this worker."""
    server = PostgresServer(private_folder("pg"), settings=FAST)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def rabbit() -> Iterator[RabbitServer]:
    """Give one private RabbitMQ for the whole run of this worker."""
    server = RabbitServer(private_folder("mq"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """Give a private, empty Redis of one's own, to be stopped, frozen and emptied."""
    server = RedisServer(private_folder("redis"))
    server.start()
    yield server
    server.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def fresh_database(postgres: PostgresServer) -> AsyncIterator[FreshDatabase]:
    """Give a maker of migrated databases: `await fresh_database("intake")`."""
    numbers = itertools.count(1)
    templates: set[str] = set()

    async def run(statement: str) -> None:
        connection = await asyncpg.connect(postgres.dsn())
        await connection.execute(statement)
        await connection.close()

    async def drop(database: Database) -> None:
        await database.dispose()
        await run(f'DROP DATABASE "{database.dsn.rpartition("/")[2]}" WITH (FORCE)')

    async def make(package: str) -> Database:
        while _over:
            await drop(_over.pop())
        template = f"template_{package}"
        if package not in templates:
            await run(f"CREATE DATABASE {template}")
            await asyncio.to_thread(upgrade, postgres.dsn(template), package)
            templates.add(package)
        name = f"{package}_{next(numbers)}"
        await run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        _open.append(Database(postgres.dsn(name)))
        return _open[-1]

    yield make
    for database in (*_over, *_open):
        await database.dispose()


@pytest.fixture(autouse=True)
def _databases_of_a_test() -> Iterator[None]:
    """Let connections end with the test that opened them: a whole run has more tests than a server connections.

    Databases of a wider fixture are made before this one begins, and stay.
    """
    before = len(_open)
    yield
    _over.extend(_open[before:])
    del _open[before:]


@asynccontextmanager
async def rolled_back(database: Database) -> AsyncIterator[AsyncSession]:
    """Give a session whose work, commits included, vanishes at the end."""
    async with database.engine.connect() as connection:
        outer = await connection.begin()
        async with database.sessions(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield session
        await outer.rollback()


@cache
def signer() -> Signer:
    """Return the key that signs the tokens of test callers."""
    key = ec.generate_private_key(ec.SECP256R1())
    encoding, layout = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return Signer(key.private_bytes(encoding, layout, serialization.NoEncryption()).decode(), "test")


def verifier() -> Verifier:
    """Return the verifier that trusts the test key and nothing else."""
    return Verifier.from_jwks(signer().jwks())


def token(caller: Caller) -> str:
    """Return a bearer token that says exactly what the caller is."""
    claims = {
        "sub": caller.subject,
        "kind": caller.kind,
        "roles": sorted(caller.roles),
        "agency": caller.agency,
        "unit": caller.unit,
        "scope": caller.scope,
        "mcp": caller.must_change_password,
        "owe": caller.owes,
        "pat": caller.proven_at,
        "prf": sorted(caller.proofs),
    }
    return signer().sign(claims, timedelta(minutes=15))


def client(app: FastAPI, caller: Caller | None = None, language: str = "vi") -> httpx.AsyncClient:
    """Return an HTTP client that speaks to the application in this process as `caller`."""
    app.state.verifier = verifier()
    headers = {"Accept-Language": language}
    if caller is not None:
        headers["Authorization"] = f"Bearer {token(caller)}"
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://suite.test", headers=headers)


@contextmanager
def captured_logs() -> Iterator[list[EventDict]]:
    """Keep what is logged meanwhile, whatever level another suite in this process asked for."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs() as logged:
            yield logged
    finally:
        structlog.configure(wrapper_class=before)


async def outbox_events(session: AsyncSession) -> list[tuple[str, dict[str, Any]]]:
    """Return (type, data) of every announced event, oldest first."""
    rows = await session.execute(text("SELECT type, envelope -> 'data' FROM outbox ORDER BY seq"))
    return [(name, data) for name, data in rows]


def citizen(subject: str = "018f0000-0000-7000-8000-000000000001") -> Caller:
    """Return a signed-in citizen."""
    return Caller(
        subject=subject,
        kind="citizen",
        roles=frozenset({"citizen"}),
        agency=None,
        unit=None,
        scope="own",
        token_id="test",
    )


def officer(
    *roles: str,
    agency: str = "H42.101",
    unit: str | None = None,
    scope: str = "agency",
    subject: str = "officer-1",
) -> Caller:
    """Return a signed-in officer of an agency."""
    return Caller(
        subject=subject,
        kind="officer",
        roles=frozenset(roles),
        agency=agency,
        unit=unit,
        scope=scope,  # type: ignore[arg-type]
        token_id="test",
    )
