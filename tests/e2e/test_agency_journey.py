"""An agency's team takes its dossiers over on a live province, works on them, and hands them back."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
import pytest
from common.carriers import Outbound, RabbitCarrier
from common.migrations import upgrade
from common.outbox import outbox_values
from processing.events import DossierDueSoon
from regulation.states import State
from suite.demo.actors import Json, RefusedError, eventually
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.run.places import free_port
from suite.run.postgres import PostgresServer
from suite.run.processes import die_with_parent
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = [pytest.mark.journey, pytest.mark.broker]
AGENCY = "H42.101"
DATABASE = "agency_processing"
FIELD = re.compile(r'name="(form_token|version)" value="([^"]*)"')


@dataclass
class Team:
    """What the agency's team runs: its folder, its database, its process."""

    folder: Path
    dsn: str
    service: str = "processing"
    port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self, province: RunningSuite) -> dict[str, str]:
        """Return what the compose file tells its containers, with this machine's addresses."""
        here = {
            "DATABASE_URL": self.dsn,
            "FILES_URL": (province.state / "files").as_uri(),
            "SIGNING_FOLDER": str(province.state / "signing" / "processing"),
        }
        told = {f"MOTCUA_{self.service.upper()}_{name}": value for name, value in here.items()}
        return {
            **os.environ,
            **told,
            "MOTCUA_SECRETS": str(self.folder / "secrets"),
            "MOTCUA_CARRIER": "rabbitmq",
            "MOTCUA_INSTANCE": AGENCY,
            "MOTCUA_PROFILE": "ninh-binh",
            "MOTCUA_JWKS_URL": f"{province.url}/api/identity/jwks",
            "MOTCUA_PUBLIC_URL": province.url,
        }

    def start(self, province: RunningSuite) -> None:
        """Run API and worker in one process."""
        words = f"service {self.service} both --port {self.port} --watch {free_port()} --drain 0"
        with (self.folder / f"{self.service}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "suite.cli", *words.split()],
                env=self.environment(province),
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - the test has one thread
            )
        self.running.append(process)

    def stop(self) -> None:
        """End it as a container is ended."""
        for process in self.running:
            process.terminate()
            process.wait(20)
        self.running.clear()


@pytest.fixture
def broker() -> Iterator[RabbitServer]:
    server = RabbitServer(private_folder("agency-broker"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which gateway and portal read which agencies run an instance of their own."""
    place = tmp_path / "gateway.json"
    monkeypatch.setenv("MOTCUA_GATEWAY_FILE", str(place))
    monkeypatch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "50")
    return place


@pytest.fixture
def province(broker: RabbitServer, ways: Path) -> Iterator[RunningSuite]:
    running = start_suite("agency-province", "--distributed", "--amqp", broker.url)
    yield running
    stop_suite(running)


@pytest.fixture
def team(tmp_path: Path, postgres: PostgresServer) -> Iterator[Team]:
    made = Team(tmp_path / "own", postgres.dsn(DATABASE))
    yield made
    made.stop()


async def made_database(postgres: PostgresServer) -> None:
    connection = await asyncpg.connect(postgres.dsn("postgres"))
    await connection.execute(f"CREATE DATABASE {DATABASE}")
    await connection.close()


def motcua(environment: dict[str, str], command: str) -> str:
    """Run one command and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "suite.cli", *command.split()],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def of_province(running: RunningSuite) -> dict[str, str]:
    return {**os.environ, "MOTCUA_STATE": str(running.state)}


def seen(running: RunningSuite, *jobs: MainJob) -> list[Json]:
    """Return what everybody sees of the month's figures and of each dossier."""
    totals = httpx.get(f"{running.url}/api/stats/public", params={"group": "province"}).json()["totals"]
    tracked = [httpx.get(f"{running.url}/api/intake/tracking/{job.code}") for job in jobs]
    return [totals[-1], *(one.raise_for_status().json() for one in tracked)]


def accepted(job: MainJob, by: MainJob, *, settled: bool = True) -> MainJob:
    """Play a dossier until the desk has accepted it, with the people of another."""
    job.citizen, job.desk, job.specialist, job.leader = by.citizen, by.desk, by.specialist, by.leader
    job.submit()
    eventually(job._in_queue, "the dossier in the desk's queue")
    job._judge({})
    job.desk.post(
        f"/api/intake/dossiers/{job.code}/acceptance", {"version": job.dossier(job.desk)["version"]}
    )
    job._expect(job.citizen, *((State.FORWARDED, State.IN_PROCESS) if settled else (State.ACCEPTED,)))
    return job


def sign_on_the_page(running: RunningSuite, job: MainJob) -> None:
    """Let the leader find the dossier in the portal, approve and sign it there."""
    with httpx.Client(base_url=running.url, follow_redirects=True, timeout=30) as web:

        def post(address: str, **typed: str) -> str:
            told = dict(FIELD.findall(web.get(address).text))
            answer = web.post(address, data=told | typed)
            assert answer.is_success, answer.text
            return answer.text

        post("/can-bo/dang-nhap", login=job.example.leader, password=PASSWORD)
        eventually(lambda: job.code in web.get("/can-bo/ky").text, "the portal to show the agency's list", 10)
        if "approval" in job._handled(job.leader)["actions"]:
            post(f"/can-bo/giai-quyet/{job.code}/duyet", remarks="Đồng ý")
        assert "Đã ký số" in post(f"/can-bo/giai-quyet/{job.code}/ky")


async def forged(team: Team) -> bool:
    """Let the agency tell of another agency's dossier, past its own topics; tell whether the broker took it."""
    now = datetime.now(UTC)
    place = {"code": "H42.15-261127-0001", "state": "in_process", "step_no": 1, "step_count": 1}
    said = {"step_name": "x", "step_name_en": "x", "unit": "x", "officer_id": None, "due_at": now}
    about = {"aggregate_id": place["code"], "aggregate_version": 9, "agency": "H42.15", "occurred_at": now}
    row = outbox_values(DossierDueSoon(**place, **said, **about), "processing")
    carrier = RabbitCarrier((team.folder / "secrets/motcua_processing_amqp_url").read_text(), AGENCY)
    try:
        told = Outbound(row.id, row.type, row.routing_key, row.envelope_json)
        return (await carrier.deliver([told])).done == [row.id]
    finally:
        await carrier.close()


@pytest.fixture
def begun(broker: RabbitServer, province: RunningSuite, team: Team, postgres: PostgresServer) -> None:
    """Do what the agency's README says: the folder, the broker's definitions, the database, the processes."""
    here = f"--province {province.url} --broker amqp://127.0.0.1:{broker.port} --folder {team.folder}"
    motcua(of_province(province), f"agency init {AGENCY} {here} --reached-at 127.0.0.1")
    definitions = broker.folder / "agency.json"  # the broker's own user reads it
    definitions.write_bytes((team.folder / "province/rabbitmq.json").read_bytes())
    definitions.chmod(0o644)
    broker.control("import_definitions", str(definitions))
    asyncio.run(made_database(postgres))
    upgrade(team.dsn, "processing")
    team.start(province)
    told = f"events announce catalog identity intake --to processing.{AGENCY}"
    assert "dossiers announced" in motcua(of_province(province), told)


def led_there(ways: Path, team: Team | None) -> None:
    """Lead the agency's addresses to its own instance, or to the province again."""
    row = (
        {"prefix": f"/api/processing/agencies/{AGENCY}", "upstream": f"127.0.0.1:{team.port}"}
        if team
        else None
    )
    ways.write_text(json.dumps({"gateway_overrides": [row] if row else []}))


def is_away(job: MainJob) -> bool:
    """Tell whether nobody answers for the agency, while everybody else does."""
    try:
        job._handled(job.leader)
    except RefusedError as refused:
        return refused.status in (502, 503, 504)
    return False


def test_an_agency_takes_over_and_hands_back_and_nobody_else_notices(
    province: RunningSuite, team: Team, ways: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    first, second, third = (MainJob(province.url, tmp_path) for _ in range(3))
    first.find()
    first.sign_in()
    mine, theirs = accepted(first, first), accepted(second, first)
    for job in (mine, theirs):
        eventually(lambda job=job: job._handled(job.leader), "processing to know the dossier")
    both = first.before["received"] + 2
    eventually(lambda: seen(province)[0]["received"] == both, "statistics to have counted both")
    before = seen(province, mine, theirs)
    request.getfixturevalue("begun")
    assert not asyncio.run(forged(team))
    taken = motcua(of_province(province), f"agency take-over {AGENCY} --yes --wait 60")
    assert "2 of those handed over have arrived" in taken
    led_there(ways, team)
    eventually(lambda: mine._handled(mine.leader), "the gateway to lead to the agency's instance")
    assert seen(province, mine, theirs) == before
    mine.specialise()
    sign_on_the_page(province, mine)
    team.stop()  # the agency is away, and the province goes on
    eventually(lambda: is_away(theirs), "nobody to answer for the agency")
    late = accepted(third, first, settled=False)
    team.start(province)
    eventually(lambda: late._handled(late.leader), "the agency to have caught up", 60)
    back = motcua(team.environment(province), f"agency hand-back {AGENCY} --yes --wait 60")
    assert "3 of those handed over have arrived" in back
    led_there(ways, None)
    eventually(lambda: theirs._handled(theirs.leader), "the gateway to lead to the province again")
    for job in (theirs, late):
        job.specialise()
        job.sign()
    eventually(lambda: seen(province)[0]["finished"] == before[0]["finished"] + 3, "statistics to count")
    after = seen(province)[0]
    assert (after["received"], after["carried_over"]) == (
        before[0]["received"] + 1,
        before[0]["carried_over"],
    )
    assert not asyncio.run(forged(team))
