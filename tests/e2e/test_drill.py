"""Each question of a drill is put to a province that was lived in, and sees the harm that it is there for."""

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from audit.heads import Hand, ship
from audit.reading import last_seal
from suite.backup.asking import Check, ask
from suite.backup.drilling import QUICK
from suite.backup.files import SEALED, present, ship_files
from suite.backup.installation import Installation, installation_at
from suite.backup.restoring import announce_again
from suite.demo.journey import MainJob
from suite.run.layout import OWNERS
from suite.run.postgres import PostgresServer
from suite.testing.suites import start_suite, stop_suite

pytestmark = pytest.mark.journey
FREE = "set session_replication_role = replica;"  # whoever harms asks no trigger and no other row
THERE, ACCOUNTS, STRANGERS, RUMOURS, UNCOUNTED, LOGS, FILES, SAMPLE, UNHANDLED, OTHERS = range(10)


async def run(dsn: str, statement: str) -> None:
    """Run a statement as whoever owns everything."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def value(dsn: str, query: str) -> Any:
    """Return the one value that a query has."""
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def _await_sealed(state: Path, port: int) -> None:
    """Wait until intake's access log is sealed, and ship the head of it."""
    deadline = time.monotonic() + 60
    connection = await asyncpg.connect(PostgresServer(state / "postgres", port=port).dsn("intake"))
    try:
        while (newest := await last_seal(connection)) is None:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)
    finally:
        await connection.close()
    secret = json.loads((state / "secrets.json").read_text())["audit-intake"]
    await ship((state / "audit").as_uri(), Hand("intake", secret).head(newest, datetime.now(UTC)))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Give a province in which a dossier came to its end, stopped, with its files in two copies."""
    running = start_suite("lived")
    MainJob(running.url, tmp_path_factory.mktemp("papers")).play()
    asyncio.run(_await_sealed(running.state, running.note["postgres_port"]))
    stop_suite(running)
    place = installation_at(running.state, (running.state / "files").as_uri())
    ship_files(place, set())
    return place


@asynccontextmanager
async def brought_back(place: Installation) -> AsyncIterator[PostgresServer]:
    """Give a server on a copy of the databases, to be harmed and asked."""
    into = place.work / "asked"
    into.mkdir(mode=0o711)
    copied = await asyncio.create_subprocess_exec(
        "cp", "-a", place.folder / "postgres", place.folder / "secrets.json", into
    )
    assert await copied.wait() == 0
    server = PostgresServer(into / "postgres", settings=QUICK)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(into)


async def asked(place: Installation, server: PostgresServer) -> tuple[Check, ...]:
    """Ask everything."""
    return await ask(
        place, server, datetime.now(UTC), lambda _step, _share: None, lambda: present(place.files_url)
    )


def _stranger(service: str) -> tuple[str, str]:
    other = '{"code": "H42.STRANGE", "verification_code": null}'
    copied = f"select (jsonb_populate_record(d, '{other}')).* from dossier d limit 1"
    return service, f"{FREE} insert into dossier {copied}"


HARMS: list[tuple[int, tuple[str, str], str]] = [
    (THERE, ("postgres", "drop database notify"), "missing: notify"),
    (
        ACCOUNTS,
        ("stats", "update dossier set closing = 'vanished' where closing is not null"),
        "do not add up",
    ),
    (STRANGERS, _stranger("processing"), "processing knows 1 such"),
    (STRANGERS, _stranger("stats"), "stats knows 1 such"),
    (RUMOURS, ("processing", "delete from outbox"), "facts that processing does not know"),
    (UNCOUNTED, ("stats", f"{FREE} delete from dossier"), "1 dossiers are in no statistics"),
    (
        LOGS,
        (
            "intake",
            f"{FREE} update audit_line set deed = deed || '!' where xid = (select min(xid) from audit_line)",
        ),
        "intake:",
    ),
    (
        LOGS,
        ("intake", f"{FREE} delete from audit_line where xid = (select min(xid) from audit_line)"),
        "intake:",
    ),
    (
        LOGS,
        ("intake", f"{FREE} delete from audit_seal where number = (select max(number) from audit_seal)"),
        "is gone",
    ),
    (UNHANDLED, ("processing", f"{FREE} delete from dossier"), "1 accepted dossiers are not in processing"),
    (
        SAMPLE,
        ("intake", f"{FREE} update dossier set state = 'elsewhere'"),
        "1 have a state their history does not tell",
    ),
]


async def test_a_province_that_is_whole_answers_every_question_well(lived: Installation) -> None:
    async with brought_back(lived) as server:
        found = await asked(lived, server)
    assert [(check.outcome, check.says) for check in found] == [("PASS", "")] * 10


@pytest.mark.parametrize(("question", "harm", "says"), HARMS)
async def test_r_ops_07_every_question_sees_the_harm_it_is_there_for(
    lived: Installation, question: int, harm: tuple[str, str], says: str
) -> None:
    service, statement = harm
    async with brought_back(lived) as server:
        await run(server.dsn(service), statement)
        found = await asked(lived, server)
    assert found[question].outcome == "FAIL", found
    assert says in found[question].says


async def test_a_dossier_on_its_way_to_the_statistics_is_not_missed_there(lived: Installation) -> None:
    async with brought_back(lived) as server:
        await run(server.dsn("stats"), f"{FREE} delete from dossier")
        await run(server.dsn("intake"), "update outbox set published_at = null")
        found = await asked(lived, server)
    assert found[UNCOUNTED].outcome == "PASS"


@pytest.mark.parametrize(("service", "question"), [("stats", UNCOUNTED), ("processing", UNHANDLED)])
async def test_a_dossier_that_a_restore_would_announce_again_is_not_missed(
    lived: Installation, service: str, question: int
) -> None:
    async with brought_back(lived) as server:
        await run(server.dsn(service), f"{FREE} delete from dossier; delete from inbox")
        found = await asked(lived, server)
    assert found[question].outcome == "PASS", found[question]


async def test_whatever_waited_in_a_broker_that_is_gone_is_announced_again_however_old_it_is(
    lived: Installation,
) -> None:
    old = "update outbox set created_at = created_at - interval '5 days' where seq < (select max(seq) from outbox)"
    told = "select array_agg(distinct type) from outbox where published_at is null"
    lost = "intake.dossier_submitted.v1"
    async with brought_back(lived) as server:
        newest = await value(server.dsn("intake"), "select type from outbox order by seq desc limit 1")
        await run(server.dsn("intake"), old)
        await announce_again(server)
        assert await value(server.dsn("intake"), told) == [newest]  # every inbox has all the others
        await run(server.dsn("intake"), "update outbox set published_at = now()")
        await run(server.dsn("stats"), f"delete from inbox where type = '{lost}'")
        await announce_again(server)
        assert set(await value(server.dsn("intake"), told)) == {newest, lost}


@pytest.mark.parametrize("harm", ["missing", "damaged"])
async def test_a_paper_that_no_copy_holds_whole_is_seen_by_two_questions(
    lived: Installation, harm: str
) -> None:
    folders = [copy.folder for copy in lived.copies.all if copy.folder]
    papers = [path for folder in folders for path in folder.glob(f"files/clean/**/*{SEALED}")]
    kept = {path: path.read_bytes() for path in papers}
    assert kept
    async with brought_back(lived) as server:
        try:
            for path in papers:
                path.write_bytes(b"harmed") if harm == "damaged" else path.unlink()
            found = await asked(lived, server)
        finally:
            for path, data in kept.items():
                path.write_bytes(data)
    for question in (FILES, SAMPLE):
        assert found[question].outcome == "FAIL", found
        assert harm in found[question].says


async def test_what_cannot_be_asked_is_not_passed(lived: Installation) -> None:
    async with brought_back(lived) as server:
        for name in OWNERS:
            await run(server.dsn("postgres"), f"drop database {name}")
        found = await asked(lived, server)
    assert [check.outcome for check in found] == ["FAIL"] + ["COULD-NOT-VERIFY"] * 8 + ["PASS"]
