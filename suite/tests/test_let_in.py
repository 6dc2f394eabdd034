"""A service that PostgreSQL turns away says so at once; it waits in silence for one that is not up yet."""

from urllib.parse import urlsplit

import pytest
from common.database import Database
from suite.run.forks import let_in
from suite.run.postgres import PostgresServer
from suite.testing import captured_logs


@pytest.mark.parametrize("path", ["/nobody", "/postgres"])
async def test_a_wrong_account_password_or_database_is_one_sentence(
    postgres: PostgresServer, path: str
) -> None:
    server = urlsplit(postgres.dsn("postgres"))
    account = server.netloc.rpartition("@")[0] if path == "/nobody" else "stranger:wrong"
    database = Database(f"postgresql://{account}@{server.hostname}:{server.port}{path}")
    with captured_logs() as lines:
        await let_in("stats", database)
    (line,) = lines
    assert line["event"].startswith("PostgreSQL turns stats away: see MOTCUA_STATS_DATABASE_URL")


async def test_a_server_that_is_not_up_is_waited_for() -> None:
    with captured_logs() as lines:
        await let_in("stats", Database("postgresql://stats:any@127.0.0.1:1/stats"))
    assert lines == []


async def test_who_is_let_in_goes_on(postgres: PostgresServer) -> None:
    with captured_logs() as lines:
        await let_in("stats", Database(postgres.dsn("postgres")))
    assert lines == []
