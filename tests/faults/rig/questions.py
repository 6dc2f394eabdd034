"""Citizens who ask while others submit, and the places where each of their questions must be exactly once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from suite.demo.actors import Actor
from suite.demo.questions import WHO

from rig.census import Suite
from rig.ledger import Verdict, judge
from rig.load import Load
from rig.run import load_on

ASKED = "qa.question_asked.v1"


def question(url: str) -> Callable[[str], dict[str, Any]]:
    """Return what writes the body of the question that a key stands for, as the province wants it."""
    terms = Actor(url).get("/api/qa/terms")
    wanted = {field["name"] for page in terms["forms"]["individual"]["pages"] for field in page["fields"]}
    always = {
        "asker_kind": "individual",
        "values": {name: said for name, said in WHO.items() if name in wanted},
        "topic": terms["topics"][0]["value"],
        "title": "Khai sinh cho con",
        "warnings_seen": True,
    }
    return lambda key: {
        **always,
        "text": f"Tôi muốn hỏi khai sinh cho con cần mang những giấy tờ gì, việc {key}?",
    }


class Questions:
    """Who asks beside the citizens who submit: their load, and the verdict on what became of it."""

    def __init__(self, suite: Suite, place: Path, rate: float = 1) -> None:
        self.suite, self.before = suite, set[str]()
        self.load: Load = load_on(suite, place)
        self.load.rate, self.load.place = rate, "/api/qa/questions"
        self.load.write, self.load.named = question(suite.running.url), "number"

    async def begin(self) -> None:
        """Note what was there before."""
        self.before = set(await self._asked())

    async def take_notice(self) -> str:
        """Take the notice of one question out of its asker's account, and return its number: the negative control."""
        told = await self._told()
        number = min(self.load.ledger.names().values())
        event = next(id_ for id_, name in told.items() if name == number)
        await self.suite.fetch("notify", "delete from delivery where event_id = $1", event)
        return number

    async def places(self, stuck: dict[str, int]) -> dict[str, Verdict]:
        """Compare the ledger with each place where its questions must be exactly once."""
        names = self.load.ledger.names()
        kept = await self.suite.fetch(
            "qa", "select key, body->>'number' from idempotency_key where body ? 'number'"
        )
        keys = dict(kept)
        for key, number in names.items():
            assert keys[key] == number, f"the request {key} was answered {number}, remembered is {keys[key]}"
        possible = {keys[key] for key in self.load.ledger.requests() if key in keys}
        places = {
            "questions": await self._asked(),
            "asked, told": list((await self._told()).values()),
            "asked, notice": await self._noticed(),
        }
        return {
            name: judge(
                names.values(),
                [number for number in numbers if number not in self.before],
                possible=possible,
                stuck=stuck,
            )
            for name, numbers in places.items()
        }

    async def _asked(self) -> list[str]:
        return [row[0] for row in await self.suite.fetch("qa", "select number from question")]

    async def _told(self) -> dict[Any, str]:
        rows = await self.suite.fetch(
            "qa", "select id, envelope->>'subject' from outbox where type = $1", ASKED
        )
        return dict(rows)

    async def _noticed(self) -> list[str]:
        """Return the number of the question of each notice to who asked, once per notice in the account."""
        query = """select m.event_id from message m join delivery d on d.message_id = m.id
            where m.kind = 'question_received' and d.channel = 'portal'"""
        told = await self._told()
        return [told[row[0]] for row in await self.suite.fetch("notify", query)]
