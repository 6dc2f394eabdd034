"""Connections by TLS: made where the right server answers, refused by a wrong one, in clear, and under a wrong name."""

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aio_pika
import asyncpg
import pytest
from common.carriers import RabbitCarrier
from common.database import Database
from common.migrations import upgrade
from common.settings import ServiceSettings
from common.topology import apply_topology
from cryptography import x509
from live.limiting import Limiter
from live.sharing import redis_of
from live.wires import PostgresWire
from suite.backup.here import Here, not_in_clear
from suite.backup.installation import installation_at
from suite.backup.server import address
from suite.deploy.containers import database_address
from suite.run.databases import prepare_databases
from suite.run.layout import SERVICES, module, plan
from suite.run.postgres import PostgresServer
from suite.run.rabbit import RabbitServer
from suite.run.tls import ADDRESSES as ADDRESSED
from suite.run.tls import PlainAddressError, addresses_told, is_closed, lay_papers, refuse_plain
from suite.testing import FAST
from suite.testing.folders import private_folder
from suite.testing.redis import RedisServer

Ask = Callable[[str], Awaitable[object]]
ADDRESSES = {
    "postgresql://a:b@db/intake?sslmode=verify-full&sslrootcert=/run/secrets/tls_ca": True,
    "postgresql://a:b@db/intake": False,
    "postgresql://a:b@db/intake?sslmode=require": False,
    "postgresql://a:b@db/intake?sslmode=verify-ca&sslrootcert=/run/secrets/tls_ca": False,
    "amqps://a:b@broker/?cafile=/run/secrets/tls_ca": True,
    "amqps://a:b@broker/?no_verify_ssl=1": False,
    "amqp://a:b@broker/": False,
    "rediss://:b@redis:6379/0?ssl_ca_certs=/run/secrets/tls_ca": True,
    "rediss://:b@redis:6379/0?ssl_cert_reqs=none": False,
    "rediss://:b@redis:6379/0?ssl_check_hostname=false": False,
    "redis://:b@redis:6379/0": False,
    "s3+https://key:secret@store/files": True,
    "s3+http://key:secret@objects:8333/files": False,
    "file:///var/lib/motcua/files": True,
    "https://sms.tinh.gov.vn/send": True,
    "http://sms.tinh.gov.vn/send": False,
}
BETWEEN = {"identity_url", "questions_url", "jwks_url", "public_url"}
"""Addresses that services know each other by: HTTP, which decision 0062 leaves to the network."""
PLAIN = {
    "database_url": "postgresql://a:geheim@db/x",
    "amqp_url": "amqp://a:geheim@broker/",
    "redis_url": "redis://:geheim@redis:6379/0",
    "notify_url": "postgresql://a:geheim@db/news",
    "files_url": "s3+http://a:geheim@objects:8333/files",
    "audit_heads_url": "s3+http://a:geheim@objects:8333/heads",
    "sms_url": "http://sms.tinh.gov.vn/send",
}


@pytest.fixture(scope="module")
def state() -> Path:
    return private_folder("tls")


@pytest.fixture(scope="module")
def foreign() -> Path:
    """Give the certificate of an authority that none of the servers has anything to do with."""
    folder = private_folder("foreign")
    return lay_papers(folder, folder / "x").authority


@pytest.fixture(scope="module")
def closed_postgres(state: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(state / "postgres", settings=FAST, papers=lay_papers(state, state / "tls" / "pg"))
    server.start()
    yield server
    server.stop()


async def refused_where_it_must_be(ask: Ask, closed: str, plain: str, authority: Path, foreign: Path) -> None:
    """Reach a server by its right address, and by none that is wrong in one thing."""
    assert await ask(closed)
    wrong = {
        "authority": closed.replace(str(authority), str(foreign)),
        "name": closed.replace("127.0.0.1", "localhost"),
    }
    for what, wrong_one in wrong.items():
        assert wrong_one != closed
        with pytest.raises(Exception, match=r"(?i)certificate") as refusal:
            await ask(wrong_one)
        assert isinstance(refusal.value, OSError), what
    with pytest.raises((OSError, asyncpg.PostgresError, aio_pika.exceptions.AMQPError)):
        await ask(plain)


async def test_postgresql_is_met_by_tls_alone(closed_postgres: PostgresServer, foreign: Path) -> None:
    async def ask(dsn: str) -> object:
        database = Database(dsn, pool_size=1)
        try:
            async with database.engine.connect() as connection:
                told = await connection.exec_driver_sql(
                    "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
                )
                return told.scalar()
        finally:
            await database.dispose()

    assert closed_postgres.papers is not None
    dsn = closed_postgres.dsn()
    plain = dsn.partition("?")[0] + "?sslmode=disable"
    await refused_where_it_must_be(ask, dsn, plain, closed_postgres.papers.authority, foreign)


async def test_tables_pools_and_news_go_the_same_way(closed_postgres: PostgresServer) -> None:
    upgraded = asyncio.to_thread(upgrade, closed_postgres.dsn(), "registers", "postgres")
    await upgraded
    database = Database(closed_postgres.dsn(), pool_size=1)
    pool = await database.pool()
    assert await pool.fetchval("select ssl from pg_stat_ssl where pid = pg_backend_pid()") is True
    assert await pool.fetchval("select count(*) from entry") == 0
    heard: asyncio.Queue[list[str]] = asyncio.Queue()
    begun, wire = asyncio.Event(), PostgresWire(closed_postgres.dsn())
    hearing = asyncio.create_task(wire.hear(lambda topics: heard.put_nowait([*topics]), begun.set))
    await asyncio.wait_for(begun.wait(), 5)
    await wire.say(["thing:1"])
    assert await asyncio.wait_for(heard.get(), 5) == ["thing:1"]
    assert await pool.fetchval(
        "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid)"
        " where backend_type = 'client backend'"
    )
    hearing.cancel()
    await wire.close()
    await database.dispose()


async def test_redis_is_met_by_tls_alone(state: Path, foreign: Path) -> None:
    papers = lay_papers(state, state / "tls" / "redis")
    server = RedisServer(private_folder("redis-tls"), papers=papers)
    server.start()

    async def ask(url: str) -> object:
        redis = redis_of(url)
        try:
            return await redis.ping()
        except ssl.SSLError:
            raise
        except Exception as error:  # the client wraps what the handshake said
            raise OSError(str(error)) from error
        finally:
            await redis.aclose()

    try:
        plain = f"redis://127.0.0.1:{server.port}/0"
        await refused_where_it_must_be(ask, server.url, plain, papers.authority, foreign)
        limiter = Limiter(server.url)
        async with asyncio.timeout(
            20
        ):  # a first handshake may outlast the twentieth of a second a request waits
            while server.ask("DBSIZE") == ":0":
                assert await limiter.allows("tls", "me", most=10_000, seconds=60)
                await asyncio.sleep(0.2)
    finally:
        server.stop()


@pytest.mark.broker
async def test_rabbitmq_is_met_by_tls_alone(state: Path, foreign: Path) -> None:
    papers = lay_papers(state, state / "tls" / "rabbitmq")
    server = RabbitServer(private_folder("mq-tls"), papers=papers)
    server.start()

    async def ask(url: str) -> object:
        connection = await aio_pika.connect(url, timeout=5)
        await connection.close()
        return connection

    try:
        plain = server.url.partition("?")[0].replace("amqps", "amqp")
        await refused_where_it_must_be(ask, server.url, plain, papers.authority, foreign)
        await apply_topology(server.url, {"stats": ("catalog.agency_changed.v1",)})
        carrier = RabbitCarrier(server.url)
        assert (await carrier.deliver([])).done == []
        await carrier.close()
    finally:
        server.stop()


def test_the_programs_of_backup_are_told_what_the_address_asks() -> None:
    options, told = address(
        "postgresql://postgres:p%40ss@db:6432/x?sslmode=verify-full&sslrootcert=/a%20b/ca.pem"
    )
    assert options == ["-h", "db", "-p", "6432", "-U", "postgres", "-w"]
    assert (told["PGSSLMODE"], told["PGSSLROOTCERT"], told["PGPASSWORD"]) == (
        "verify-full",
        "/a b/ca.pem",
        "p@ss",
    )
    assert not {name for name in address("postgresql://postgres@db/x")[1] if name.startswith("PGSSL")}


def test_another_database_of_a_server_is_asked_for_in_the_same_way() -> None:
    server = "postgresql://postgres:x@db/postgres?sslmode=verify-full&sslrootcert=/run/secrets/tls_ca"
    assert database_address(server, "intake") == server.replace("/postgres?", "/intake?")


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items())
def test_what_counts_as_checked_tls(address: str, expected: bool) -> None:
    assert is_closed(address) is expected


def test_a_service_begins_with_no_plain_address(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = next(iter(ADDRESSES))
    told = ServiceSettings(database_url=closed, inboxes={"stats": "postgresql://stats_inbox:geheim@db/stats"})
    refuse_plain("intake", addresses_told(told))
    monkeypatch.setenv("MOTCUA_TLS", "on")
    with pytest.raises(PlainAddressError, match="inboxes: stats") as refusal:
        refuse_plain("intake", addresses_told(told))
    assert "geheim" not in str(refusal.value)
    refuse_plain("intake", addresses_told(told.model_copy(update={"inboxes": {"stats": closed}})))


@pytest.mark.parametrize("name", ADDRESSED)
def test_every_address_of_a_server_is_looked_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("MOTCUA_TLS", "on")
    settings = next(one for one in all_settings() if name in one.model_fields)
    told = settings.model_construct(**{name: PLAIN[name]})
    with pytest.raises(PlainAddressError, match=name) as refusal:
        refuse_plain("x", addresses_told(told))
    assert "geheim" not in str(refusal.value)


def test_of_several_text_gateways_each_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_TLS", "on")
    settings = next(one for one in all_settings() if "sms_url" in one.model_fields)
    told = settings.model_construct(sms_url="https://a.example/send http://b.example/send")
    with pytest.raises(PlainAddressError, match="sms_url 2"):
        refuse_plain("x", addresses_told(told))


def test_no_setting_of_any_service_is_an_address_that_nobody_looks_at() -> None:
    named = {name for one in all_settings() for name in one.model_fields if name.endswith("_url")}
    assert named == {*ADDRESSED, *BETWEEN}


def all_settings() -> list[type[ServiceSettings]]:
    return [module(service, "settings").Settings for service in SERVICES]


def test_whoever_copies_migrates_or_restores_sends_nothing_in_clear(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    closed, files = next(iter(ADDRESSES)), "s3+https://key:secret@store/files"
    monkeypatch.setenv("MOTCUA_TLS", "on")
    assert not_in_clear(Here(installation_at(tmp_path, files), closed)).admin == closed
    for name, here in {
        "MOTCUA_BACKUP_SERVER": Here(installation_at(tmp_path, files), PLAIN["database_url"]),
        "MOTCUA_FILES_URL": Here(installation_at(tmp_path, PLAIN["files_url"]), closed),
        "MOTCUA_AUDIT_HEADS_URL": Here(
            installation_at(tmp_path, files, heads_url=PLAIN["files_url"]), closed
        ),
    }.items():
        with pytest.raises(PlainAddressError, match=name):
            not_in_clear(here)
    monkeypatch.setenv("MOTCUA_BACKUP_COPIES", f"{files} {PLAIN['files_url']}")
    with pytest.raises(PlainAddressError, match="MOTCUA_BACKUP_COPIES: 2"):
        not_in_clear(Here(installation_at(tmp_path, files), closed))
    preparing = prepare_databases(
        lambda _: PLAIN["database_url"], plan(tmp_path, 1, "ninh-binh"), lambda _: None
    )
    with pytest.raises(PlainAddressError, match="makes the databases"):
        asyncio.run(preparing)


def test_a_certificate_is_made_anew_before_it_ends(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    before = os.umask(0o077)  # as `motcua up` sets it
    first = lay_papers(tmp_path, tmp_path / "tls" / "pg", now)
    os.umask(before)
    assert all(place.stat().st_mode & 0o011 for place in (first.key.parent, first.authority.parent))
    shown = first.certificate.read_bytes()
    assert (
        lay_papers(tmp_path, tmp_path / "tls" / "pg", now + timedelta(days=300)).certificate.read_bytes()
        == shown
    )
    authority = first.authority.read_bytes()
    lay_papers(tmp_path, tmp_path / "tls" / "pg", now + timedelta(days=340))
    assert first.certificate.read_bytes() != shown
    assert first.authority.read_bytes() == authority
    made = x509.load_pem_x509_certificate(first.certificate.read_bytes())
    made.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
    assert first.key.stat().st_mode & 0o077 == 0
    assert first.authority.with_name("ca.key").stat().st_mode & 0o077 == 0
