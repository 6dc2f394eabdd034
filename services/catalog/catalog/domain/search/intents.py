"""What the everyday phrases in a query stand for, and whether they lead outside this catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.domain.search.lexicon import Lexicon, Outside
from catalog.domain.search.query import Query
from catalog.domain.search.words import runs

LEAST_TOGETHER = 0.28  # share of the query a phrase spoken in one piece must explain
LEAST_SCATTERED = 0.50  # the same for its words standing apart
LEAST_AT_ALL = 0.15  # the same for a phrase in one piece when nothing else was found
MOST_MISSING = 0.30  # share of a longer phrase that may be missing from the query
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


Find = tuple[float, float, tuple[str, ...]]  # gain, share of the query explained, procedures


def meant(lexicon: Lexicon, query: Query) -> Wishes:
    """Return what the query's everyday phrases stand for; the phrase that explains most wins."""
    return _wishes((*_together(lexicon, query, LEAST_TOGETHER), *_scattered(lexicon, query)))


def at_least_meant(lexicon: Lexicon, query: Query) -> Wishes:
    """Return what a phrase stands for that explains only a little of a long query, for want of anything better."""
    return _wishes(_together(lexicon, query, LEAST_AT_ALL))


def _wishes(found: Iterable[Find]) -> Wishes:
    gains: dict[str, float] = {}
    best = 0.0
    for gain, share, codes in found:
        best = max(best, share)
        for rank, code in enumerate(codes):
            gains[code] = max(gains.get(code, 0.0), gain * RANK**rank)
    return Wishes(gains, best)


def _together(lexicon: Lexicon, query: Query, least: float) -> list[Find]:
    found = []
    for _, run in runs(query.tokens, lexicon.longest):
        share = query.share(run)
        if run in lexicon.said and share >= least and (len(run) > 1 or share >= LEAST_TOGETHER):
            found += [(0.45 + 0.9 * share, share, intent.codes) for intent in lexicon.said[run]]
    return found


def _scattered(lexicon: Lexicon, query: Query) -> list[Find]:
    asked = frozenset(query.tokens)
    found = []
    for word in asked:
        for phrase, intent in lexicon.scattered.get(word, ()):
            present = _present(phrase, asked, query)
            if present and (share := query.share(phrase & asked)) >= LEAST_SCATTERED:
                found.append((0.15 + 1.1 * share * present, share * present, intent.codes))
    return found


def _present(phrase: frozenset[str], asked: frozenset[str], query: Query) -> float:
    """Return which share of a phrase the query holds, 0 when more than one unimportant word is missing."""
    missing = phrase - asked
    if not missing:
        return 1.0
    if len(missing) > 1 or len(phrase) < 3:
        return 0.0
    lost = sum(query.index.weight(word) for word in missing)
    held = sum(query.index.weight(word) for word in phrase - missing)
    return held / (held + lost) if lost <= MOST_MISSING * (held + lost) else 0.0


def best_outside(lexicon: Lexicon, query: Query) -> Elsewhere | None:
    """Return the phrase of the query that most clearly names something this catalogue cannot do."""
    found = [
        Elsewhere(lexicon.outside[run], query.share(run))
        for _, run in runs(query.tokens, lexicon.longest)
        if run in lexicon.outside
    ]
    return max(found, key=lambda row: row.share, default=None)
