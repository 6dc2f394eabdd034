"""Dead letters of the inbox and of the broker: `motcua status` counts, `motcua events` lists and sends them again."""

import asyncio
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aio_pika
import asyncpg
import pytest
from common.topology import DEAD, apply_topology, queue_of
from registers.domain.standing import facts_of
from suite.cli.events import app
from suite.cli.status import app as status_app
from suite.run.databases import prepare_databases
from suite.run.layout import Plan, plan
from suite.run.note import run_note
from suite.run.places import free_port
from suite.run.postgres import PostgresServer
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder
from typer.testing import CliRunner

TYPE = "intake.dossier_submitted.v1"
KEPT, LOST = uuid.uuid4(), uuid.uuid4()


@pytest.fixture(scope="module")
def running(postgres: PostgresServer) -> Iterator[Plan]:
    """Give the plan of a suite whose databases are there, noted down as running."""
    folder = private_folder("events")
    made = Plan(**{**vars(plan(folder, 8080, "ninh-binh")), "postgres_port": postgres.port})
    asyncio.run(prepare_databases(postgres.dsn, made, lambda _: None))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOTCUA_STATE", str(folder))
        environment.setenv("COLUMNS", "200")
        note(made, folder)
        yield made


def note(made: Plan, folder: Path, amqp_url: str | None = None) -> None:
    told = {**asdict(made), "pid": os.getpid(), "passwords": {}, "folder": str(folder), "amqp_url": amqp_url}
    run_note(folder).write_text(json.dumps(told))


@pytest.fixture
def dead_letter(running: Plan) -> None:
    """Put one dead letter into the inbox of notify."""

    async def put() -> None:
        connection = await asyncpg.connect(running.dsn("notify"))
        await connection.execute("delete from inbox")
        await connection.execute(
            """insert into inbox (id, type, envelope, attempts, dead_at, error)
            values ($1, $2, '{"subject": "H42.101-1"}', 8, now(), 'KeyError at tell.py:7')""",
            KEPT,
            TYPE,
        )
        await connection.close()

    asyncio.run(put())


@pytest.fixture
def buried(running: Plan, rabbit: RabbitServer) -> None:
    """Let two messages die in the queue of notify before it kept them, and say that this suite has a broker."""

    async def bury() -> None:
        await apply_topology(rabbit.url, {"notify": [TYPE]})
        connection = await aio_pika.connect(rabbit.url)
        async with connection:
            channel = await connection.channel()
            queue = await channel.get_queue(queue_of("notify"))
            dead = await channel.get_queue(DEAD)
            await queue.purge()
            await dead.purge()
            for name, content in ((str(LOST), b"Nguyen Van A"), ("A", b"xx")):
                message = aio_pika.Message(content, message_id=name, type=TYPE)
                await channel.default_exchange.publish(message, queue.name)
                await (await queue.get()).reject()
            async with asyncio.timeout(10):
                while (await channel.get_queue(DEAD)).declaration_result.message_count != 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)

    asyncio.run(bury())
    note(running, running.folder, rabbit.url)


def told(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def listed() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(told("dead", "notify", "--json"))
    return rows


@pytest.mark.usefixtures("dead_letter")
def test_without_a_broker_the_inbox_is_all_there_is() -> None:
    assert [row["id"] for row in listed()] == [str(KEPT)]
    assert "1 sent again" in told("redrive", "notify")
    assert "No dead letters." in told("dead", "notify")


@pytest.mark.broker
@pytest.mark.usefixtures("dead_letter", "buried")
def test_what_died_on_the_broker_stands_beside_what_died_in_the_inbox_and_goes_back_with_it() -> None:
    rows = listed()
    assert [(row["id"], row["type"]) for row in rows] == [
        (str(KEPT), TYPE),
        (str(LOST), TYPE),
        (None, TYPE),
    ]
    assert [set(row) for row in rows] == [set(rows[0])] * 3
    assert rows[1]["error"] == "not kept: rejected, 12 bytes"
    assert "Nguyen" not in told("dead", "notify")
    assert "0 sent again" in told("redrive", "notify", "--type", "something.else.v1")
    assert "1 sent again" in told("redrive", "notify", str(LOST))
    assert [row["id"] for row in listed()] == [str(KEPT), None]
    assert "2 sent again" in told("redrive", "notify")
    assert listed() == []


def counted() -> tuple[int, dict[str, dict[str, Any]]]:
    """Ask for the status; gives the exit code and the row of each service."""
    result = CliRunner().invoke(status_app, ["--json"])
    return result.exit_code, {row["service"]: row for row in json.loads(result.output)["services"]}


def test_r38_the_status_names_what_should_have_run_long_ago() -> None:
    numbers = """# TYPE motcua_job_due_timestamp_seconds gauge
motcua_job_due_timestamp_seconds{job="deliver",service="notify"} 1.0e+09
motcua_job_due_timestamp_seconds{job="retention",service="notify"} 1.0000002e+09
motcua_jobs_total{job="deliver",outcome="done",service="notify"} 7.0
"""
    assert facts_of("notify", numbers, ready=True, now=1.0e9 + 301).late_jobs == ("deliver",)
    assert facts_of("notify", numbers, ready=True, now=1.0e9 + 299).late_jobs == ()


@pytest.mark.usefixtures("dead_letter")
def test_a_service_that_tells_no_numbers_is_not_as_it_should_be(running: Plan) -> None:
    note(running, running.folder)
    code, rows = counted()
    assert (code, rows["notify"]["ready"], rows["notify"]["late_jobs"]) == (1, False, None)


@pytest.mark.usefixtures("dead_letter")
def test_the_status_of_a_suite_without_a_broker_tells_of_none(running: Plan) -> None:
    note(running, running.folder)
    _, rows = counted()
    assert "broker" not in rows
    assert rows["notify"]["dead"] == 1


@pytest.mark.broker
@pytest.mark.usefixtures("dead_letter", "buried")
def test_the_status_counts_what_died_on_the_broker_and_leaves_it_there(running: Plan) -> None:
    for _ in range(2):
        _, rows = counted()
        assert rows["broker"] == {"service": "broker", "ready": True, "dead": 2}
        assert rows["notify"]["dead"] == 1
    table = CliRunner().invoke(status_app, []).output
    assert [cell.strip() for cell in table.split("broker")[1].split("│")[1:7]] == ["yes", *"––––", "2"]


def test_a_broker_that_does_not_answer_is_told_instead_of_counted(running: Plan) -> None:
    note(running, running.folder, f"amqp://motcua:x@127.0.0.1:{free_port()}/")
    code, rows = counted()
    assert (code, rows["broker"]) == (1, {"service": "broker", "ready": False})
