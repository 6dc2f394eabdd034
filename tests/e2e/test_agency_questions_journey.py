"""An agency's team answers questions by its own instance, while everybody else stays with the province."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from common.migrations import upgrade
from suite.demo.actors import Actor, Json, RefusedError, eventually
from suite.demo.questions import ROOT, QuestionAndAnswer
from suite.run.postgres import PostgresServer
from suite.run.rabbit import RabbitServer
from suite.testing.suites import RunningSuite, start_suite, stop_suite
from test_agency_journey import AGENCY, Team, broker, motcua, of_province, ways

pytestmark = [pytest.mark.journey, pytest.mark.broker]
DATABASE = "agency_qa"
SINCE = "2026-01-01T00:00:00+00:00"
assert broker
assert ways


class Lent(QuestionAndAnswer):
    """A question that the agency's people read and answer under the agency's address."""

    def _path(self, who: Actor) -> str:
        at_agency = who is not self.coordinator
        return f"{ROOT}/agencies/{AGENCY}/questions" if at_agency else f"{ROOT}/questions"

    def _seen(self, who: Actor) -> Json:
        path = f"{self._path(who)}/{self.number}"
        return dict(eventually(lambda: who.get(path), f"{self.number} before an officer", 60))

    def _act(self, who: Actor, action: str, *, method: str = "POST", **body: object) -> Json:
        sent = {"version": self._seen(who)["version"], **body}
        done: Json = who.ask(method, f"{self._path(who)}/{self.number}/{action}", json=sent)
        return done

    def kept(self) -> Json:
        """Return what the province shows the coordinator."""
        told: Json = self.coordinator.get(f"{ROOT}/questions/{self.number}")
        return told


@pytest.fixture
def province(broker: RabbitServer, ways: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSuite]:
    monkeypatch.setenv("MOTCUA_QA_APART", json.dumps({AGENCY: SINCE}))
    running = start_suite("agency-questions", "--distributed", "--amqp", broker.url)
    yield running
    stop_suite(running)


@pytest.fixture
def team(tmp_path: Path, postgres: PostgresServer) -> Iterator[Team]:
    made = Team(tmp_path / "own", postgres.dsn(DATABASE), "qa")
    yield made
    made.stop()


@pytest.fixture
def begun(
    broker: RabbitServer, province: RunningSuite, team: Team, postgres: PostgresServer, ways: Path
) -> None:
    """Do what the agency's README says: the folder, the broker's definitions, the database, the processes, the way."""
    here = f"--province {province.url} --broker amqp://127.0.0.1:{broker.port} --folder {team.folder}"
    motcua(
        of_province(province),
        f"agency init {AGENCY} --services qa --since 2026-01-01 {here} --reached-at 127.0.0.1",
    )
    definitions = broker.folder / "agency.json"  # the broker's own user reads it
    definitions.write_bytes((team.folder / "province/rabbitmq.json").read_bytes())
    definitions.chmod(0o644)
    broker.control("import_definitions", str(definitions))
    asyncio.run(made_database(postgres))
    upgrade(team.dsn, "qa")
    team.start(province)
    motcua(of_province(province), f"events announce catalog identity --to qa.{AGENCY}")
    row = {"prefix": f"{ROOT}/agencies/{AGENCY}", "upstream": f"127.0.0.1:{team.port}"}
    ways.write_text(json.dumps({"gateway_overrides": [row]}))


async def made_database(postgres: PostgresServer) -> None:
    connection = await asyncpg.connect(postgres.dsn("postgres"))
    await connection.execute(f"CREATE DATABASE {DATABASE}")
    await connection.close()


def refused_at_the_province(question: Lent) -> str:
    """Try to urge the agency at the province, and return how that is refused."""
    version = question.kept()["version"]
    try:
        question.coordinator.post(f"{ROOT}/questions/{question.number}/reminder", {"version": version})
    except RefusedError as refused:
        return str(refused.problem["code"])
    return ""


def test_an_agency_answers_at_its_own_instance_and_everybody_reads_it_at_the_province(
    province: RunningSuite, team: Team, begun: None
) -> None:
    first, second = Lent(province.url), Lent(province.url)
    first.sign_in()
    for name in ("terms", "coordinator", "owner", "leader"):
        setattr(second, name, getattr(first, name))
    first.ask()
    first.sort()
    first.draft()
    eventually(lambda: first.kept()["state"] == "drafted", "the province to hear of the draft", 60)
    assert refused_at_the_province(first) == "question-elsewhere"
    team.stop()  # the agency is away, and the province goes on
    second.ask()
    second.sort()
    assert (second.kept()["held_by"], second.kept()["state"]) == (AGENCY, "forwarded")
    team.start(province)
    second.draft()
    for question in (first, second):
        question.release()
        eventually(lambda one=question: one.kept()["state"] == "answered", "the answer at the province", 60)
        question.read()
        assert question.kept()["held_by"] == ""
