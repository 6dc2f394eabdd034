"""Looking dossiers up by their code without signing in, through the gateway, with 200,000 in the database.

A thousand of them everybody asks about: with answers kept for a second, and past them (what has a query is looked up).
"""

import asyncio
from statistics import median

import asyncpg
from suite.testing.folders import private_folder

from bench.bare import bare_app
from bench.findings import Finding
from bench.load import Load, drive, request
from bench.machine import cpu_of, disturbed, quietest, rss_of
from bench.province import Province, province
from bench.serving import served

CONNECTIONS, LOOKUPS, HOT, SPAN = 16, 6000, 1000, 5.0
RATE, P99, GAIN = 1000.0, 50.0, 1.5
_ROW = "select code, state, applicant_name, updated_at, due_sentence from dossier where code = $1"


async def some_codes(dsn: str) -> list[str]:
    """Return codes from all over the year, in no order."""
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch("select code from dossier order by hashtext(code) limit $1", LOOKUPS)
    await connection.close()
    return [row["code"] for row in rows]


def run() -> list[Finding]:
    """Look up codes with sixteen connections; the raw limit reads the same rows without gateway and suite."""
    suite = province().with_dossiers()
    codes = asyncio.run(some_codes(suite.dsn))
    tracked = [request("GET", f"/api/intake/tracking/{code}") for code in codes]
    drive(suite.port, tracked[:500], connections=CONNECTIONS).only(200)

    def looked_up() -> tuple[Load, float]:
        before = cpu_of(suite.pythons)
        load = drive(suite.port, tracked, connections=CONNECTIONS).only(200)
        return load, (cpu_of(suite.pythons) - before) / len(codes) * 1e6

    (found, cpu), share = quietest(looked_up, 2)
    hot = _hot(suite, codes[:HOT])
    log = private_folder("bare") / "log"
    with served(bare_app(suite.dsn, read=_ROW), log) as (port, _):
        bare = [request("GET", f"/rows/{code}") for code in codes]
        raw = drive(port, bare, connections=CONNECTIONS).only(200)
    log.unlink()
    log.parent.rmdir()
    p99 = found.percentile(0.99)
    note = (
        f"{CONNECTIONS} connections; p50 {found.percentile(0.5):.1f} ms; {cpu:.0f} µs CPU of the services a look-up;"
        f" {disturbed(share)}"
    )
    raw_what = "bare FastAPI + asyncpg, no gateway"
    what, memory, slow = "public tracking by code", rss_of(suite.pythons), raw.percentile(0.99)
    return [
        Finding(what, found.rate, "/s", "≥ 1,000/s", found.rate >= RATE, raw.rate, raw_what, memory, note),
        Finding(f"{what}: p99", p99, "ms", "≤ 50 ms", p99 <= P99, slow, raw_what),
        hot,
    ]


def _hot(suite: Province, codes: list[str]) -> Finding:
    """Ask for a thousand codes again and again, kept and past what is kept, three times in turn."""
    ways = {
        query: [request("GET", f"/api/intake/tracking/{code}{query}") for code in codes] * 60
        for query in ("", "?now=1")
    }

    def rounds() -> list[tuple[float, float]]:
        return [(_rate(suite, ways[""]), _rate(suite, ways["?now=1"])) for _ in range(3)]

    measured, share = quietest(rounds, 2)
    kept, fresh = (median(each[place] for each in measured) for place in (0, 1))
    gain = median(one / other for one, other in measured)
    note = f"{gain:.2f} × without; {CONNECTIONS} connections; at most a second old; {disturbed(share)}"
    what = f"public tracking of {HOT:,} hot codes, answers kept"
    return Finding(
        what, kept, "/s", f"≥ {GAIN} × without", gain >= GAIN, fresh, "looked up each time", note=note
    )


def _rate(suite: Province, asked: list[bytes]) -> float:
    return drive(suite.port, asked, connections=CONNECTIONS, seconds=SPAN).only(200).rate
