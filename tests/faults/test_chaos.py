"""Anything may die, stand still or be away while citizens submit: every acknowledged dossier counts exactly once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rig.census import Suite
from rig.ledger import Ledger, Verdict, judge
from rig.load import Load
from rig.strikes import DISTRIBUTED, EMBEDDED, Strikes, kill
from suite.actors import Actor
from suite.testing_suites import RunningSuite, start_suite, stop_suite
from suite.welcome import PASSWORD

pytestmark = pytest.mark.faults
PATIENCE = 60.0  # seconds until the last citizen is answered


@pytest.fixture(scope="module")
def running(carrier_name: str) -> Iterator[RunningSuite]:
    """Give a suite of our own: it is struck, and must not be shared with anybody."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_GATEWAY_RATE_SCALE", "100000")
        way = ["--distributed"] if carrier_name == "rabbitmq" else []
        started = start_suite(f"faults-{carrier_name}", *way)
    yield started
    stop_suite(started)


@pytest.fixture
async def suite(running: RunningSuite) -> Suite:
    """Give the suite with a procedure to submit and a witness beside every inbox."""
    found = Suite(running)
    await found.install_witness()
    await found.publish()
    return found


def load_on(suite: Suite, place: Path) -> Load:
    """Prepare a signed-in citizen with an empty ledger."""
    citizen = Actor(suite.running.url).sign_in("congdan@motcua.example", PASSWORD)
    token = citizen.http.headers["Authorization"].removeprefix("Bearer ")
    return Load(suite.running.url, token, Ledger(place))


async def verdicts(suite: Suite, load: Load, stuck: dict[str, int], before: set[str]) -> dict[str, Verdict]:
    """Compare the ledger with each place where its dossiers must be exactly once."""
    acknowledged, keys = load.ledger.names(), await suite.codes_by_key()
    possible = {keys[key] for key in load.ledger.requests() if key in keys}
    places = {
        "intake": await suite.codes(),
        "announced": await suite.announced(),
        "statistics": await suite.counted(),
        "notices": await suite.told(),
    }
    for key, code in acknowledged.items():
        assert keys[key] == code, f"the request {key} was answered {code} and is remembered as {keys[key]}"
    found = {}
    for name, codes in places.items():
        of_this_run = [code for code in codes if code not in before]
        found[name] = judge(acknowledged.values(), of_this_run, possible=possible, stuck=stuck)
    return found


@asynccontextmanager
async def judged(suite: Suite, load: Load, title: str) -> AsyncIterator[list[str]]:
    """Let faults happen inside the block, then wait for quiet and judge; the block adds to what is printed."""
    before, started, said = set(await suite.codes()), time.monotonic(), []
    yield said
    struck = time.monotonic() - started
    quiet = await suite.quiet()
    found = await verdicts(suite, load, quiet.left, before)
    print(
        f"\n{title}: {struck:.0f} s, quiet {quiet.seconds:.1f} s after (last {quiet.last}); {' '.join(said)}"
    )
    print(f"  answers {dict(load.answers)}, slowest {load.slowest:.1f} s until acknowledged")
    for name, verdict in found.items():
        print(f"  {name:<11} {verdict}")
    assert not load.refused, load.refused[:3]
    assert load.ledger.requests() == set(load.ledger.names()), "some request was never answered"
    assert all(verdict.clean for verdict in found.values()), {n: str(v) for n, v in found.items()}
    assert await suite.took_effect_twice() == {}
    assert len(load.ledger.names()) > 0


async def test_whatever_dies_or_stands_still_nothing_is_lost_and_nothing_counts_twice(
    suite: Suite, carrier_name: str, seed: int, fault_seconds: float, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    strikes = Strikes(suite.running, DISTRIBUTED if carrier_name == "rabbitmq" else EMBEDDED, seed)
    async with judged(suite, load, f"chaos on {carrier_name}, seed {seed}") as said:
        await asyncio.gather(load.run(fault_seconds, PATIENCE), strikes.run(fault_seconds))
        said.append(f"{strikes.done.total()} faults {dict(strikes.done)}")
    assert strikes.done.total() >= fault_seconds / 5


async def away_broker(suite: Suite, seconds: float) -> None:
    """End the broker each time it comes back, for some seconds."""
    ending = time.monotonic() + seconds
    while time.monotonic() < ending:
        kill(suite.running.note["pids"]["rabbitmq"])
        await asyncio.sleep(0.5)


async def away_inbox(suite: Suite, seconds: float) -> None:
    """Shut the statistics' inbox for the carrier, which has no broker between, for some seconds."""
    connection = await suite.connect("stats")
    await connection.execute("alter role stats_inbox nologin")
    await connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stats_inbox'"
    )
    await asyncio.sleep(seconds)
    await connection.execute("alter role stats_inbox login")
    await connection.close()


async def test_while_the_carrier_is_away_intake_keeps_accepting_and_delivers_later(
    suite: Suite, carrier_name: str, fault_seconds: float, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    assert (await suite.quiet()).left == {}
    away = away_broker if carrier_name == "rabbitmq" else away_inbox
    seconds = fault_seconds if fault_seconds >= 60 else fault_seconds / 2
    async with judged(suite, load, f"{carrier_name} away for {seconds:.0f} s") as said:
        outage = asyncio.create_task(away(suite, seconds))
        await load.run(seconds - 1, PATIENCE)
        behind = (await suite.waiting()).get("intake unpublished", 0)
        said.append(f"{len(load.ledger.names())} accepted meanwhile, {behind} waited for it")
        await outage
    assert set(load.answers) == {"201"}, dict(load.answers)
    assert behind > len(load.ledger.names()) / 2, "the outage was none"
