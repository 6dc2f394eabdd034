"""What a submission causes: dossiers through the gateway until nothing is left to do, with the cost of every part."""

import asyncio
import time
import uuid
from collections.abc import Mapping
from typing import Any

import asyncpg
import httpx
import psutil
from suite.demo.actors import Actor
from suite.run.layout import OWNERS

from bench.desks import PROCEDURE, Waiting, lay_out_drafts
from bench.findings import Finding
from bench.load import drive, request
from bench.machine import Neighbours, cpu_of, disturbed, rss_of
from bench.province import Province, province

DESKS = ("H42.101", "H42.102", "H42.103")
CITIZEN, CONNECTIONS, DOSSIERS, WARM_UP, READERS = "congdan@motcua.example", 8, 600, 60, 10
RATE, CPU_MS, PATIENCE = 150.0, 12.0, 300.0
"""Dossiers a second, everything they cause included; processor milliseconds a dossier; seconds."""
_LEFT = """select (select count(*) from outbox where published_at is null)
    + (select count(*) from inbox where done_at is null and dead_at is null)"""
_OWN = {
    "intake": "select count(*) from document where state = 'pending' and must_sign",
    "notify": "select count(*) from delivery where state in ('queued', 'sending')",
}


class _Numbers:
    """Numbers of drafts, none used twice."""

    following = 5_000_000

    def take(self, number: int) -> int:
        """Return the first of so many."""
        self.following += number
        return self.following - number


_numbers = _Numbers()


def run() -> list[Finding]:
    """Submit, open one confirmation in ten, and wait until the whole suite is quiet."""
    suite = province()
    citizen = suite.signed_in(CITIZEN)
    _submit(suite, citizen, WARM_UP)
    asyncio.run(quiet(suite))
    before, begun = _cpu(suite), time.perf_counter()
    with Neighbours() as neighbours:
        answered = _submit(suite, citizen, DOSSIERS)
        asyncio.run(quiet(suite))
    took, after = time.perf_counter() - begun, _cpu(suite)
    cost = {name: (after[name] - before.get(name, 0.0)) / DOSSIERS * 1e3 for name in after}
    return list(_findings(suite, took, answered, cost, neighbours.share))


def _findings(
    suite: Province, took: float, answered: float, cost: Mapping[str, float], share: float
) -> tuple[Finding, Finding]:
    rate, whole, memory = DOSSIERS / took, sum(cost.values()), rss_of(suite.pythons)
    parts = ", ".join(
        f"{name} {ms:.1f}" for name, ms in sorted(cost.items(), key=lambda each: -each[1]) if ms >= 0.1
    )
    note = f"all answered after {answered:.1f} s, quiet after {took:.1f} s; one paper in {READERS} opened"
    return (
        Finding(
            "submissions with all they cause",
            rate,
            "/s",
            f"≥ {RATE:.0f}/s",
            rate >= RATE,
            DOSSIERS / answered,
            "the answers alone",
            memory,
            f"{note}; {disturbed(share)}",
        ),
        Finding(
            "submissions with all they cause: CPU a dossier",
            whole,
            "ms",
            f"≤ {CPU_MS:.0f} ms",
            whole <= CPU_MS,
            note=parts,
        ),
    )


def _submit(suite: Province, citizen: Actor, number: int) -> float:
    """Submit so many dossiers from drafts and open one confirmation in ten; returns seconds to the last answer."""
    asked = submissions(suite, citizen, number)
    load = drive(suite.port, asked, connections=CONNECTIONS, keep=True).only(201)
    for answer in load.bodies[::READERS]:
        address = httpx.Response(200, content=answer).json()["confirmation_url"]
        assert citizen.get(address).startswith(b"%PDF")
    return load.seconds


def _a_draft(citizen: Actor) -> dict[str, Any]:
    """Give a draft of a citizen, one that an earlier load left where there is any: nobody begins a hundred."""
    left = [one for one in citizen.get("/api/intake/drafts")["items"] if one["procedure_code"] == PROCEDURE]
    if left:
        return dict(citizen.get(f"/api/intake/drafts/{left[0]['id']}"))
    begun = {"procedure_code": PROCEDURE, "agency": DESKS[0], "case": "standard"}
    return dict(citizen.post("/api/intake/drafts", begun))


def submissions(suite: Province, citizen: Actor, number: int) -> list[bytes]:
    """Lay out so many complete drafts of a citizen, and return the requests that submit them."""
    first = _numbers.take(number)
    begun_by = _a_draft(citizen)
    owner, version = citizen.account["id"], begun_by["procedure_version"]
    papers = [part["id"] for part in begun_by["components"]]
    asyncio.run(
        lay_out_drafts(
            suite.dsn, first, number, Waiting((PROCEDURE, version, "standard"), tuple(papers), owner, DESKS)
        )
    )
    headers = {"Authorization": citizen.http.headers["Authorization"], "Accept-Language": "vi"}
    declared = {"declaration_accepted": True, "declaration_version": begun_by["declaration"]["version"]}
    return [
        request(
            "POST",
            "/api/intake/dossiers",
            {**headers, "Idempotency-Key": str(uuid.uuid4())},
            {"draft_id": str(uuid.UUID(int=each)), "result_channel": "online", **declared},
        )
        for each in range(first, first + number)
    ]


async def quiet(suite: Province) -> None:
    """Wait until no event waits to be told or to take effect, no signature and no notice is due."""
    server = suite.dsn.rpartition("/")[0]
    connections = {name: await asyncpg.connect(f"{server}/{name}") for name in OWNERS}
    try:
        until = time.monotonic() + PATIENCE
        while sum([await _left(one, name) for name, one in connections.items()]):
            if time.monotonic() > until:
                raise TimeoutError("the suite does not become quiet")
            await asyncio.sleep(0.1)
    finally:
        for connection in connections.values():
            await connection.close()


async def _left(connection: asyncpg.Connection, service: str) -> int:
    left = int(await connection.fetchval(_LEFT))
    return left + (int(await connection.fetchval(_OWN[service])) if service in _OWN else 0)


def _cpu(suite: Province) -> dict[str, float]:
    """Return the processor seconds of each part so far, its children's included."""
    parts = {name: psutil.Process(pid) for name, pid in suite.note["pids"].items()}
    return {name: cpu_of([one, *one.children(recursive=True)]) for name, one in parts.items()}
