"""Anything may die, stand still or be away while citizens submit: every acknowledged dossier counts exactly once."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rig.census import Suite
from rig.ledger import Ledger, Verdict, judge
from rig.load import Load
from rig.sabotage import broken_outbox, forget, repeat
from rig.strikes import DISTRIBUTED, EMBEDDED, Strikes, kill
from suite.demo.actors import Actor
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = pytest.mark.faults
PATIENCE = 60.0  # seconds until the last citizen is answered
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


def load_on(suite: Suite, place: Path) -> Load:
    """Prepare a signed-in citizen with an empty ledger."""
    citizen = Actor(suite.running.url).sign_in("congdan@motcua.example", PASSWORD)
    token = citizen.http.headers["Authorization"].removeprefix("Bearer ")
    return Load(suite.running.url, token, Ledger(place))


@dataclass
class Outcome:
    """What became of one run: a verdict for each place where a dossier must be exactly once, and all repeats."""

    places: dict[str, Verdict]
    twice: dict[str, int]  # events that took effect more than once
    mail_copies: int  # mails that arrived again under the same message id


class Run:
    """One run of a load on a suite, from its first request to its verdicts."""

    def __init__(self, suite: Suite, load: Load, title: str) -> None:
        self.suite, self.load, self.title = suite, load, title
        self.before: set[str] = set()
        self.started = 0.0

    async def begin(self) -> "Run":
        """Note what was there before."""
        self.before = {*await self.suite.codes(), *(code for code, _ in self.suite.mails())}
        self.started = time.monotonic()
        return self

    async def judged(self, said: str) -> Outcome:
        """Wait for quiet, judge every place and print the figures; `said` is what the run tells of itself."""
        struck = time.monotonic() - self.started
        quiet = await self.suite.quiet(longest=60 + 4 * struck)
        copies = [mail for mail in self.suite.mails() if mail[0] not in self.before]
        places = await self._places(quiet.left, copies)
        outcome = Outcome(places, await self.suite.took_effect_twice(), len(copies) - len(set(copies)))
        print(
            f"\n{self.title}: {struck:.0f} s, quiet {quiet.seconds:.1f} s after (last {quiet.last}, "
            f"at most {quiet.stillest:.1f} s without progress); {said}"
        )
        print(f"  answers {dict(self.load.answers)}, slowest {self.load.slowest:.1f} s until acknowledged")
        for name, verdict in places.items():
            print(f"  {name:<13} {verdict}")
        print(f"  handled twice {len(outcome.twice)}, mails repeated under the same id {outcome.mail_copies}")
        return outcome

    async def _places(self, stuck: dict[str, int], mails: list[tuple[str, str]]) -> dict[str, Verdict]:
        """Compare the ledger with each place where its dossiers must be exactly once."""
        suite, ledger = self.suite, self.load.ledger
        acknowledged, keys = ledger.names(), await suite.codes_by_key()
        for key, code in acknowledged.items():
            assert keys[key] == code, (
                f"the request {key} was answered {code} and is remembered as {keys[key]}"
            )
        possible = {keys[key] for key in ledger.requests() if key in keys}
        places = {
            "intake": await suite.codes(),
            "confirmations": await suite.confirmed(),
            "announced": await suite.announced(),
            "statistics": await suite.counted(),
            "notices": await suite.told(),
            "mails": [code for code, _ in set(mails)],
        }
        return {
            name: judge(
                acknowledged.values(),
                [code for code in codes if code not in self.before],
                possible=possible,
                stuck=stuck,
            )
            for name, codes in places.items()
        }


def assert_whole(outcome: Outcome, load: Load, mail_copies: int = 0) -> None:
    """Assert that everybody was answered and everything counts once.

    A mail may arrive again when its sender dies before noting that it left; it then has the same message id.
    """
    assert not load.refused, load.refused[:3]
    assert load.ledger.requests() == set(load.ledger.names()), "some request was never answered"
    assert len(load.ledger.names()) > 0
    assert all(verdict.clean for verdict in outcome.places.values()), {
        name: str(verdict) for name, verdict in outcome.places.items()
    }
    assert outcome.twice == {}
    assert outcome.mail_copies <= mail_copies


async def test_whatever_dies_or_stands_still_nothing_is_lost_and_nothing_counts_twice(
    suite: Suite, carrier_name: str, seed: int, fault_seconds: float, tmp_path: Path
) -> None:
    load = load_on(suite, tmp_path / "ledger.jsonl")
    strikes = strikes_on(suite, carrier_name, seed)
    run = await Run(suite, load, f"chaos on {carrier_name}, seed {seed}").begin()
    await asyncio.gather(load.run(fault_seconds, PATIENCE), strikes.run(fault_seconds))
    outcome = await run.judged(f"{strikes.done.total()} faults {dict(strikes.done)}")
    deaths = sum(count for what, count in strikes.done.items() if what in SENDER_DIES)
    assert_whole(outcome, load, mail_copies=deaths)
    assert strikes.done.total() >= fault_seconds / 5


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
    strikes = strikes_on(suite, carrier_name, 1)
    run = await Run(suite, load, f"negative control on {carrier_name}").begin()
    async with broken_outbox(suite):
        await asyncio.gather(load.run(10, PATIENCE), strikes.run(5))
    assert (await suite.quiet(longest=120)).left == {}
    forgotten = await forget(suite, "stats", 5)
    assert (await suite.quiet(longest=1)).left == {"under way to stats": 5}
    await repeat(suite, forgotten)
    outcome = await run.judged(f"{strikes.done.total()} faults {dict(strikes.done)}")
    for name in ("announced", "statistics", "notices", "mails"):
        assert outcome.places[name].lost, f"nothing seems lost among {name}"
    for name in ("announced", "notices", "mails"):
        assert outcome.places[name].repeated, f"nothing seems repeated among {name}"
    assert outcome.places["intake"].clean  # what was not broken is whole, and is seen to be
    assert outcome.places["confirmations"].clean
    assert sorted(outcome.twice.values()) == [2] * 5
    await suite.run("stats", "truncate witness")  # what was broken on purpose is nobody else's failure
