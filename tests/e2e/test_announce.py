"""A subscriber can start in a province that has run for years: nothing but the present state is told to it."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from suite.demo.actors import eventually
from suite.demo.journey import MainJob
from suite.demo.questions import QuestionAndAnswer
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey
WAYS = [
    pytest.param("embedded", id="embedded"),
    pytest.param("distributed", id="distributed", marks=pytest.mark.broker),
]
# What each service keeps of the others, without what it adds itself or what only counts facts.
COPIES = {
    "intake": {"agency": "*", "procedure_version": "*", "procedure_closure": "*"},
    "processing": {
        "agency": "*",
        "procedure_version": "*",
        "officer": "id, display_name, agency, unit, roles, scope, active",
    },
    "notify": {
        "agency": "*",
        "officer": "id, agency",  # the version also counts what nobody else keeps: passwords
        "procedure": "*",
        "dossier": """code, owner_id, submitter_id, procedure_code, procedure_version, channel, receiving_point,
            competent_agency, due_at""",
    },
    "stats": {
        "agency": "*",
        "field": "*",
        "fact": "code, type, at, place",
        "dossier": "*",
        "wait": "*",
        "question_fact": "number, turn, at, agency, due_at",
        "question": "*",
        "holding": "*",
    },
}
# In whose hands a dossier is stands in its row; through whose it went before is not told again.
ONLY = {
    "fact": "WHERE type !~ '^processing.(dossier_opened|dossier_assigned|step_completed|dossier_sent_back)'"
}
ANNOUNCED = (
    ("catalog",),
    ("identity", "--to", "processing"),
    ("identity", "--to", "notify"),
    ("intake", "--to", "notify"),
    ("intake", "--to", "stats"),
    ("processing", "--to", "stats"),
    ("processing", "--to", "notify"),
    ("processing", "--to", "intake"),
    ("qa", "--to", "stats"),
)


@pytest.fixture(params=WAYS)
def running(request: pytest.FixtureRequest) -> RunningSuite:
    return request.getfixturevalue(request.param)


def motcua(running: RunningSuite, *words: str) -> str:
    environment = {**os.environ, "MOTCUA_STATE": str(running.state)}
    command = [sys.executable, "-m", "suite.cli", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def database(running: RunningSuite, service: str) -> asyncpg.Connection:
    secret = json.loads((running.state / "postgres" / "superuser.json").read_text())["password"]
    port = running.note["postgres_port"]
    return await asyncpg.connect(f"postgresql://postgres:{secret}@127.0.0.1:{port}/{service}")


async def known(running: RunningSuite) -> dict[str, list[Any]]:
    """Return everything the services keep of each other, and how many notices people got."""
    found: dict[str, list[Any]] = {}
    for service, tables in COPIES.items():
        connection = await database(running, service)
        for table, columns in tables.items():
            rows = await connection.fetch(
                f"SELECT {columns} FROM {table} {ONLY.get(table, '')} ORDER BY 1, 2"
            )
            found[f"{service}.{table}"] = [dict(row) for row in rows]
        await connection.close()
    connection = await database(running, "notify")
    found["notices"] = [await connection.fetchval("SELECT count(*) FROM message")]
    await connection.close()
    return found


async def forget(running: RunningSuite) -> None:
    """Prune every outbox, and empty what the services keep of each other."""
    for service in ("identity", "catalog", "intake", "processing", "notify", "stats"):
        connection = await database(running, service)
        await connection.execute("DELETE FROM outbox")
        await connection.execute("DELETE FROM inbox")
        for table in COPIES.get(service, {}):
            await connection.execute(f"TRUNCATE {table} CASCADE")
        await connection.close()


def asked(running: RunningSuite) -> None:
    """Have a question answered, and another one given back."""
    QuestionAndAnswer(running.url).play()
    back = QuestionAndAnswer(running.url)
    for step in (back.sign_in, back.ask, back.sort):
        step()
    back._act(back.owner, "return", reason="Không thuộc thẩm quyền.")


def quiet(running: RunningSuite) -> bool:
    rows = json.loads(motcua(running, "status", "--json"))["services"]
    return not any(row.get(name) for row in rows for name in ("unpublished", "unhandled", "dead"))


def test_a_subscriber_that_begins_late_becomes_equal_to_one_that_was_there(
    running: RunningSuite, tmp_path: Path
) -> None:
    first = MainJob(running.url, tmp_path)
    first.play()
    for steps in (3, 4, 5, 6, 7):  # in flight: submitted, asked to supplement, answered, accepted, proposed
        job = MainJob(running.url, tmp_path)
        job.citizen, job.desk, job.specialist, job.leader = (
            first.citizen,
            first.desk,
            first.specialist,
            first.leader,
        )
        for _, step in zip(range(steps), job.steps(), strict=False):
            if step != job.sign_in:  # the edge takes twenty sign-ins a minute from one address
                step()
    asked(running)
    eventually(lambda: quiet(running), "everybody to have heard everything")
    before = asyncio.run(known(running))
    asyncio.run(forget(running))
    assert asyncio.run(known(running))["stats.dossier"] == []
    for words in ANNOUNCED:
        assert "announced" in motcua(running, "events", "announce", *words)
    eventually(lambda: quiet(running), "the announcements to have taken effect", 60)
    after = asyncio.run(known(running))
    for what, rows in before.items():
        assert after[what] == rows, what
    assert len(before["stats.dossier"]) >= 6
    assert {row["ending"] for row in before["stats.question"]} >= {"answered", None}
    assert "returned" in {row["ending"] for row in before["stats.holding"]}
    assert {row["closing"] for row in before["stats.dossier"]} >= {None}
    assert any(row["officer_id"] for row in before["stats.dossier"])
