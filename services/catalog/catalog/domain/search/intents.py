"""What the everyday phrases in a query stand for, and whether they lead outside this catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.domain.search.lexicon import Lexicon, Outside
from catalog.domain.search.query import Query
from catalog.domain.search.words import runs

LEAST_TOGETHER = 0.28  # share of the query a phrase spoken in one piece must explain
LEAST_SCATTERED = 0.50  # the same for its words standing apart
RANK = 0.94  # each further procedure of a wish counts a little less


@dataclass(frozen=True)
class Wishes:
    """The procedures meant, each with its gain, and the share of the query the best phrase explains."""

    gains: Mapping[str, float]
    share: float


@dataclass(frozen=True)
class Elsewhere:
    """A phrase that leads outside, and the share of the query it explains."""

    row: Outside
    share: float


def meant(lexicon: Lexicon, query: Query) -> Wishes:
    """Return what the query's everyday phrases stand for; the phrase that explains most wins."""
    gains: dict[str, float] = {}
    best = 0.0
    for gain, share, codes in (*_together(lexicon, query), *_scattered(lexicon, query)):
        best = max(best, share)
        for rank, code in enumerate(codes):
            gains[code] = max(gains.get(code, 0.0), gain * RANK**rank)
    return Wishes(gains, best)


def _together(lexicon: Lexicon, query: Query) -> list[tuple[float, float, tuple[str, ...]]]:
    found = []
    for _, run in runs(query.tokens, lexicon.longest):
        share = query.share(run)
        if run in lexicon.said and share >= LEAST_TOGETHER:
            found += [(0.45 + 0.9 * share, share, intent.codes) for intent in lexicon.said[run]]
    return found


def _scattered(lexicon: Lexicon, query: Query) -> list[tuple[float, float, tuple[str, ...]]]:
    asked = frozenset(query.tokens)
    found = []
    for intent in lexicon.intents:
        share = max((query.share(phrase) for phrase in intent.loose if phrase <= asked), default=0.0)
        if share >= LEAST_SCATTERED:
            found.append((0.15 + 1.1 * share, share, intent.codes))
    return found


def best_outside(lexicon: Lexicon, query: Query) -> Elsewhere | None:
    """Return the phrase of the query that most clearly names something this catalogue cannot do."""
    found = [
        Elsewhere(lexicon.outside[run], query.share(run))
        for _, run in runs(query.tokens, lexicon.longest)
        if run in lexicon.outside
    ]
    return max(found, key=lambda row: row.share, default=None)
