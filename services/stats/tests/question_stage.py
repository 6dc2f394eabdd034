"""Questions and feedback on their way, as qa tells of them."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from common.database import Database
from common.handling import InboxHandler
from common.inbox import Arrival, store
from stats.subscribers import subscriptions
from suite.check.shapes import fact

T0 = datetime(2026, 11, 20, 2, tzinfo=UTC)
HERE, OTHER, BELOW = "H42.15", "H42.101", "H42.15.03"


def at(hours: float) -> datetime:
    return T0 + timedelta(hours=hours)


class Way:
    """One question on its way; each step is the next fact."""

    def __init__(self, number: int, *, feedback: bool = False, topic: str = "", hours: float = 0) -> None:
        self.name = "feedback" if feedback else "question"
        self.number = f"{'PA' if feedback else 'HD'}-2026-{number:06}"
        self.topic = topic or ("suggestion" if feedback else "legal_rules")
        self.came, self.agency, self.facts = at(hours), None, []
        self.feedback = feedback
        self.tell("received" if feedback else "asked", hours, due=hours + (24 if feedback else 4))

    def tell(self, verb: str, hours: float, *, due: float | None = None, **own: Any) -> "Way":
        """Add the next fact."""
        type_ = f"qa.{self.name}_{verb}.v1" if "." not in verb else verb
        version, id_ = len(self.facts) + 1, uuid.uuid4()
        kept = (
            {"category": self.topic, "came_at": self.came}
            if self.feedback
            else {"topic": self.topic, "asked_at": self.came}
        )
        data = {
            "number": self.number,
            "aggregate_id": self.number,
            "aggregate_version": version,
            "agency": self.agency,
            "occurred_at": at(hours),
            **kept,
            **({"due_at": at(due)} if due is not None else {}),
            **own,
        }
        told = {name: one.isoformat() if isinstance(one, datetime) else one for name, one in data.items()}
        whole = {
            "specversion": "1.0",
            "id": str(id_),
            "source": "motcua/qa",
            "type": type_,
            "subject": self.number,
            "time": at(hours).isoformat(),
            "agency": self.agency,
            "aggregateversion": version,
            "data": fact(type_, told),
        }
        self.facts.append(Arrival(id_, type_, json.dumps(whole)))
        return self

    def forwarded(self, agency: str, hours: float, *, due: float) -> "Way":
        self.agency = agency
        return self.tell("forwarded", hours, due=due)

    def returned(self, hours: float, *, due: float, ended: bool = False) -> "Way":
        left, self.agency = self.agency, None
        return self.tell("returned", hours, due=due, returned_by=left, agency_ended=ended)

    def answered(self, hours: float, *, due: float) -> "Way":
        verb = "replied" if self.feedback else "answered"
        return self.tell(verb, hours, due=due, in_time=hours <= due)


def names() -> list[Arrival]:
    """Return the agencies."""
    rows = []
    for code, parent in (("H42", None), (HERE, "H42"), (OTHER, "H42"), (BELOW, HERE)):
        id_ = uuid.uuid4()
        told = {
            "code": code,
            "name": f"Cơ quan {code}",
            "level": "province",
            "kind": "department",
            "parent": parent,
        }
        whole = {
            "specversion": "1.0",
            "id": str(id_),
            "source": "motcua/catalog",
            "type": "catalog.agency_changed.v1",
            "subject": code,
            "time": T0.isoformat(),
            "agency": None,
            "aggregateversion": 1,
            "data": fact("catalog.agency_changed.v1", told),
        }
        rows.append(Arrival(id_, "catalog.agency_changed.v1", json.dumps(whole)))
    return rows


def everything() -> list[Way]:
    """Return one of each fate: three of November's end in time, late and refused; others go on."""
    return [
        Way(1).forwarded(HERE, 1, due=73).answered(30, due=73),
        Way(2).forwarded(HERE, 6, due=78).answered(100, due=78),
        Way(3, topic="policies").tell("refused", 2, ground="text_unclear"),
        Way(4).forwarded(HERE, 1, due=73).returned(3, due=7).forwarded(OTHER, 5, due=77),
        Way(5).tell("moved", 2, feedback="PA-2026-000001"),
        Way(6, hours=1),
        Way(1, feedback=True).forwarded(HERE, 2, due=24).answered(20, due=24),
        Way(2, feedback=True).forwarded(HERE, 30, due=24).tell("closed", 31, ground="complaint"),
        Way(3, feedback=True).forwarded(HERE, 2, due=24).forwarded(OTHER, 10, due=24),
    ]


async def learn(database: Database, arrivals: list[Arrival]) -> None:
    """Hear facts as a worker does."""
    await store(await database.pool(), arrivals)
    handler = InboxHandler(database, subscriptions())
    while await handler.one_pass():
        pass


def all_facts() -> list[Arrival]:
    """Return the facts of everything."""
    return [one for way in everything() for one in way.facts]
