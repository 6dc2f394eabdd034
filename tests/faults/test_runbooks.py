"""Each runbook carried out once: the condition is brought about, its alert fires, what the page says is done, it ends.

Clocks run sixty times as fast here: seconds and windows of a rule are divided by sixty; everything else of it
is what wakes people.
"""

import asyncio
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import asyncpg
import httpx
import pytest
from rig.watch import ROOM, SHARED_MEMORY, Watch, rule, until
from suite.demo.actors import Actor
from suite.demo.example import PROCEDURE
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.run.forks import Role
from suite.testing.replicas import Replica, start_replica
from suite.testing.suites import RunningSuite

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def test_only_the_clock_of_a_rule_runs_faster() -> None:
    assert rule("SumsDisagree") == "max(motcua_stats_identity_breaches) > 0"
    assert rule("EventsWaitTooLong").endswith("(motcua_inbox_not_yet_seconds) > 15.0")
    assert rule("JobLate").endswith("(motcua_job_due_timestamp_seconds) > 15.0")
    assert rule("JobsFail") == "max by (service, job) (motcua_job_failed) > 0"


@pytest.fixture(scope="module")
def citizen(province: RunningSuite) -> Actor:
    return Actor(province.url).sign_in("congdan@motcua.example", PASSWORD)


async def asked(watch: Watch, citizen: Actor, times: int = 5) -> list[int]:
    """Let the citizen ask for what only intake's database knows, several times at once."""
    token = citizen.http.headers["Authorization"]
    base = watch.suite.running.url
    async with httpx.AsyncClient(base_url=base, headers={"Authorization": token}, timeout=30) as web:
        answers = await asyncio.gather(*(web.get("/api/intake/dossiers") for _ in range(times)))
    return [answer.status_code for answer in answers]


@asynccontextmanager
async def going_on(watch: Watch, citizen: Actor) -> AsyncIterator[list[int]]:
    """Let the citizen go on asking while the block lasts."""
    answers: list[int] = []

    async def go_on() -> None:
        while True:
            answers.extend(await asked(watch, citizen))
            await asyncio.sleep(0.1)

    asking = asyncio.create_task(go_on())
    try:
        yield answers
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


@asynccontextmanager
async def held(watch: Watch, service: str, *statements: str) -> AsyncIterator[int]:
    """Hold what statements take in a database, in a session whose number is given."""
    connection = await watch.suite.connect(service)
    try:
        for statement in statements:
            await connection.execute(statement)
        yield await connection.fetchval("select pg_backend_pid()")
    finally:
        connection.terminate()


@asynccontextmanager
async def shut_out(watch: Watch, service: str, role: str) -> AsyncIterator[None]:
    """Let a role no longer into a database while the block lasts, and end what it has open."""
    await watch.suite.run(service, f"alter role {role} connection limit 0")
    ending = "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1"
    await watch.suite.fetch(service, ending, role)
    try:
        yield
    finally:
        await watch.suite.run(service, f"alter role {role} connection limit -1")


async def test_runbook_eventswaittoolong_the_neighbour_tells_its_present_state(
    watch: Watch, tmp_path: Path
) -> None:
    job = MainJob(watch.suite.running.url, tmp_path)
    await watch.suite.fetch("notify", "delete from procedure where code = $1", PROCEDURE)
    steps = (job.find, job.sign_in, job.submit, job.ask_for_supplement, job.answer, job.accept)
    for step in steps:
        await asyncio.to_thread(step)
    await watch.fires("EventsWaitTooLong", service="notify")
    assert PROCEDURE in watch.motcua("events", "waiting", "notify")
    watch.motcua("events", "announce", "catalog", "--to", "notify")
    await watch.ends("EventsWaitTooLong")
    assert "Nothing waits." in watch.motcua("events", "waiting", "notify")


async def test_runbook_requestsfail_a_neighbour_that_was_away_comes_back(
    watch: Watch, citizen: Actor
) -> None:
    async with going_on(watch, citizen) as answers:
        async with shut_out(watch, "intake", "intake"):
            await watch.fires("RequestsFail", service="intake")
            assert "needed and away" in watch.log("intake")
        await watch.ends("RequestsFail")
    assert {200, 503} <= set(answers) <= {200, 502, 503}


async def test_answersslow_fires_while_a_table_is_locked_and_the_waiting_statement_is_found(
    watch: Watch, citizen: Actor
) -> None:
    waiting = """select query from pg_stat_activity where datname = 'intake' and wait_event_type = 'Lock'"""
    seen: list[str] = []

    async def slowly() -> None:
        while True:
            async with held(watch, "intake", "begin", "lock table dossier in access exclusive mode"):
                asking = asyncio.create_task(asked(watch, citizen, 10))
                await asyncio.sleep(1.3)
                seen.extend(str(row[0]) for row in await watch.suite.fetch("intake", waiting))
            await asking

    slow = asyncio.create_task(slowly())
    try:
        await watch.fires("AnswersSlow", service="intake")
    finally:
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
    assert any("dossier" in statement for statement in seen), seen
    async with going_on(watch, citizen):
        await watch.ends("AnswersSlow")


async def test_joblate_fires_while_somebody_holds_the_job_and_ends_with_that(watch: Watch) -> None:
    lock = "select pg_advisory_lock(hashtextextended('motcua job deliver', 0))"
    async with held(watch, "notify", lock) as hanging:
        await watch.fires("JobLate", service="notify", job="deliver")
        await watch.suite.fetch("notify", "select pg_terminate_backend($1)", hanging)
        await watch.ends("JobLate")


async def test_diskfills_fires_when_little_room_is_left_and_ends_when_there_is_more(watch: Watch) -> None:
    await disk_fills(watch, "DiskFills")


async def nothing() -> None:
    """Do nothing but give room."""


async def disk_fills(watch: Watch, alert: str, act: Callable[[], Awaitable[None]] = nothing) -> None:
    """Fill the place of a replica's files; what is too little is here a little less than what was free.

    Act while it is full, then give it more room.
    """
    folder = Path(tempfile.mkdtemp(dir=SHARED_MEMORY))
    told = {"MOTCUA_INTAKE_FILES_URL": (folder / "files").as_uri()}
    (folder / "files" / "clean").mkdir(parents=True)
    bound = shutil.disk_usage(folder).free - ROOM
    replica = start_replica(watch.suite.running.state, "intake", told=told)
    little = re.sub(r"< [\de]+", f"< {bound}", rule(alert)).replace("by (job)", "by (pod)")

    def fires() -> bool:
        return any(one["metric"].get("pod") == "small" for one in watch.prometheus.ask(little))

    try:
        watch.reads_also("small", "intake-api", replica.watch)
        await until(lambda: watch.prometheus.ask('up{pod="small"} == 1'), "it is read")
        assert not fires()
        (folder / "backup").write_bytes(bytes(2 * ROOM))
        await until(fires, f"{alert} fires")
        await act()
        (folder / "backup").unlink()
        await until(lambda: not fires(), f"{alert} is over")
    finally:
        watch.reads_also("small", "intake-api", None)
        replica.end()
        shutil.rmtree(folder)


async def test_diskfull_fires_when_hours_are_left_and_ends_when_there_is_room(watch: Watch) -> None:
    await disk_fills(watch, "DiskFull")


@contextmanager
def started(watch: Watch, service: str, role: Role = "api", **told: str) -> Iterator[Replica]:
    """Keep one more process of a service while the block lasts."""
    replica = start_replica(watch.suite.running.state, service, role, told)
    try:
        yield replica
    finally:
        replica.end()


async def test_runbook_serviceaway_what_cannot_start_says_which_setting_is_wrong(watch: Watch) -> None:
    try:
        with started(watch, "intake", MOTCUA_INTAKE_MAX_FILE_MB="many") as broken:
            watch.reads_also("away", "intake-api", broken.watch)
            await watch.fires("ServiceAway", job="intake-api", pod="away")
            await until(lambda: "max_file_mb" in broken.log.read_text(), "its log says why")
        with started(watch, "intake") as mended:
            watch.reads_also("away", "intake-api", mended.watch)
            await watch.ends("ServiceAway", pod="away")
    finally:
        watch.reads_also("away", "intake-api", None)


async def test_runbook_partgone_the_part_is_started_and_it_lasts_until_then(watch: Watch) -> None:
    await watch.fires("PartGone", job="stats-worker")
    with started(watch, "stats", "worker") as replica:
        watch.reads_also("there", "stats-worker", replica.watch)
        await watch.ends("PartGone", job="stats-worker")
        watch.reads_also("there", "stats-worker", None)
    await watch.fires("PartGone", job="stats-worker")


async def test_runbook_jobsfail_the_log_names_the_cause_and_without_it_the_job_runs_again(
    watch: Watch,
) -> None:
    await watch.suite.run("notify", "alter table delivery rename to delivery_away")
    try:
        await watch.fires("JobsFail", service="notify", job="deliver")
        assert '"failed_jobs": ["deliver"]' in watch.motcua("status", "--json", status=1)
        await until(lambda: "job failed" in watch.log("notify"), "the log names the cause")
        assert '"job":"deliver"' in watch.log("notify")
    finally:
        await watch.suite.run("notify", "alter table delivery_away rename to delivery")
    await watch.ends("JobsFail", service="notify", job="deliver")


async def one_number(dsn: str, query: str, *given: Any) -> Any:
    """Ask a database for one number."""
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query, *given)
    finally:
        await connection.close()


async def test_runbook_sumsdisagree_the_kept_facts_are_learnt_again_and_the_accounts_add_up(
    watch: Watch, tmp_path: Path
) -> None:
    job = MainJob(watch.suite.running.url, tmp_path)
    for step in (job.find, job.sign_in, job.submit, job.ask_for_supplement, job.answer, job.accept):
        await asyncio.to_thread(step)
    count = "select count(*) from dossier where code = $1"
    dsn = watch.suite.dsn("stats")
    await until(lambda: asyncio.run(one_number(dsn, count, job.code)), "statistics know the dossier")
    await watch.suite.run(
        "stats", f"update dossier set closed_at = received_at, closing = 'vanished' where code = '{job.code}'"
    )
    await watch.fires("SumsDisagree")
    said = watch.motcua("stats", "rebuild", status=1)
    assert "the figures were not what the facts say" in said
    await watch.ends("SumsDisagree")
    watch.motcua("stats", "rebuild")


def told(said: str) -> dict[str, Any]:
    """Return what a command told for programs."""
    line = next(one for one in said.splitlines() if one.startswith("{"))
    return dict(json.loads(line))


async def test_runbook_diskfull_what_nobody_needs_is_laid_aside_and_the_disk_is_enlarged(
    watch: Watch,
) -> None:
    orphan = hashlib.sha256(b"nobody names this").hexdigest()
    place = Path(unquote(urlsplit(watch.suite.files_url).path)) / "clean" / orphan[:2] / orphan[2:4] / orphan
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"nobody names this")
    os.utime(place, (time.time() - 90 * 86400,) * 2)
    needed = told(watch.motcua("files", "verify", "--json"))

    async def act() -> None:
        counted = told(watch.motcua("files", "sweep", "--dry-run"))
        assert counted["aside"] >= 1
        assert place.exists()
        watch.motcua("files", "sweep")
        assert not place.exists()

    await disk_fills(watch, "DiskFull", act)
    assert told(watch.motcua("files", "verify", "--json"))["read"] >= needed["read"] > 0
