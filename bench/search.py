"""Searching the 2,642 procedures through the gateway: speed, the right procedure first, and whole titles."""

import csv
import random
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import orjson
from regulation.text import fold
from search.words import words
from suite.run.places import checkout

from bench.bare import bare_app
from bench.findings import Finding
from bench.load import Load, drive, request
from bench.machine import disturbed, quietest, rss_of
from bench.province import Province, province
from bench.serving import served

GOLD = "services/catalog/tests/search-gold.csv"
KEPT = "services/catalog/tests/search-questions.csv"
NATIONAL = "services/catalog/catalog/data/tthc-national-2642.csv"
TARGET, FIRST, AMONG_THREE, TITLES = 10.0, 85.0, 95.0, 500


def rows(name: str, delimiter: str = ";") -> list[dict[str, str]]:
    """Read a table of the checkout."""
    with (checkout() / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def requests_for(asked: list[str], limit: int = 20) -> list[bytes]:
    """Write the requests of a page of results."""
    return [
        request("GET", f"/api/catalog/procedures?q={quote(query[:300])}&limit={limit}") for query in asked
    ]


def codes(body: bytes) -> list[str]:
    """Return the procedures of an answer in their order."""
    return [item["code"] for item in orjson.loads(body)["items"]]


def answers(suite: Province, asked: list[str]) -> list[list[str]]:
    """Return the first three procedures of every query."""
    load = drive(suite.port, requests_for(asked, 3), connections=1, keep=True).only(200)
    return [codes(body) for body in load.bodies]


def kept(suite: Province) -> tuple[float, float, int]:
    """Return which share of the questions kept from tuning has the right procedure first, and among three."""
    asked = [row for row in rows(KEPT) if row["half"] in {"kept", "fresh"}]
    first = three = 0
    for row, found in zip(asked, answers(suite, [row["query"] for row in asked]), strict=True):
        right = set(row["codes"].split())
        first += found[:1] != [] and found[0] in right if right else not found
        three += bool(right & set(found)) if right else not found
    return 100 * first / len(asked), 100 * three / len(asked), len(asked)


def titles(suite: Province) -> float:
    """Return which share of drawn titles that nothing else bears, typed whole without marks, comes first."""
    named = [(row["ma_tthc"], row["ten"]) for row in rows(NATIONAL, ",") if len(row["ten"]) <= 300]
    seen = Counter(words(name) for _, name in named)
    drawn = random.Random(500).sample([row for row in named if seen[words(row[1])] == 1], TITLES)
    found = answers(suite, [fold(name) for _, name in drawn])
    return 100 * sum(hits[:1] == [code] for (code, _), hits in zip(drawn, found, strict=True)) / TITLES


def run() -> list[Finding]:
    """Ask everything twice with one connection, then with eight at once."""
    suite, asked = province(), [row["query"] for row in rows(GOLD)]
    plain = [fold(query) for query in asked]
    both = requests_for(asked + plain)
    drive(suite.port, both, connections=1).only(200)

    def alone() -> Load:
        return drive(suite.port, both, connections=1, keep=True).only(200)

    found, share = quietest(alone, 2)
    crowd = drive(suite.port, both * 2, connections=8).only(200)
    marked = found.bodies[: len(asked)]
    first, three, asked_count = kept(suite)
    whole = titles(suite)
    body = orjson.loads(max(marked, key=len))
    with served(bare_app(None, say=body), Path("/dev/null")) as (port, _):
        raw = drive(port, [request("GET", "/hello")] * 400, connections=1).only(200)
    p95 = found.percentile(0.95)
    memory = rss_of(suite.pythons)
    note = (
        f"{len(asked)} questions; p50 {found.percentile(0.5):.1f} ms, p99 {found.percentile(0.99):.1f} ms;"
        f" with 8 connections {crowd.rate:.0f}/s, p95 {crowd.percentile(0.95):.0f} ms {disturbed(share)}"
    )
    raw_what = "bare FastAPI answering the longest list"
    what, limit = "search over the procedures: p95", raw.percentile(0.95)
    kept_note = f"{asked_count} questions kept from tuning"
    return [
        Finding(what, p95, "ms", "≤ 10 ms", p95 <= TARGET, limit, raw_what, memory, note),
        Finding("search: the right procedure first", first, "%", "≥ 85 %", first >= FIRST, note=kept_note),
        Finding(
            "search: the right one among three", three, "%", "≥ 95 %", three >= AMONG_THREE, note=kept_note
        ),
        Finding("search: a unique title typed whole is first", whole, "%", "100 %", whole == 100),
    ]
