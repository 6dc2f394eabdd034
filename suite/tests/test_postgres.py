"""The private database server comes up, keeps its data, and refuses what it must not touch."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest
from suite.run.layout import NewerStateError, check_state
from suite.run.places import (
    USUAL,
    copy_postgres,
    free_port,
    is_taken,
    postgres_programs,
    programs_in,
    reachable_by_others,
    unprivileged,
)
from suite.run.postgres import NewerDataError, PostgresServer
from suite.testing.folders import private_folder


async def test_data_survives_a_restart() -> None:
    server = PostgresServer(private_folder("restart"))
    server.start()
    connection = await asyncpg.connect(server.dsn())
    await connection.execute("CREATE TABLE kept AS SELECT 'hồ sơ' AS word")
    await connection.close()
    server.stop()
    assert not is_taken(server.port)
    server.start()
    connection = await asyncpg.connect(server.dsn())
    assert await connection.fetchval("SELECT upper(word) FROM kept") == "HỒ SƠ"
    await connection.close()
    server.stop()


async def test_a_wrong_password_is_refused(postgres: PostgresServer) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres.dsn(password="guess"))


def test_data_of_a_newer_server_is_left_alone() -> None:
    server = PostgresServer(private_folder("newer"))
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(NewerDataError, match="written by PostgreSQL 99"):
        server.start()
    assert [path.name for path in server.data.iterdir()] == ["PG_VERSION"]


def test_a_cluster_whose_making_was_cut_short_is_made_anew() -> None:
    server = PostgresServer(private_folder("unfinished"))
    begin = (
        "import sys, pathlib, suite.run.postgres as s; s.PostgresServer(pathlib.Path(sys.argv[1])).start()"
    )
    first = subprocess.Popen([sys.executable, "-c", begin, server.folder], start_new_session=True)
    deadline = time.monotonic() + 30
    while not list(server.folder.glob("*/PG_VERSION")) and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert not server.data.exists()
    server.start()
    server.stop()
    assert [path.name for path in server.folder.glob("data*")] == ["data"]


def test_state_of_a_newer_suite_is_left_alone(tmp_path: Path) -> None:
    check_state(tmp_path)
    check_state(tmp_path)
    note = tmp_path / "version.json"
    note.write_text('{"state": 99}')
    with pytest.raises(NewerStateError, match="newer version"):
        check_state(tmp_path)
    assert note.read_text() == '{"state": 99}'


def test_a_checkout_that_others_cannot_enter_is_noticed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not reachable_by_others(closed)
    assert reachable_by_others(Path("/usr"))


def test_the_programs_can_be_read_by_the_account_they_run_under() -> None:
    assert unprivileged() is None or reachable_by_others(postgres_programs())
    assert (postgres_programs() / "initdb").exists()


def test_programs_copied_out_of_a_closed_home_find_their_libraries(tmp_path: Path) -> None:
    packages, copy = postgres_programs().parents[2], tmp_path / "programs" / "postgres"
    for _ in range(2):  # the second time finds the copy there, as when two checkouts start at once
        copy_postgres(packages, copy)
        assert [path.name for path in copy.parent.iterdir()] == ["postgres"]
    for program in ("initdb", "postgres", "pg_isready"):
        command = [copy / programs_in(USUAL) / program, "--version"]
        told = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
        assert (told.returncode, told.stderr) == (0, "")


def test_a_port_in_use_is_noticed(postgres: PostgresServer) -> None:
    assert is_taken(postgres.port)
    assert not is_taken(free_port())
