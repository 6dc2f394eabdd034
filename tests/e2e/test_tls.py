"""The main job over connections that nobody listens in on: PostgreSQL, RabbitMQ, Redis and the keeper of copies."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest
from suite.demo.actors import eventually
from suite.demo.journey import MainJob
from suite.run.tls import authority_of, closed, lay_papers
from suite.testing.folders import private_folder
from suite.testing.redis import RedisServer
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = [pytest.mark.journey, pytest.mark.broker]
OPEN = """select application_name, backend_type from pg_stat_activity left join pg_stat_ssl using (pid)
    where backend_type in ('client backend', 'walsender') and ssl is not true"""
WALSENDERS = """select count(*) from pg_stat_activity join pg_stat_ssl using (pid)
    where backend_type = 'walsender' and ssl"""


@pytest.fixture(scope="module")
def state() -> Path:
    return private_folder("e2e-tls")


@pytest.fixture(scope="module")
def redis(state: Path) -> Iterator[RedisServer]:
    server = RedisServer(private_folder("e2e-redis"), papers=lay_papers(state, state / "tls" / "redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running(state: Path, redis: RedisServer) -> Iterator[RunningSuite]:
    """Give a suite that takes and makes no connection in clear, with the keeper of its copies."""
    told = {"TLS": "on", "REDIS_URL": redis.url, "BACKUP": "1", "BACKUP_FIRST": "1", "BACKUP_SHIP": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(f"MOTCUA_{name}", value)
        started = start_suite("e2e-tls", "--distributed", state=state)
    yield started
    stop_suite(started)


async def asked(running: RunningSuite, question: str) -> list[asyncpg.Record]:
    """Ask the running server as its owner."""
    secret = json.loads((running.state / "postgres" / "superuser.json").read_text())["password"]
    place = f"127.0.0.1:{running.note['postgres_port']}/postgres{closed(authority_of(running.state))}"
    connection = await asyncpg.connect(f"postgresql://postgres:{quote(secret)}@{place}")
    try:
        return list(await connection.fetch(question))
    finally:
        await connection.close()


def shipped(running: RunningSuite) -> bool:
    """Tell whether a part of the databases' log has come into a copy."""
    note = running.state / "backup" / "standing.json"
    return bool(json.loads(note.read_text()).get("shipped_at")) if note.exists() else False


async def test_the_main_job_goes_by_tls_alone(
    running: RunningSuite, redis: RedisServer, tmp_path: Path
) -> None:
    assert running.note["amqp_url"].startswith("amqps://")
    assert MainJob(running.url, tmp_path).play()
    assert redis.ask("DBSIZE") != ":0", "nothing went over Redis"
    eventually(lambda: shipped(running), "the log in the copies")
    assert await asked(running, OPEN) == []
    assert (await asked(running, WALSENDERS))[0][0] >= 1, "the log is not received by TLS"
