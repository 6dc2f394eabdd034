"""Under load that goes on nothing grows: memory, connections and open files of every process stay where they were.

An hour of load is in no test run (R37 is not claimed); this is a minute of it after a warm-up, with room for what a
minute's noise is.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rig.census import Suite
from suite.demo.actors import Actor
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = [pytest.mark.faults, pytest.mark.slow]
WARM, MEASURED = 45.0, 60.0  # seconds
AT_ONCE = 4
MEGABYTES = 6.0
"""By which a process may grow in the time that is measured."""
CONNECTIONS, OPEN = 4, 12
"""By which connections of a database and open files of a process may differ."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def busy() -> Iterator[Suite]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "100000")
        started = start_suite("growth")
    yield Suite(started)
    stop_suite(started)


def processes(running: RunningSuite) -> dict[int, str]:
    """Return the Python processes of a suite, each with how it calls itself."""
    found, waiting = {}, [running.process.pid]
    while waiting:
        pid = waiting.pop()
        place = Path(f"/proc/{pid}")
        name = (place / "comm").read_text().strip()
        if name not in ("postgres", "envoy"):
            found[pid] = f"{name} {pid}"
            waiting += map(int, (place / "task" / str(pid) / "children").read_text().split())
    return found


def held(pid: int) -> tuple[float, int]:
    """Return the megabytes that a process has for itself and others, and how many files it has open."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * PAGE / 1e6, len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def connections(suite: Suite) -> dict[str, int]:
    """Return how many connections each database has."""
    query = "select datname, count(*) from pg_stat_activity where datname is not null group by 1"
    return {row[0]: row[1] for row in await suite.fetch("intake", query)}


async def go_on(suite: Suite, token: str, seconds: float) -> int:
    """Read pages and lists as fast as they come for so long; return how many answers were good."""
    until, good = time.monotonic() + seconds, 0
    headers = {"Authorization": token}

    async def one(web: httpx.AsyncClient) -> None:
        nonlocal good
        while time.monotonic() < until:
            for path in ("/", "/api/intake/dossiers", "/api/catalog/procedures", "/api/identity/me"):
                answer = await web.get(path, headers=headers if path.startswith("/api") else {})
                good += answer.status_code == httpx.codes.OK

    async with httpx.AsyncClient(base_url=suite.running.url, timeout=30) as web:
        await asyncio.gather(*(one(web) for _ in range(AT_ONCE)))
    return good


def grown(before: dict[int, tuple[float, int]], after: dict[int, tuple[float, int]]) -> list[str]:
    """Name what grew by more than noise; a process that is gone is named too."""
    found = [f"{pid} is gone" for pid in before.keys() - after.keys()]
    for pid in before.keys() & after.keys():
        memory, files = (late - early for early, late in zip(before[pid], after[pid], strict=True))
        found += [f"{pid} grew by {memory:.1f} MB"] if memory > MEGABYTES else []
        found += [f"{pid} has {files} files more open"] if files > OPEN else []
    return found


@pytest.mark.parametrize(
    ("after", "names"),
    [({1: (105.0, 30)}, 0), ({1: (107.0, 30)}, 1), ({1: (100.0, 43)}, 1), ({2: (1.0, 1)}, 1)],
)
def test_what_grows_is_named(after: dict[int, tuple[float, int]], names: int) -> None:
    assert len(grown({1: (100.0, 30)}, after)) == names


async def test_a_minute_of_load_after_a_warm_up_leaves_memory_connections_and_files_where_they_were(
    busy: Suite,
) -> None:
    citizen = Actor(busy.running.url).sign_in("congdan@motcua.example", PASSWORD)
    token = citizen.http.headers["Authorization"]
    assert await go_on(busy, token, WARM) > 500
    names, open_before = processes(busy.running), await connections(busy)
    before = {pid: held(pid) for pid in names}
    answered = await go_on(busy, token, MEASURED)
    after = {pid: held(pid) for pid in processes(busy.running)}
    assert answered > 500
    assert len(names) > 10, names
    assert grown(before, after) == [], names
    differ = {name: count - open_before.get(name, 0) for name, count in (await connections(busy)).items()}
    assert {name: more for name, more in differ.items() if more > CONNECTIONS} == {}
    waiting = (
        "select count(*) from outbox where published_at is null and created_at < now() - interval '10 s'"
    )
    assert [row[0] for row in await busy.fetch("identity", waiting)] == [0]
