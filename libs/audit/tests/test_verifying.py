"""A log in a real database: written by many at once, sealed, tampered with by its owner, and verified."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from audit.heads import Hand, Head, note_undone, ship, shipped, undone
from audit.reading import AS_HASHED, last_seal, seals
from audit.sealing import AuditSettings, audit_jobs, seal
from audit.verifying import Report, verify
from common.database import Database
from common.jobs import run_if_due
from suite.testing import FreshDatabase

HAND = Hand("notify", "secret")
NOW = datetime.now(UTC)
UNGUARDED = "set session_replication_role = replica"


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("notify")


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    opened = await database.connect(**AS_HASHED)
    yield opened
    await opened.close()


async def write(connection: asyncpg.Connection, *subjects: str) -> None:
    for subject in subjects:
        await connection.execute(
            "insert into audit_line (actor, deed, subject, details) values ('a', 'view', $1, E'x\\ty\\nz\\\\ Đ')",
            subject,
        )


async def verified(connection: asyncpg.Connection, url: str = "") -> Report:
    heads = await shipped(url, "notify") if url else None
    gone = await undone(url, "notify") if url else []
    return await verify(connection, "notify", public_key=HAND.public_key, heads=heads, undone=gone)


async def kinds(connection: asyncpg.Connection, url: str = "") -> list[str]:
    return [one.kind for one in (await verified(connection, url)).findings]


@pytest.fixture
async def log(connection: asyncpg.Connection, tmp_path: Path) -> str:
    """Seal nine lines in three seals, ship the head of the second, and return where it is."""
    url = tmp_path.as_uri()
    for turn in range(3):
        await write(connection, *(f"{turn}-{number}" for number in range(3)))
        newest = await seal(connection, HAND)
        assert newest is not None
        if turn == 1:
            await ship(url, HAND.head(newest, NOW))
    return url


async def test_an_untouched_log_holds(connection: asyncpg.Connection, log: str) -> None:
    await write(connection, "fresh")
    report = await verified(connection, log)
    assert report.holds
    assert (report.lines, report.seals, report.unsealed, report.heads) == (9, 3, 1, 1)


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("update audit_line set subject = 'other' where seq = 5", ["line changed"]),
        ("update audit_line set at = at - interval '1 day' where seq = 5", ["line changed"]),
        ("delete from audit_line where seq = 5", ["line removed"]),
        (
            "insert into audit_line (xid, actor) select xid, 'b' from audit_line where seq = 5",
            ["line inserted"],
        ),
        ("insert into audit_line (xid, actor) values (1, 'b')", ["line inserted"]),
        ("insert into audit_line (xid, actor) values (-5, 'b')", ["line inserted"]),
        ("delete from audit_line where seq > 6", ["line removed"] * 3),
        (
            "delete from audit_seal where number = 2",
            ["seal missing", *["line inserted"] * 3, "tail cut"],
        ),
        ("update audit_seal set signature = '' where number = 3", ["not signed"]),
        ("delete from audit_line where seq > 3; delete from audit_seal where number > 1", ["tail cut"]),
    ],
)
async def test_what_the_owner_does_afterwards_is_found(
    connection: asyncpg.Connection, log: str, tampering: str, found: list[str]
) -> None:
    await connection.execute(f"{UNGUARDED}; {tampering}; reset session_replication_role")
    assert await kinds(connection, log) == found


async def test_a_tail_cut_behind_the_last_shipped_head_is_not_found(
    connection: asyncpg.Connection, log: str
) -> None:
    cut = "delete from audit_line where seq > 6; delete from audit_seal where number > 2"
    await connection.execute(f"{UNGUARDED}; {cut}; reset session_replication_role")
    assert await kinds(connection, log) == []  # the window of an hour that decision 0053 names


CUT = "delete from audit_line where seq > 3; delete from audit_seal where number > 1"


@pytest.mark.parametrize(
    ("hand", "since", "until", "found"),
    [
        (HAND, -1, 1, []),
        (HAND, 0, 1, ["tail cut"]),
        (HAND, -2, -1, ["tail cut"]),
        (Hand("notify", "guess"), -1, 1, ["note forged", "tail cut"]),
        (Hand("stats", "secret"), -1, 1, ["note forged", "tail cut"]),
    ],
)
async def test_heads_of_a_time_that_a_restore_undid_are_counted_apart(
    connection: asyncpg.Connection, log: str, hand: Hand, since: int, until: int, found: list[str]
) -> None:
    note = hand.undone(NOW + timedelta(hours=since), NOW + timedelta(hours=until))
    await note_undone(log, note.model_copy(update={"service": "notify"}))
    await connection.execute(f"{UNGUARDED}; {CUT}; reset session_replication_role")
    report = await verified(connection, log)
    assert [one.kind for one in report.findings] == found
    assert report.undone == (0 if found else 1)
    assert len(report.restores) == (0 if "note forged" in found else 1)


async def test_a_restore_that_undid_nothing_of_the_log_excuses_nothing(
    connection: asyncpg.Connection, log: str
) -> None:
    await note_undone(log, HAND.undone(NOW - timedelta(hours=1), NOW + timedelta(hours=1)))
    report = await verified(connection, log)
    assert report.holds
    assert report.undone == 0


async def test_heads_that_nobody_finds_though_they_are_due_are_missed(
    connection: asyncpg.Connection, log: str, tmp_path: Path
) -> None:
    nowhere = (tmp_path / "nowhere").as_uri()
    (tmp_path / "nowhere").mkdir()
    assert await kinds(connection, nowhere) == []
    older = "update audit_seal set sealed_at = sealed_at - interval '3 hours' where number = 1"
    await connection.execute(f"{UNGUARDED}; {older}; reset session_replication_role")
    assert await kinds(connection, nowhere) == ["head missing"]
    assert await kinds(connection, log) == []
    assert await kinds(connection) == []  # nobody looked


def head_files(tmp_path: Path) -> list[Path]:
    """Return the heads where they are kept, the newest last."""
    return sorted((tmp_path / "audit-heads" / "notify").iterdir())


async def test_a_tail_cut_together_with_its_newest_head_is_found(
    database: Database, connection: asyncpg.Connection, log: str, tmp_path: Path
) -> None:
    first, *_ = [one async for some in seals(connection) for one in some]
    await ship(log, HAND.head(first, NOW - timedelta(hours=1)))
    settings = AuditSettings(audit_key="secret", audit_heads_url=log)
    await run_if_due("notify", database, audit_jobs("notify", settings)[1])
    assert await kinds(connection, log) == []
    cut = "delete from audit_line where seq > 6; delete from audit_seal where number > 2"
    await connection.execute(f"{UNGUARDED}; {cut}; reset session_replication_role")
    assert await kinds(connection, log) == ["tail cut"]
    head_files(tmp_path)[-1].unlink()
    (found,) = (await verified(connection, log)).findings
    assert found.kind == "head missing"
    assert "is gone; the newest is of" in found.says


async def test_heads_that_are_shipped_no_more_while_lines_are_sealed_are_missed(
    connection: asyncpg.Connection, log: str, tmp_path: Path
) -> None:
    head_files(tmp_path)[0].unlink()
    second = [one async for some in seals(connection) for one in some][1]
    for hours in (9, 5):
        await ship(log, HAND.head(second, NOW - timedelta(hours=hours)))
    report = await verified(connection, log)
    assert report.holds  # sealed this moment: perhaps the service only now came up
    assert len(report.gaps) == 1
    older = "update audit_seal set sealed_at = sealed_at - interval '30 minutes' where number = 3"
    await connection.execute(f"{UNGUARDED}; {older}; reset session_replication_role")
    assert await kinds(connection, log) == ["head missing"]
    head = HAND.head(second, NOW - timedelta(hours=5))
    await ship(log, head.model_copy(update={"at": NOW, "stamp": ""}))
    assert await kinds(connection, log) == ["head missing"]  # a moment that nobody signed excuses nothing
    await ship(log, HAND.head(second, NOW - timedelta(minutes=1)))
    assert await kinds(connection, log) == []


async def test_the_moment_of_a_head_cannot_be_changed(connection: asyncpg.Connection, log: str) -> None:
    (head,) = await shipped(log, "notify")
    assert head.stamp
    await ship(log, head.model_copy(update={"at": NOW + timedelta(hours=1)}))
    assert await kinds(connection, log) == ["head forged"]
    assert Head.model_validate(head.model_dump(exclude={"stamp"})).is_of("notify", HAND.public_key)


@pytest.mark.parametrize(("stamp", "found"), [(True, []), (False, ["tail cut"])])
async def test_a_restore_excuses_no_head_whose_moment_nobody_signed(
    connection: asyncpg.Connection, log: str, *, stamp: bool, found: list[str]
) -> None:
    newest = await last_seal(connection)
    assert newest is not None
    await note_undone(log, HAND.undone(NOW, NOW + timedelta(hours=1)))
    head = HAND.head(newest, NOW + timedelta(minutes=30))
    await ship(log, head if stamp else head.model_copy(update={"stamp": ""}))
    cut = "delete from audit_line where seq > 6; delete from audit_seal where number > 2"
    await connection.execute(f"{UNGUARDED}; {cut}; reset session_replication_role")
    assert await kinds(connection, log) == found


async def test_a_log_written_anew_is_found_even_with_the_key(
    connection: asyncpg.Connection, log: str
) -> None:
    await connection.execute(
        f"{UNGUARDED}; update audit_line set actor = 'b' where seq = 2; delete from audit_seal;"
        " reset session_replication_role"
    )
    await seal(connection, HAND, most=4)
    await seal(connection, HAND)
    assert set(await kinds(connection, log)) == {"written anew"}


async def test_a_head_from_another_hand_is_forged(connection: asyncpg.Connection, log: str) -> None:
    newest = await last_seal(connection)
    assert newest is not None
    await ship(log, Hand("notify", "guess").head(newest, NOW))
    assert await kinds(connection, log) == ["head forged"]


async def test_sixteen_writers_at_once_lose_no_line_to_the_seals(database: Database) -> None:
    sealing = await database.connect(**AS_HASHED)
    done = asyncio.Event()

    async def writer(number: int) -> None:
        own = await database.connect()
        for turn in range(20):
            async with own.transaction():
                await write(own, f"{number}-{turn}")
                if turn % 3 == 0:
                    await own.execute("select pg_sleep(0.002)")
                await write(own, f"{number}-{turn}-late")
        await own.close()

    async def sealer() -> None:
        while not done.is_set():
            await seal(sealing, HAND, most=7)

    task = asyncio.create_task(sealer())
    await asyncio.gather(*(writer(number) for number in range(16)))
    done.set()
    await task
    await seal(sealing, HAND)
    report = await verified(sealing)
    assert report.holds
    assert (report.lines, report.unsealed) == (640, 0)
    assert report.seals > 3
    await sealing.close()


async def test_an_open_transaction_is_waited_for(database: Database, connection: asyncpg.Connection) -> None:
    slow = await database.connect()
    transaction = slow.transaction()
    await transaction.start()
    await write(slow, "slow")
    await write(connection, "fast")
    assert await seal(connection, HAND) is None
    await transaction.commit()
    newest = await seal(connection, HAND)
    assert newest is not None
    assert newest.size == 2
    await slow.close()


async def test_one_transaction_is_never_divided(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await write(connection, "a", "b", "c")
    newest = await seal(connection, HAND, most=2)
    assert newest is not None
    assert newest.size == 3


async def test_the_jobs_seal_and_ship(
    database: Database, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await write(connection, "a")
    settings = AuditSettings(audit_key="secret", audit_heads_url=tmp_path.as_uri())
    for job in audit_jobs("notify", settings):
        await run_if_due("notify", database, job)
    assert [head.number for head in await shipped(tmp_path.as_uri(), "notify")] == [1]
    assert await kinds(connection, tmp_path.as_uri()) == []
