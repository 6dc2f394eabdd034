"""Anything may die, stand still or be away while citizens submit: every acknowledged dossier counts exactly once."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from notify.usecases.deliver import LANES, TOGETHER
from rig.census import Suite
from rig.questions import Questions
from rig.run import PATIENCE, Run, assert_answered, assert_whole, load_on
from rig.sabotage import broken_outbox, forget, repeat
from rig.strikes import DISTRIBUTED, EMBEDDED, Strikes, kill
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = pytest.mark.faults
SENDER_DIES = {"kill notify", "kill notify-worker", "kill postgres"}


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


def strikes_on(suite: Suite, carrier_name: str, seed: int) -> Strikes:
    """Prepare the faults of a seed for the way the suite runs."""
    return Strikes(suite.running, DISTRIBUTED if carrier_name == "rabbitmq" else EMBEDDED, seed)


async def test_whatever_dies_or_stands_still_nothing_is_lost_and_nothing_counts_twice(
    suite: Suite, carrier_name: str, seed: int, fault_seconds: float, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    asking = Questions(suite, tmp_path / "questions.jsonl")
    strikes = strikes_on(suite, carrier_name, seed)
    run = await Run(suite, load, f"chaos on {carrier_name}, seed {seed}", asking).begin()
    going_on = (one.run(fault_seconds, PATIENCE) for one in (load, asking.load))
    await asyncio.gather(*going_on, strikes.run(fault_seconds))
    outcome = await run.judged(f"{strikes.done.total()} faults {dict(strikes.done)}")
    deaths = sum(count for what, count in strikes.done.items() if what in SENDER_DIES)
    assert_whole(outcome, load, mail_copies=deaths * LANES * TOGETHER)
    assert_answered(asking.load)
    assert strikes.done.total() >= fault_seconds / 5


def test_r42_a_seed_strikes_the_same_parts_in_the_same_order_again() -> None:
    def first(seed: int) -> list[tuple[str, bool, float, float]]:
        running: RunningSuite = None  # type: ignore[assignment]
        return list(itertools.islice(Strikes(running, EMBEDDED, seed).planned(), 100))

    assert first(1) == first(1)
    assert first(1) != first(2)
    assert {name for name, *_ in first(1)} == set(EMBEDDED)


async def away_broker(suite: Suite, seconds: float) -> None:
    """End the broker each time it comes back, for some seconds."""
    ending = time.monotonic() + seconds
    while time.monotonic() < ending:
        kill(suite.running.note["pids"]["rabbitmq"])
        await asyncio.sleep(0.5)


async def away_inbox(suite: Suite, seconds: float) -> None:
    """Shut the statistics' inbox for the carrier, which has no broker between, for some seconds."""
    await suite.run("stats", "alter role stats_inbox nologin")
    await suite.run(
        "stats", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stats_inbox'"
    )
    await asyncio.sleep(seconds)
    await suite.run("stats", "alter role stats_inbox login")


async def test_while_the_carrier_is_away_intake_keeps_accepting_and_delivers_later(
    suite: Suite, carrier_name: str, fault_seconds: float, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    assert (await suite.quiet(longest=60)).left == {}
    away = away_broker if carrier_name == "rabbitmq" else away_inbox
    seconds = fault_seconds if fault_seconds >= 60 else fault_seconds / 2
    run = await Run(suite, load, f"{carrier_name} away for {seconds:.0f} s").begin()
    outage = asyncio.create_task(away(suite, seconds))
    await load.run(seconds - 1, PATIENCE)
    behind = (await suite.waiting())[0].get("intake unpublished", 0)
    await outage
    outcome = await run.judged(f"{len(load.ledger.names())} accepted meanwhile, {behind} waited for it")
    assert_whole(outcome, load)
    assert set(load.answers) == {"201"}, dict(load.answers)
    assert behind > len(load.ledger.names()) / 2, "the outage was none"


async def test_the_census_sees_what_a_broken_suite_loses_and_repeats(
    suite: Suite, carrier_name: str, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    asking = Questions(suite, tmp_path / "questions.jsonl")
    strikes = strikes_on(suite, carrier_name, 1)
    run = await Run(suite, load, f"negative control on {carrier_name}", asking).begin()
    async with broken_outbox(suite):
        await asyncio.gather(load.run(10, PATIENCE), asking.load.run(5, PATIENCE), strikes.run(5))
    assert (await suite.quiet(longest=120)).left == {}
    untold = await asking.take_notice()
    forgotten = await forget(suite, "stats", 5)
    assert (await suite.quiet(longest=1)).left == {"under way to stats": 5}
    await repeat(suite, forgotten)
    outcome = await run.judged(f"{strikes.done.total()} faults {dict(strikes.done)}")
    for name in ("announced", "statistics", "notices", "mails"):
        assert outcome.places[name].lost, f"nothing seems lost among {name}"
    for name in ("announced", "notices", "mails"):
        assert outcome.places[name].repeated, f"nothing seems repeated among {name}"
    assert outcome.places["asked, notice"].lost == {untold}
    assert outcome.places["questions"].clean
    assert outcome.places["intake"].clean  # what was not broken is whole, and is seen to be
    assert outcome.places["confirmations"].clean
    assert sorted(outcome.twice.values()) == [2] * 5
    await suite.run("stats", "truncate witness")  # what was broken on purpose is nobody else's failure
