"""How the desk's queries take it when the province has kept ten times as many dossiers: time, and pages touched."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any, Final, NamedTuple

import asyncpg
import orjson
from common.database import Database
from common.sealing import Ring
from common.security import Caller
from intake.domain.life_cycle import CLOSED
from intake.domain.search import read_query
from intake.models.marks import hiding
from intake.queries.desk import QueuePage, Wish, queue
from intake.queries.desk_figures import counts, late_checks
from intake.queries.desk_search import search_desk
from regulation.queues import Narrowed, Sort
from regulation.states import WITH_THE_UNIT, State
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from suite.run.postgres import PostgresServer

from bench.desks import COMMUNES, PROCEDURE, create_database, furnish
from bench.dossiers import load_dossiers
from bench.findings import Finding
from bench.submit import stage

sizes: tuple[int, ...] = (20_000, 200_000)
"""Dossiers before and after; `--dossiers 200000 2000000` is the whole measure and takes its time."""
MOST, DEEPER, ROUNDS, AGENCY = 1.3, 4, 15, COMMUNES[0]
NEAR: Final = (State.SUBMITTED, State.ACCEPTED, State.SUPPLEMENT_REQUESTED)
_HIDING: Final = hiding(Ring(b"the key of the bench"))
"""Numbers are looked for by their marks and in clear, as where the older ones are still to be sealed."""
Ask = Callable[[AsyncSession, Caller, datetime], Awaitable[Any]]
_PLAN: Final = "explain (analyze, buffers, timing off, format json) "


_CLOSED: Final = tuple(sorted(CLOSED))


def _days(now: datetime) -> Narrowed:
    last = (now - timedelta(days=60)).date()
    return Narrowed(since=last - timedelta(days=3), until=last)


def _near(now: datetime) -> dict[State, datetime]:
    return dict.fromkeys(NEAR, now + timedelta(hours=4))


class Cost(NamedTuple):
    """What one query costs: milliseconds of its quickest run, database pages it touches, rows it shows."""

    milliseconds: float
    pages: int
    rows: int


def _queue(wish: Wish, limit: int = 50) -> Ask:
    return lambda session, caller, now: queue(session, caller, wish, now=now, limit=limit)


def _search(words: str, wish: Wish = Wish()) -> Ask:
    return lambda session, caller, now: search_desk(
        session, caller, read_query(words, _HIDING), wish, now=now, limit=50
    )


def asked(code: str) -> dict[str, Ask]:
    """Return the ways an officer looks at the desk; `code` is one of its dossiers."""
    agency, day, number = code.split("-")
    return {
        "open ones": _queue(Wish()),
        "one state": _queue(Wish(("submitted",))),
        "at the unit": _queue(Wish(tuple(WITH_THE_UNIT))),
        "closed": _queue(Wish(_CLOSED)),
        "closed, newest": _queue(Wish(_CLOSED, sort=Sort.NEWEST)),
        "closed, of some days": _queue(Wish(_CLOSED, narrowed=_days(datetime.now(UTC)))),
        "closed, one procedure": _queue(Wish(_CLOSED, narrowed=Narrowed(procedure=PROCEDURE))),
        "overdue": _queue(Wish(due="overdue")),
        "due soon": _queue(Wish(due="soon", near=_near(datetime.now(UTC)))),
        "name": _search("Nguyễn Thị Ánh"),
        "name in one state": _search("Nguyễn Thị Ánh", Wish(("submitted",))),
        "name of nobody": _search("Nguyễn Không Ai"),
        "phone": _search("0900012345"),
        "phone in one state": _search("0900012345", Wish(("submitted",))),
        "phone and name": _search("Ánh +84 900 012 345"),
        "code": _search(code),
        "day of a code": _search(f"{agency}-{day}"),
        "number of a code": _search(number),
        "counts": lambda session, caller, now: counts(session, caller, now, _near(now)),
        "late checks": lambda session, caller, now: late_checks(session, caller, now - timedelta(days=90)),
    }


def run() -> list[Finding]:
    """Ask the same at both sizes and compare."""
    with stage() as (server, _):
        small, large = (asyncio.run(costs(server, size)) for size in sizes)
    return [finding(name, small[name], large[name]) for name in small]


async def costs(server: PostgresServer, size: int) -> dict[str, Cost]:
    """Fill a database with so many dossiers and ask every query of it, as the desk of one agency."""
    dsn = await asyncio.to_thread(create_database, server, f"intake_{size}", "intake")
    admin = await asyncpg.connect(dsn)
    if not await admin.fetchval("select true from pg_roles where rolname = 'intake'"):
        await admin.execute("create role intake superuser")
    await furnish(dsn)
    await load_dossiers(dsn, size)
    code = await admin.fetchval(
        "select code from dossier where receiving_point = $1 order by hashtext(code) limit 1", AGENCY
    )
    database = Database(dsn, pool_size=1)
    found = {name: await cost(database, admin, ask) for name, ask in asked(code).items()}
    await database.dispose()
    await admin.close()
    return found


async def cost(database: Database, admin: asyncpg.Connection, ask: Ask) -> Cost:
    """Measure one query; its statements are explained once more to count the pages."""
    caller = Caller("officer-1", "officer", frozenset({"desk_officer"}), AGENCY, None, "agency", "bench")
    now, said, took = datetime.now(UTC), list[tuple[str, Any]](), list[float]()

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    for _ in range(ROUNDS):
        async with database.sessions() as session:
            await session.connection()
            begun = perf_counter()
            await ask(session, caller, now)
            took.append((perf_counter() - begun) * 1000)
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.sessions() as session:
        answer = await ask(session, caller, now)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return Cost(min(took), sum([await pages(admin, *one) for one in said]), shown(answer))


def shown(answer: Any) -> int:
    """Tell how many rows an answer shows; a figure shows what it counts, which its cap bounds."""
    if isinstance(answer, dict):
        return sum(answer.values())
    return len(answer.items if isinstance(answer, QueuePage) else answer)


async def pages(admin: asyncpg.Connection, statement: str, parameters: Any) -> int:
    """Count the pages a statement touches, in memory or not."""
    plan = orjson.loads(await admin.fetchval(_PLAN + statement, *parameters))[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def finding(name: str, small: Cost, large: Cost) -> Finding:
    """Compare a query at both sizes, by pages: others on the machine disturb the time, never the pages.

    What shows or counts more rows may touch more pages, in proportion; an index that is one level deeper may too.
    """
    few, many = sizes
    slower, wider = large.milliseconds / small.milliseconds, large.pages / small.pages
    fuller = max(1.0, large.rows / max(1, small.rows))
    note = (
        f"{few:,} → {many:,} dossiers: {small.milliseconds:.2f} → {large.milliseconds:.2f} ms ({slower:.2f} ×),"
        f" {small.pages} → {large.pages} pages ({wider:.2f} ×), {small.rows} → {large.rows} rows"
    )
    ok = large.pages <= MOST * small.pages * fuller + DEEPER
    return Finding(f"growth, {name}: pages", wider, "×", f"≤ {MOST} × a row shown", ok, note=note)
