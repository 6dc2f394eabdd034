"""What the outside world knows, written outside the system, and the verdict on what the system made of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Ledger:
    """Every request sent and every acknowledgement got, one line of JSON each, in a file of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.parent.mkdir(parents=True, exist_ok=True)
        self._file = place.open("a", buffering=1)

    def sent(self, key: str) -> None:
        """Note that a request leaves."""
        self._file.write(json.dumps({"sent": key}) + "\n")

    def acknowledged(self, key: str, name: str) -> None:
        """Note that a request was answered with success."""
        self._file.write(json.dumps({"acknowledged": key, "name": name}) + "\n")

    def lines(self) -> list[dict[str, Any]]:
        """Read the file back."""
        return [json.loads(line) for line in self.place.read_text().splitlines()]

    def requests(self) -> set[str]:
        """Return the keys of all requests that ever left."""
        return {line["sent"] for line in self.lines() if "sent" in line}

    def names(self) -> dict[str, str]:
        """Return key and name of each acknowledged request; two names under one key is a breach of its own."""
        found: dict[str, set[str]] = {}
        for line in self.lines():
            if "acknowledged" in line:
                found.setdefault(line["acknowledged"], set()).add(line["name"])
        torn = {key: names for key, names in found.items() if len(names) > 1}
        assert not torn, f"one key, several answers: {torn}"
        return {key: names.pop() for key, names in found.items()}


@dataclass
class Verdict:
    """What is wrong with the effects: lost, repeated, out of nowhere, or stuck."""

    acknowledged: int
    effects: int
    lost: set[str] = field(default_factory=set)
    repeated: dict[str, int] = field(default_factory=dict)
    ghosts: set[str] = field(default_factory=set)
    stuck: dict[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Tell whether nothing at all is wrong."""
        return not (self.lost or self.repeated or self.ghosts or self.stuck)

    def __str__(self) -> str:
        figures = (
            f"acknowledged {self.acknowledged}, effects {self.effects}, lost {len(self.lost)}, "
            f"duplicated {len(self.repeated)}, ghosts {len(self.ghosts)}, stuck {sum(self.stuck.values())}"
        )
        examples = [*sorted(self.lost)[:3], *sorted(self.repeated)[:3], *sorted(self.ghosts)[:3]]
        return figures if self.clean else f"{figures}: {examples} {self.stuck or ''}"


def judge(
    acknowledged: Iterable[str],
    effects: Iterable[str],
    *,
    possible: Iterable[str] | None = None,
    stuck: Mapping[str, int] | None = None,
) -> Verdict:
    """Compare what was acknowledged with what took effect.

    `effects` lists a name once per effect; `possible` are the names that may have an effect without an
    acknowledgement, because their answer was lost on the way.
    """
    promised, counts = set(acknowledged), Counter(effects)
    allowed = promised | set(possible) if possible is not None else promised
    return Verdict(
        acknowledged=len(promised),
        effects=sum(counts.values()),
        lost=promised - set(counts),
        repeated={name: count for name, count in counts.items() if count > 1},
        ghosts=set(counts) - allowed,
        stuck={what: count for what, count in (stuck or {}).items() if count},
    )
