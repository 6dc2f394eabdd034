"""The province tells its present state to an agency's own instance, and looks after its dead letters."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aio_pika
import asyncpg
import pytest
from common.topology import DEAD, apply_topology, queue_of
from regulation.codes.agency import AgencyCode
from suite.cli.events import app
from suite.deploy.agency import Meeting, lay_agency
from suite.deploy.agency_broker import concerns
from suite.run.databases import prepare_databases
from suite.run.layout import OWNERS, Plan, listens, plan
from suite.run.note import run_note
from suite.run.postgres import PostgresServer
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder
from typer.testing import CliRunner

pytestmark = pytest.mark.broker
AGENCY, TYPE = "H42.15", "processing.agency_handed_over.v1"
DIRECTORY = """
insert into agency_level (id, name, name_en, rank, valid_from) values ('province', 'Tỉnh', 'Province', 1, '2026-01-01');
insert into agency (code, name, level, parent, valid_from, version) select code, code, 'province', null, '2026-01-01', 1
from unnest(array['H42', 'H42.15', 'H42.15.03', 'H42.151', 'H42.16']) code
"""


@pytest.fixture(scope="module")
def province(postgres: PostgresServer, rabbit: RabbitServer) -> Iterator[Plan]:
    """Give a suite whose databases and broker are there and whose directory knows five agencies."""
    folder = private_folder("telling")
    made = Plan(**{**vars(plan(folder, 8080, "ninh-binh", rabbit.url)), "postgres_port": postgres.port})
    asyncio.run(prepare_databases(postgres.dsn, made, lambda _: None))
    asyncio.run(done(made, DIRECTORY))
    asyncio.run(apply_topology(rabbit.url, {name: listens(name) for name in OWNERS if listens(name)}))
    told = {**asdict(made), "pid": os.getpid(), "passwords": {}, "folder": str(folder)}
    run_note(folder).write_text(json.dumps(told))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOTCUA_STATE", str(folder))
        environment.setenv("COLUMNS", "200")
        yield made


async def done(made: Plan, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(made.dsn("catalog"))
    try:
        return (
            await connection.fetch(statement)
            if statement.startswith("select")
            else await connection.execute(statement)
        )
    finally:
        await connection.close()


@pytest.fixture
def taken_in(province: Plan, rabbit: RabbitServer, tmp_path: Path) -> None:
    """Let the broker know the agency's queue."""
    here = "http://127.0.0.1"
    lay_agency(
        tmp_path / "own",
        AgencyCode(AGENCY),
        ["processing"],
        Meeting(here, "amqp://127.0.0.1", here, "127.0.0.1"),
    )
    place = province.folder / "definitions.json"  # the broker's own user reads it
    place.write_bytes((tmp_path / "own/province/rabbitmq.json").read_bytes())
    place.chmod(0o644)
    rabbit.control("import_definitions", str(place))


def told(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.usefixtures("taken_in")
def test_an_agencys_instance_is_told_past_everybody_else(province: Plan) -> None:
    said = told("announce", "catalog", "identity", "--to", f"processing.{AGENCY}")
    assert "0 officers announced" in said
    rows = asyncio.run(done(province, "select envelope, waiting_for from outbox"))
    assert {tuple(row["waiting_for"]) for row in rows} == {(f"processing.{AGENCY}",)}
    envelopes: list[Any] = [json.loads(row["envelope"]) for row in rows]
    assert {one["subject"] for one in envelopes} == {"H42", "H42.15", "H42.15.03", "H42.151", "H42.16"}


@pytest.mark.parametrize(
    ("agency", "told_to_it"),
    [
        (None, True),
        ("H42.15", True),
        ("H42.15.03", True),
        ("H42.151", False),
        ("H42.16", False),
        ("H42", False),
    ],
)
def test_what_concerns_others_alone_is_not_told_to_it(agency: str | None, told_to_it: bool) -> None:
    assert concerns(agency, AGENCY) == told_to_it


def test_an_agency_the_broker_does_not_know_is_told_nothing(province: Plan) -> None:
    before = asyncio.run(done(province, "select count(*) from outbox"))
    said = told("announce", "catalog", "--to", "processing.H42.99", status=2)
    assert "no queue for 'processing.H42.99'" in said
    assert asyncio.run(done(province, "select count(*) from outbox")) == before


def test_a_service_that_tells_nothing_is_refused_before_the_first_has_told(province: Plan) -> None:
    before = asyncio.run(done(province, "select count(*) from outbox"))
    assert "'portal' has nothing to announce" in told("announce", "catalog", "portal", status=2)
    assert asyncio.run(done(province, "select count(*) from outbox")) == before


@pytest.mark.usefixtures("taken_in")
def test_the_province_sees_what_died_in_the_agencys_queue(province: Plan, rabbit: RabbitServer) -> None:
    async def bury() -> None:
        connection = await aio_pika.connect(rabbit.url)
        async with connection:
            channel = await connection.channel()
            queue = await channel.get_queue(queue_of("processing", AGENCY))
            await queue.purge()
            await (await channel.get_queue(DEAD)).purge()
            message = aio_pika.Message(b"no event", message_id="A", type=TYPE)
            await channel.default_exchange.publish(message, queue.name)
            await (await queue.get()).reject()
            async with asyncio.timeout(10):
                while not (await channel.get_queue(DEAD)).declaration_result.message_count:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)

    asyncio.run(bury())
    (letter,) = json.loads(told("dead", "processing", "--json"))
    assert letter["type"] == TYPE
    assert "1 sent again" in told("redrive", "processing")


def test_in_a_container_the_environment_tells_which_database_is_meant(
    province: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_STATE", str(province.folder / "elsewhere"))
    assert "No suite runs here" in told("waiting", "catalog", status=2)
    monkeypatch.setenv("MOTCUA_CATALOG_DATABASE_URL", province.dsn("catalog"))
    assert "Nothing waits." in told("waiting", "catalog")
    assert "No dead letters." in told("dead", "catalog")
