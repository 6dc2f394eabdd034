"""The worker: jobs that run once, tasks that get up again, an orderly end."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from board.events import posted
from board.reader import effects, reading, until, working
from common import inbox, metrics, outbox
from common.carriers import PostgresCarrier
from common.inbox import Arrival
from common.jobs import keep_job, run_if_due, upkeep
from common.outbox import outbox_values
from common.settings import Keeping
from common.worker import Job, Worker

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


def counting(runs: list[datetime], *, fails: bool = False, takes: float = 0.0) -> Job:
    async def run(_database, now):
        runs.append(now)
        await asyncio.sleep(takes)
        if fails:
            raise ValueError("Nguyễn Văn A")

    return Job("count", HOUR, run)


async def elapse(database, by: timedelta) -> None:
    """Let time pass for every job that ran; negative: the clock of who ran it was ahead."""
    await (await database.pool()).execute("update job_lock set ran_at = ran_at - $1::interval", by)


async def test_a_job_runs_in_one_process_at_a_time(database):
    runs: list[datetime] = []
    await asyncio.gather(*(run_if_due("board", database, counting(runs, takes=0.1)) for _ in range(5)))
    assert len(runs) == 1


async def test_a_job_runs_again_only_when_its_time_has_come(database):
    runs: list[datetime] = []
    assert await run_if_due("board", database, counting(runs)) == 3600
    await elapse(database, HOUR / 2)
    assert 1790 < await run_if_due("board", database, counting(runs)) <= 1800
    await elapse(database, HOUR / 2)
    await run_if_due("board", database, counting(runs))
    assert len(runs) == 2


async def test_r38_a_clock_that_was_once_ahead_holds_up_no_job(database):
    runs: list[datetime] = []
    await run_if_due("board", database, counting(runs))
    await elapse(database, -2 * HOUR)
    await run_if_due("board", database, counting(runs))
    assert len(runs) == 2
    assert await run_if_due("board", database, counting(runs)) <= 3600
    assert len(runs) == 2


async def test_r38_jobs_go_by_the_clock_of_the_database(database):
    """The database says another time than this machine, by six weeks: a job that ran there just now is not due."""
    before = await database.connect()
    name = await before.fetchval("select current_database()")
    await before.execute(f"""create schema bent;
        create function bent.clock_timestamp() returns timestamptz language sql
        as $$ select pg_catalog.clock_timestamp() - interval '1000 hours' $$;
        alter database "{name}" set search_path = bent, pg_catalog, public""")
    await before.close()
    runs: list[datetime] = []
    await run_if_due("board", database, counting(runs))
    assert abs(datetime.now(UTC) - 1000 * HOUR - runs[0]) < timedelta(minutes=1)
    assert 3500 < await run_if_due("board", database, counting(runs)) <= 3600
    assert len(runs) == 1


async def test_a_job_that_is_late_is_seen_from_outside(database):
    runs: list[datetime] = []
    await run_if_due("board", database, counting(runs))
    due = metrics.job_due.labels("board", "count")
    assert due._value.get() == (runs[0] + HOUR).timestamp()
    await elapse(database, 3 * HOUR)

    async def hang(_database, now):
        assert due._value.get() == (runs[0] - 2 * HOUR).timestamp()
        runs.append(now)

    await run_if_due("board", database, Job("count", HOUR, hang))
    assert len(runs) == 2


async def test_a_job_is_told_of_while_somebody_who_is_gone_holds_it(database):
    runs: list[datetime] = []
    await run_if_due("board", database, counting(runs))
    await elapse(database, 3 * HOUR)
    metrics.job_due.clear()  # a worker that was started since
    gone = await asyncpg.connect(database.dsn)
    await gone.execute("select pg_advisory_lock(hashtextextended('motcua job count', 0))")
    assert await run_if_due("board", database, counting(runs)) == 5.0
    assert metrics.job_due.labels("board", "count")._value.get() == (runs[0] - 2 * HOUR).timestamp()
    await gone.close()


async def test_the_server_asks_who_says_nothing(database):
    told = await (await database.pool()).fetchval("show tcp_keepalives_idle")
    assert told == "30"


async def test_the_last_run_of_a_job_is_told_of_until_one_goes_well(database):
    failed = metrics.job_failed.labels("board", "count")
    await run_if_due("board", database, counting([], fails=True))
    assert failed._value.get() == 1
    failed.set(0)  # a worker that was started since
    await run_if_due("board", database, counting([]))
    assert failed._value.get() == 1
    await elapse(database, HOUR)
    await run_if_due("board", database, counting([]))
    assert failed._value.get() == 0


async def test_a_failing_job_is_remembered_without_its_message_and_runs_again(database):
    runs: list[datetime] = []
    await run_if_due("board", database, counting(runs, fails=True))
    error = await (await database.pool()).fetchval("select error from job_lock")
    assert "ValueError" in error
    assert "Nguyễn" not in error
    await elapse(database, HOUR)
    await run_if_due("board", database, counting(runs))
    assert await (await database.pool()).fetchval("select error from job_lock") is None


async def test_a_job_ends_when_told(database):
    runs: list[datetime] = []
    stop = asyncio.Event()
    task = asyncio.create_task(keep_job("board", database, counting(runs), stop))
    await until(lambda: _is(len(runs) == 1))
    stop.set()
    await asyncio.wait_for(task, 2)


async def _is(value: bool) -> bool:
    return value


async def test_retention_deletes_old_keys_and_keeps_new_ones(database):
    pool = await database.pool()
    await pool.execute("""insert into idempotency_key (scope, key, request_hash, created_at)
        values ('a', '1', '', now() - interval '8 days'), ('a', '2', '', now())""")
    await run_if_due("board", database, upkeep(Keeping())[0])
    assert await pool.fetchval("select array_agg(key) from idempotency_key") == ["2"]


async def test_a_worker_survives_the_loss_of_every_connection(database):
    async with working("reader", database, PostgresCarrier({}), reading()):
        for round_ in range(3):
            row = outbox_values(posted(f"n{round_}"), "board")
            arrival = Arrival(row.id, row.type, row.envelope_json)
            await until(lambda arrival=arrival: _stored(database, arrival))
            await until(lambda wanted=round_ + 1: _count(database, wanted))
            killer = await asyncpg.connect(database.dsn)
            await killer.execute("""select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()""")
            await killer.close()


async def _stored(database, arrival: Arrival) -> bool:
    try:
        await inbox.store(await database.pool(), [arrival])
    except Exception:
        return False
    return True


async def _count(database, wanted: int) -> bool:
    try:
        return len(await effects(database)) == wanted
    except Exception:
        return False


async def test_a_stopped_worker_has_finished_what_it_had_in_hand(database):
    begun = asyncio.Event()

    async def slow(_database, _now):
        begun.set()
        await asyncio.sleep(0.3)
        async with database.sessions() as session:
            await outbox.record(session, posted("late"))
            await session.commit()

    stop = asyncio.Event()
    worker = Worker("board", database, PostgresCarrier({}), None, [Job("slow", HOUR, slow)])
    task = asyncio.create_task(worker.run(stop))
    await begun.wait()
    stop.set()
    await asyncio.wait_for(task, 5)
    assert await (await database.pool()).fetchval("select count(*) from outbox") == 1
    assert not database.has_relay
