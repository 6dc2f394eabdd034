"""Each runbook carried out once: the condition is brought about, its alert fires, what the page says is done, it ends.

Clocks run sixty times as fast here: seconds and windows of a rule are divided by sixty; everything else of it
is what wakes people.
"""

import asyncio
import json
import re
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from rig.holding import end_what_holds_the_others, held, locking_again_and_again, orphan, shut_out
from rig.watch import ROOM, SHARED_MEMORY, Watch, rule, until
from suite.demo.actors import Actor
from suite.demo.example import PROCEDURE
from suite.demo.journey import MainJob
from suite.demo.questions import QuestionAndAnswer
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


def ready(watch: Watch, folder: Path) -> MainJob:
    """Sign everybody in who has a part in a dossier, so that it can be handed in."""
    job = MainJob(watch.suite.running.url, folder)
    job.find()
    job.sign_in()
    return job


async def test_runbook_eventsnottold_who_is_away_is_named_and_back_again_hears_everything(
    watch: Watch, tmp_path: Path
) -> None:
    job = await asyncio.to_thread(ready, watch, tmp_path)
    async with shut_out(watch, "stats", "stats_inbox"):
        await asyncio.to_thread(job.submit)
        await watch.fires("EventsNotTold", service="intake")
        assert '"subscriber":"stats"' in watch.log("intake")
    await watch.ends("EventsNotTold")
    await known(watch, job.code)


async def known(watch: Watch, code: str) -> None:
    """Wait until the statistics know a dossier."""
    count, dsn = "select count(*) from dossier where code = $1", watch.suite.dsn("stats")
    await until(lambda: asyncio.run(one_number(dsn, count, code)), "statistics know the dossier")


async def test_runbook_eventswithouteffect_the_stuck_worker_is_told_from_a_slow_one_and_freed(
    watch: Watch, tmp_path: Path
) -> None:
    table = "lock table dossier in access exclusive mode"
    job = await asyncio.to_thread(ready, watch, tmp_path)
    async with held(watch, "stats", "begin", table) as holder:
        await asyncio.to_thread(job.submit)
        await watch.fires("EventsWithoutEffect", service="stats")
        stuck = 'sum(rate(motcua_events_handled_total{service="stats"}[4s])) == 0'
        await until(lambda: watch.prometheus.ask(stuck), "its worker is seen to be stuck")
        assert await end_what_holds_the_others(watch, "stats") == [holder]
        await watch.ends("EventsWithoutEffect")
    await known(watch, job.code)


async def test_runbook_eventsdead_the_cause_is_named_mended_and_the_event_sent_again(
    watch: Watch, tmp_path: Path
) -> None:
    last = (
        "update inbox set attempts = 7, retry_at = now() where done_at is null and attempts between 1 and 6"
    )
    job = await asyncio.to_thread(ready, watch, tmp_path)
    await watch.suite.run("stats", "alter table dossier rename to dossier_away")
    try:
        await asyncio.to_thread(job.submit)
        failed = "select count(*) from inbox where attempts > 0 and done_at is null"
        dsn = watch.suite.dsn("stats")
        await until(lambda: asyncio.run(one_number(dsn, failed)), "it failed")
        await watch.suite.run("stats", last)  # the pauses between the tries are over
        await watch.fires("EventsDead", service="stats")
        assert "ProgrammingError" in watch.motcua("events", "dead", "stats", "--json")
    finally:
        await watch.suite.run("stats", "alter table dossier_away rename to dossier")
    watch.motcua("events", "redrive", "stats")
    await watch.ends("EventsDead")
    await known(watch, job.code)


async def test_runbook_requestsfail_a_neighbour_that_was_away_comes_back(
    watch: Watch, citizen: Actor
) -> None:
    async with going_on(watch, citizen) as answers:
        async with shut_out(watch, "intake", "intake"):
            await watch.fires("RequestsFail", service="intake")
            assert "needed and away" in watch.log("intake")
        await watch.ends("RequestsFail")
    assert {200, 503} <= set(answers) <= {200, 502, 503}


async def test_runbook_answersslow_what_holds_the_others_is_found_and_ended(
    watch: Watch, citizen: Actor
) -> None:
    async with locking_again_and_again(watch, "dossier") as program, going_on(watch, citizen):
        await watch.fires("AnswersSlow", service="intake")
        while not program.done():
            await end_what_holds_the_others(watch, "intake")
            await asyncio.sleep(0.1)
        assert isinstance(program.exception(), asyncpg.PostgresConnectionError | asyncpg.InterfaceError)
        await watch.ends("AnswersSlow")


HELD = "hashtextextended('motcua job deliver', 0)"
HOLDS = f"""select pid from pg_locks where locktype = 'advisory' and granted
    and classid::bigint << 32 | objid::bigint = {HELD}
    and database = (select oid from pg_database where datname = current_database())"""


async def test_runbook_joblate_the_late_job_is_named_and_whoever_holds_it_is_ended(watch: Watch) -> None:
    async with held(watch, "notify", f"select pg_advisory_lock({HELD})") as hanging:
        await watch.suite.run(
            "notify", "update job_lock set ran_at = ran_at - interval '1 hour' where name = 'deliver'"
        )
        await watch.fires("JobLate", service="notify", job="deliver")
        await until(lambda: '"late_jobs": ["deliver"]' in watch.tried("status", "--json")[1], "it is named")
        assert [row[0] for row in await watch.suite.fetch("notify", HOLDS)] == [hanging]
        await watch.suite.fetch("notify", "select pg_terminate_backend($1)", hanging)
        await watch.ends("JobLate")


async def disk_fills(watch: Watch, alert: str, act: Callable[[], Awaitable[None]]) -> None:
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
    await known(watch, job.code)
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


async def test_runbook_diskfills_what_nobody_names_is_swept_and_the_disk_is_enlarged(watch: Watch) -> None:
    place = orphan(watch)

    async def act() -> None:
        watch.motcua("files", "sweep")
        assert not place.exists()

    await disk_fills(watch, "DiskFills", act)


async def test_runbook_diskfull_what_nobody_needs_is_laid_aside_and_the_disk_is_enlarged(
    watch: Watch,
) -> None:
    place = orphan(watch)
    needed = told(watch.motcua("files", "verify", "--json"))

    async def act() -> None:
        counted = told(watch.motcua("files", "sweep", "--dry-run"))
        assert counted["aside"] >= 1
        assert place.exists()
        watch.motcua("files", "sweep")
        assert not place.exists()

    await disk_fills(watch, "DiskFull", act)
    assert told(watch.motcua("files", "verify", "--json"))["read"] >= needed["read"] > 0


async def test_runbook_databaseaway_it_is_brought_back_and_no_service_is_started_anew(watch: Watch) -> None:
    process = watch.suite.running.note["pids"]["stats"]
    async with shut_out(watch, "stats", "stats"):
        await watch.fires("DatabaseAway", service="stats")
        said = told(watch.motcua("status", "--json", status=1))
        assert [row["service"] for row in said["services"] if not row["ready"]] == ["stats"]
        connected = "select count(*) from pg_stat_activity where usename = 'stats'"
        assert (await watch.suite.fetch("stats", connected))[0][0] == 0
    await watch.ends("DatabaseAway")
    assert watch.suite.running.note["pids"]["stats"] == process


async def test_runbook_unwatched_the_part_that_tells_it_is_started(watch: Watch) -> None:
    untold = {"what": "accounts of dossiers"}
    with started(watch, "stats", "worker") as replica:
        try:
            watch.prometheus.read({})
            await watch.fires("Unwatched", **untold)
            watch.prometheus.read({"there": ("stats-worker", replica.watch)})
            await until(lambda: not missed(watch, untold), "somebody tells of it again")
        finally:
            watch.prometheus.read(watch.targets)
    await watch.ends("Unwatched")


def missed(watch: Watch, labels: dict[str, str]) -> bool:
    """Tell whether a number is told by nobody."""
    return any(labels.items() <= one["metric"].items() for one in watch.prometheus.ask(rule("Unwatched")))


AS_NOBODY_MAY = "set session_replication_role = replica; "  # past the triggers that keep the rows


@asynccontextmanager
async def judged(watch: Watch) -> AsyncIterator[Replica]:
    """Start one more worker of qa when it is time to see whether all adds up, and read what it tells."""
    earlier = "update job_lock set ran_at = ran_at - interval '1 hour' where name = 'check-balance'"
    await watch.suite.run("qa", earlier)
    with started(watch, "qa", "worker") as replica:
        watch.reads_also("judge", "qa-worker", replica.watch)
        try:
            yield replica
        finally:
            watch.reads_also("judge", "qa-worker", None)


async def test_runbook_questionslost_the_log_names_the_number_and_its_page_shows_what_it_lacks(
    watch: Watch,
) -> None:
    asking = QuestionAndAnswer(watch.suite.running.url)
    await asyncio.to_thread(asking.sign_in)
    await asyncio.to_thread(asking.ask)
    its = f"where question = '{asking.number}'"
    await watch.suite.run(
        "qa", AS_NOBODY_MAY + f"create table owed as select * from clock {its}; delete from clock {its}"
    )
    async with judged(watch) as worker:
        await watch.fires("QuestionsLost")
        assert asking.number in worker.log.read_text()
        seen = await asyncio.to_thread(asking.coordinator.get, f"/api/qa/questions/{asking.number}")
        assert (seen["clocks"], seen["history"] == []) == ([], False)
    await watch.suite.run("qa", "insert into clock select * from owed; drop table owed")
    async with judged(watch) as worker:
        told = 'motcua_qa_balance_breaches{pod="judge"} == 0'
        ran = "select 1 from job_lock where name = 'check-balance' and ran_at > now() - interval '1 minute'"
        await until(lambda: asyncio.run(one_number(watch.suite.dsn("qa"), ran)), "it was judged again")
        await until(lambda: watch.prometheus.ask(told), "it adds up")
        await watch.ends("QuestionsLost")


def from_afar(port: int, address: str) -> httpx.Client:
    """Speak to a service as its edge does for somebody at an address."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-Forwarded-For": address}, timeout=30)


def tries(watch: Watch, login: str, network: int) -> int:
    """Try a wrong password from a network, and return what was answered."""
    wrong = {"login": login, "password": "Sai mật khẩu 2026"}
    with from_afar(watch.suite.running.note["ports"]["identity"], f"198.51.100.{network}") as web:
        answer = web.post(
            "/api/identity/sessions", json=wrong, headers={"Idempotency-Key": str(uuid.uuid4())}
        )
    return answer.status_code


ME = "0900000001"
KNOWN = [ME, *(f"nguoi.{n}@motcua.example" for n in range(21))]
LATER = "update sign_in_tally set failures = 4, last_at = now() - interval '1 minute' where failures > 0"


@pytest.fixture(scope="module")
def guessed(watch: Watch) -> Iterator[Replica]:
    """Let strangers read codes off and try passwords from many networks, until both alerts fire."""
    read = 'motcua_intake_lookup_walks_total{pod="usual"} == 0'
    with started(watch, "intake", MOTCUA_INTAKE_RATE_SCALE="1") as usual:
        watch.reads_also("usual", "intake-api", usual.watch)
        assert {tries(watch, login, n) for n, login in enumerate(KNOWN)} == {401}
        asyncio.run(watch.suite.run("identity", LATER))  # who waits may try again
        asyncio.run(until(lambda: usual.ready and watch.prometheus.ask(read), "it answers and is read"))
        assert {tries(watch, login, n) for n, login in enumerate(KNOWN)} == {401}
        with from_afar(usual.port, "198.51.100.77") as walker:
            asked = [walker.get(f"/api/intake/tracking/H42.101-200101-{n:04d}") for n in range(1, 10)]
        assert [one.status_code for one in asked] == [404] * 6 + [403] * 3
        asyncio.run(watch.fires("SignInsLocked"))
        asyncio.run(watch.fires("LookupsWalked"))
        yield usual
    watch.reads_also("usual", "intake-api", None)


async def test_runbook_lookupswalked_the_log_names_the_network_and_nobody_else_notices(
    watch: Watch, guessed: Replica
) -> None:
    assert '"network":"198.51.100.77"' in guessed.log.read_text()
    with from_afar(guessed.port, "198.51.100.78") as other:
        assert other.get("/api/intake/tracking/H42.101-200101-0001").status_code == 404
    await watch.ends("LookupsWalked")


async def test_runbook_signinslocked_the_networks_are_named_and_who_is_locked_out_is_let_in(
    watch: Watch, guessed: Replica
) -> None:
    named = set(re.findall(r'"network":"(198[.]51[.]100[.]\d+)"', watch.log("identity")))
    assert len(named) == len(KNOWN)
    assert await asyncio.to_thread(tries, watch, ME, 0) == 429
    watch.motcua("user", "unlock", ME)
    assert await asyncio.to_thread(tries, watch, ME, 0) == 401
    await watch.ends("SignInsLocked")
