"""Questions: finding among 100,000 published answers, a board of 50,000 open ones, and asking beside a bare insert."""

import asyncio
import csv
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

import asyncpg
from common.api.idempotency import Idempotency
from common.database import Database
from common.ids import uuid7
from common.sealing import Ring
from common.security import Caller
from qa import queries
from qa.domain import AskerKind, rules_of
from qa.models import Birthplace
from qa.queries import Board, Queue
from qa.queries.answer_index import AnswerIndex
from qa.queries.answers import public_answers
from qa.usecases.ask_question import Wish, ask_question
from regulation import profiles
from regulation.text import fold
from suite.run.places import checkout
from suite.run.postgres import PostgresServer

from bench.desks import create_database
from bench.findings import Finding
from bench.search import KEPT, NATIONAL, rows
from bench.submit import stage

ANSWERS, OPEN_ONES, ASKED = 100_000, 50_000, 500
_ROW: Final = """insert into question (number, announced, state, key_hash, owner, asker_kind, asker, consent_name,
    topic, title, title_key, text, doubts, asked_at, agency, kind, forwarded_at, returned_count, clock, clock_from,
    due_at, soon_at, interim, answer, answered_at, closed_at, publication, published_no, line_count, version)
select 'HD-2026-' || $2::text || lpad(g::text, 6, '0'), 1, case when $3::bool then 'answered' else 'forwarded' end,
    $2::text || g::text, null, 'individual', null, false, 'procedures', n.name || ' (' || g || ')', n.key, n.name, '[]',
    now() - g * interval '1 minute', 'H42.' || (101 + g % 24), 'own', now(), 0,
    case when not $3::bool then 'answer' end, case when not $3::bool then now() - interval '1 day' end,
    case when not $3::bool then now() + (g % 9000 - 3000) * interval '1 minute' end,
    case when not $3::bool then now() + (g % 9000 - 4000) * interval '1 minute' end, '[]', null,
    case when $3::bool then now() - g * interval '1 minute' end, case when $3::bool then now() end,
    case when $3::bool then jsonb_build_object('state', 'published', 'title', n.name || ' (' || g || ')',
        'question', n.name, 'answer', 'Cơ quan trả lời: ' || n.name || ' nộp tại một cửa.', 'with_name', false) end,
    case when $3::bool then g end, 1, 1
from generate_series(1, $1::int) g join names n on n.id = g % (select count(*) from names)"""
_RAW: Final = "insert into raw (id, body) values ($1, $2)"


def run() -> list[Finding]:
    """Measure the three promises of the service on one machine."""
    with stage() as (server, _):
        return asyncio.run(measured(server))


async def measured(server: PostgresServer) -> list[Finding]:
    """Fill a database and ask."""
    dsn = await asyncio.to_thread(create_database, server, "questions", "qa")
    admin = await asyncpg.connect(dsn)
    await furnish(admin)
    database = Database(dsn, pool_size=1)
    found = [
        await search(database),
        await lists(database, admin),
        await board(database, admin),
        await ask(database, admin),
    ]
    await database.dispose()
    await admin.close()
    return found


async def furnish(admin: asyncpg.Connection) -> None:
    """Enter answers and open questions about what the national catalogue holds."""
    with (checkout() / NATIONAL).open(encoding="utf-8-sig", newline="") as lines:
        names = [row["ten"] for row in csv.DictReader(lines)]
    await admin.execute("create table names (id int primary key, name text, key text)")
    await admin.copy_records_to_table(
        "names", records=[(number, name, fold(name)) for number, name in enumerate(names)]
    )
    for count, letter, public in ((ANSWERS, "A", True), (OPEN_ONES, "B", False)):
        await admin.execute(_ROW, count, letter, public)
    await admin.execute("analyze")


async def timed(times: int, what: Callable[[int], Awaitable[Any]]) -> list[float]:
    """Return how many milliseconds something took each time."""
    took = []
    for number in range(times):
        begun = perf_counter()
        await what(number)
        took.append((perf_counter() - begun) * 1000)
    return took


def finding(what: str, took: list[float], target: float, *, raw: float | None, raw_what: str) -> Finding:
    """Compare the 95th percentile with its target."""
    p95 = quantiles(took, n=20)[-1]
    note = f"{len(took)} times; p50 {quantiles(took, n=2)[0]:.1f} ms, most {max(took):.1f} ms"
    return Finding(what, p95, "ms", f"≤ {target:.0f} ms", p95 <= target, raw, raw_what, None, note)


async def search(database: Database) -> Finding:
    """Find what people typed to find procedures, among all answers."""
    index, asked = AnswerIndex(), [row["query"] for row in rows(KEPT)]
    begun = perf_counter()
    await index.find(database, asked[0])
    built = perf_counter() - begun
    took = await timed(400, lambda number: index.find(database, asked[number % len(asked)]))
    shown = finding("100,000 public answers, found: p95", took, 30, raw=None, raw_what="")
    return Finding(**{**vars(shown), "note": f"{shown.note}; index built in {built:.1f} s"})


async def lists(database: Database, admin: asyncpg.Connection) -> Finding:
    """List the newest answers as the pages do that everybody opens: all, of an agency, about a procedure."""
    wishes = ({}, {"agency": "H42.101"}, {"topic": "procedures"}, {"procedure": "1.000001"})
    async with database.sessions() as session:
        took = await timed(200, lambda n: public_answers(session, **wishes[n % len(wishes)], limit=15))
    page = "select * from question where publication ->> 'state' = 'published' order by answered_at desc limit 16"
    raw = quantiles(await timed(100, lambda _: admin.fetch(page)), n=20)[-1]
    return finding(
        "newest of 100,000 public answers: p95", took, 30, raw=raw, raw_what="one page's bare statement"
    )


async def board(database: Database, admin: asyncpg.Connection) -> Finding:
    """Look at every queue of 50,000 open questions as the coordinator."""
    centre = Caller("centre", "officer", frozenset({"coordinator"}), "H42", None, "province", "bench")
    now, wishes = datetime.now(UTC), [Board(queue) for queue in Queue] + [Board(agency="H42.101")]
    wishes += [Board(q="khai sinh"), Board(topic="procedures")]
    async with database.sessions() as session:
        took = await timed(
            200, lambda n: queries.board(session, centre, wishes[n % len(wishes)], now, limit=50)
        )
        counts = await timed(20, lambda _: queries.queue_counts(session, centre, now))
        agencies = await timed(20, lambda _: queries.agency_counts(session, centre, now))
    page = "select * from question where closed_at is null order by due_at, number limit 51"
    raw = quantiles(await timed(100, lambda _: admin.fetch(page)), n=20)[-1]
    shown = finding(
        "board of 50,000 open questions: p95", took, 60, raw=raw, raw_what="one page's bare statement"
    )
    note = f"; counted by queue in {median(counts):.1f} ms, by agency in {median(agencies):.1f} ms"
    return Finding(**{**vars(shown), "note": shown.note + note})


async def ask(database: Database, admin: asyncpg.Connection) -> Finding:
    """Ask one question after the other, each committed, beside bare committed inserts of its text."""
    rules = rules_of(profiles.load("thai-nguyen"))
    person = {
        "full_name": "Nguyễn Thị Ánh",
        "nationality": "Việt Nam",
        "id_number": "001190000017",
        "address": "Thái Nguyên",
        "email": "anh@motcua.example",
    }
    now, place = datetime.now(UTC), Birthplace(database)
    database.ring = Ring(b"bench")  # who asks stands sealed, as in a province

    async def once(number: int) -> None:
        text = f"Tôi muốn biết khai sinh cho con cần những giấy tờ gì, câu thứ {number}?"
        wish = Wish(AskerKind.INDIVIDUAL, person, "legal_rules", None, None, "Khai sinh", text, False, False)
        idem = Idempotency("- POST /api/qa/questions", str(uuid7()), "0" * 64)
        await ask_question(place, rules, wish, None, now, carry=partial(idem.carried, ring=database.ring))

    await admin.execute("create table raw (id bigint primary key, body text)")
    raw = await timed(ASKED, lambda number: admin.execute(_RAW, number, "x" * 600))
    took = await timed(ASKED, once)
    asked, bare = 1000 * len(took) / sum(took), 1000 * len(raw) / sum(raw)
    note = f"p95 {quantiles(took, n=20)[-1]:.1f} ms; one after the other"
    return Finding(
        "questions asked", asked, "/s", "≥ 0.5 × raw", asked >= bare / 2, bare, "committed insert", None, note
    )
