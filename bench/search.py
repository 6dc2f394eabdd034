"""Searching the 2,642 procedures through the gateway, with diacritics and without."""

import csv
from pathlib import Path
from urllib.parse import quote

import orjson
from regulation.text import fold
from suite.run.places import checkout

from bench.bare import bare_app
from bench.findings import Finding
from bench.load import Load, drive, request
from bench.machine import disturbed, quietest, rss_of
from bench.province import province
from bench.serving import served

GOLD = "services/catalog/tests/search-gold.csv"
TARGET = 20.0


def questions() -> list[str]:
    """Return what citizens really ask, as the tests of the search keep it."""
    with (checkout() / GOLD).open(encoding="utf-8", newline="") as lines:
        return [row["query"] for row in csv.DictReader(lines, delimiter=";")]


def requests_for(asked: list[str]) -> list[bytes]:
    """Write the requests of a page of results."""
    return [request("GET", f"/api/catalog/procedures?q={quote(query)}&limit=20") for query in asked]


def codes(body: bytes) -> list[str]:
    """Return the procedures of an answer in their order."""
    return [item["code"] for item in orjson.loads(body)["items"]]


def run() -> list[Finding]:
    """Ask everything twice with one connection, then with eight at once."""
    suite, asked = province(), questions()
    plain = [fold(query) for query in asked]
    both = requests_for(asked + plain)
    drive(suite.port, both, connections=1).only(200)

    def alone() -> Load:
        return drive(suite.port, both, connections=1, keep=True).only(200)

    found, share = quietest(alone, 2)
    crowd = drive(suite.port, both * 2, connections=8).only(200)
    marked, unmarked = found.bodies[: len(asked)], found.bodies[len(asked) :]
    same = sum(codes(a) == codes(b) for a, b in zip(marked, unmarked, strict=True))
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
    alike, met = 100 * same / len(asked), same == len(asked)
    return [
        Finding(what, p95, "ms", "≤ 20 ms", p95 <= TARGET, limit, raw_what, memory, note),
        Finding("search: same answers without diacritics", alike, "%", "100 %", met),
    ]
