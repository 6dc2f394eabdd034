"""One run of a load on a suite: from its first request to the verdict of every place a dossier must be in once."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from suite.demo.actors import Actor
from suite.demo.welcome import PASSWORD

from rig.census import Suite
from rig.ledger import Ledger, Verdict, judge
from rig.load import Load

PATIENCE = 60.0  # seconds until the last citizen is answered


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


class Beside(Protocol):
    """What goes on beside the load and is judged with it."""

    async def begin(self) -> None:
        """Note what was there before."""

    async def places(self, stuck: dict[str, int]) -> dict[str, Verdict]:
        """Judge every place where it must be exactly once."""


class Run:
    """One run of a load on a suite, from its first request to its verdicts."""

    def __init__(self, suite: Suite, load: Load, title: str, beside: Beside | None = None) -> None:
        self.suite, self.load, self.title, self.beside = suite, load, title, beside
        self.before: set[str] = set()
        self.started = 0.0

    async def begin(self) -> "Run":
        """Note what was there before."""
        self.before = {*await self.suite.codes(), *(code for code, _ in self.suite.mails())}
        if self.beside is not None:
            await self.beside.begin()
        self.started = time.monotonic()
        return self

    async def judged(self, said: str) -> Outcome:
        """Wait for quiet, judge every place and print the figures; `said` is what the run tells of itself."""
        struck = time.monotonic() - self.started
        quiet = await self.suite.quiet(longest=60 + 4 * struck)
        copies = [mail for mail in self.suite.mails() if mail[0] not in self.before]
        places = await self._places(quiet.left, copies)
        if self.beside is not None:
            places |= await self.beside.places(quiet.left)
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
    assert_answered(load)
    assert all(verdict.clean for verdict in outcome.places.values()), {
        name: str(verdict) for name, verdict in outcome.places.items()
    }
    assert outcome.twice == {}
    assert outcome.mail_copies <= mail_copies


def assert_answered(load: Load) -> None:
    """Assert that there were requests, and that each was answered and none refused."""
    assert not load.refused, load.refused[:3]
    assert load.ledger.requests() == set(load.ledger.names()), "some request was never answered"
    assert len(load.ledger.names()) > 0
