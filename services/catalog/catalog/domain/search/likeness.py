"""How alike the wording of a query and a procedure are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.domain.search.index import Entry
from catalog.domain.search.words import Phrase, pairs

LEAST_TELLING = 0.5  # syllables below this weight only fill
PER_RARE = 0.22  # what an unasked special circumstance costs


@dataclass(frozen=True)
class Wording:
    """One way to say a query: its syllables and how telling each is."""

    tokens: Phrase
    weights: Mapping[str, float]

    @cached_property
    def total(self) -> float:
        """The weight of the whole wording."""
        return sum(self.weights.values()) or 1.0

    @cached_property
    def pairs(self) -> dict[str, float]:
        """Its neighbouring syllables, each pair as telling as its weaker half."""
        return {pair: min(self.weights[token] for token in pair.split()) for pair in pairs(self.tokens)}

    @cached_property
    def pairs_total(self) -> float:
        """The weight of all pairs."""
        return sum(self.pairs.values())

    @cached_property
    def features(self) -> dict[str, float]:
        """What to look up in the index: telling syllables and pairs, each with its gain."""
        single = {token: weight for token, weight in self.weights.items() if weight >= LEAST_TELLING}
        double = {pair: 0.7 * sum(self.weights[token] for token in pair.split()) for pair in self.pairs}
        return {**single, **double}


def likeness(wording: Wording, entry: Entry) -> float:
    """Compare a wording with a procedure, about 0 to 1.3: how much of each the other covers, and in which order."""
    shared = named = 0.0
    for token, weight in wording.weights.items():
        standing = entry.weights.get(token)
        if standing:
            shared += weight * standing
            named += weight if standing == 1.0 else 0.0
    coverage = shared / wording.total
    precision = min(named / entry.mass, 1.0)
    unasked = sum(not phrase <= wording.weights.keys() for phrase in entry.rare)
    rare = max(1.0 - PER_RARE * unasked, 0.3)
    fit: float = (coverage**1.6) * (0.35 + 0.65 * _order(wording, entry)) * (0.72 + 0.28 * precision)
    return fit * rare * entry.prior


def _order(wording: Wording, entry: Entry) -> float:
    """Return which share of the neighbouring words of the query also stand together in the procedure."""
    if not wording.pairs_total:
        return 0.8
    return sum(weight for pair, weight in wording.pairs.items() if pair in entry.pairs) / wording.pairs_total
