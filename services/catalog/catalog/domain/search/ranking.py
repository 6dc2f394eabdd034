"""The search itself: mend the query, weigh its words, compare, and refuse to guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.domain.search.answer import NO_CODE, NO_MATCH, TOO_VAGUE, Answer, Hit
from catalog.domain.search.index import Entry, Index
from catalog.domain.search.intents import best_outside, meant
from catalog.domain.search.lexicon import Lexicon
from catalog.domain.search.query import Query, make_query
from catalog.domain.search.spelling import Spelling
from catalog.domain.search.words import Phrase, code_in, pairs

ACCEPTED = 0.40  # below this a likeness is a coincidence
SURE = 0.95  # above this the words are those of an official name, whatever else they remind of
NEAR = 0.16  # worth offering as "did you mean"
TAIL = 0.42  # share of the best score a hit needs to stay in the list
MOST = 200


@dataclass(frozen=True)
class Searcher:
    """The index together with the word lists and the known spellings."""

    index: Index
    lexicon: Lexicon
    spelling: Spelling


def searcher(index: Index, lexicon: Lexicon) -> Searcher:
    """Bind an index to the word lists, learning all spellings from both."""
    phrases = [*(entry.tokens for entry in index.entries), *lexicon.phrases()]
    return Searcher(index, lexicon, Spelling.build(phrases))


def search(engine: Searcher, text: str, allowed: frozenset[str] | None = None) -> Answer:
    """Find the procedures a citizen means, best first; `allowed` narrows them to these codes.

    Source: R-TRK-11
    """
    if code := code_in(text):
        return Answer(hits=(Hit(code, 2.0),)) if code in engine.index.places else Answer(note=NO_CODE)
    query = make_query(text, engine.index, engine.lexicon, engine.spelling)
    if query.vague:
        return Answer(note=TOO_VAGUE, starters=engine.lexicon.starters)
    alike = _alike(engine, query)
    wishes = meant(engine.lexicon, query)
    outside = best_outside(engine.lexicon, query)
    sure = max(alike.values(), default=0.0) >= SURE
    if outside and not sure and outside.share >= wishes.share:
        return Answer(note=outside.row.note, near=outside.row.codes)
    scored = dict(alike)
    for code, gain in wishes.gains.items():
        if code in engine.index.places:
            scored[code] = gain + 0.3 * alike.get(code, 0.0)
    if allowed is not None:
        scored = {code: score for code, score in scored.items() if code in allowed}
    return _answer(scored)


def _alike(engine: Searcher, query: Query) -> dict[str, float]:
    """Score the procedures whose wording is like the query in any of its wordings."""
    scored: dict[str, float] = {}
    for wording, weights in query.wordings:
        for place in engine.index.candidates(wording, weights):
            entry = engine.index.entries[place]
            score = _likeness(engine.lexicon, wording, weights, entry)
            scored[entry.document.code] = max(score, scored.get(entry.document.code, 0.0))
    return scored


def _likeness(lexicon: Lexicon, wording: Phrase, weights: Mapping[str, float], entry: Entry) -> float:
    """Compare a wording with a procedure: how much of each the other covers, and in which order."""
    total = sum(weights.values())
    shared = sum(weight * entry.weights.get(token, 0.0) for token, weight in weights.items())
    named = sum(weight for token, weight in weights.items() if entry.weights.get(token) == 1.0)
    coverage = shared / total
    precision = min(named / entry.mass, 1.0)
    rare = max(1.0 - 0.22 * _unasked(lexicon, wording, entry), 0.3)
    order = _order(wording, weights, entry)
    fit: float = (coverage**1.6) * (0.35 + 0.65 * order) * (0.72 + 0.28 * precision) * rare * entry.prior
    return fit


def _order(wording: Phrase, weights: Mapping[str, float], entry: Entry) -> float:
    """Return which share of the neighbouring words of the query also stand together in the procedure."""
    asked = {pair: min(weights[token] for token in pair.split()) for pair in pairs(wording)}
    total = sum(asked.values())
    if not total:
        return 0.8
    return sum(weight for pair, weight in asked.items() if pair in entry.pairs) / total


def _unasked(lexicon: Lexicon, wording: Phrase, entry: Entry) -> int:
    """Count the special circumstances (abroad, border, mobile, repeated) nobody asked for."""
    asked = set(wording)
    return sum(
        f" {' '.join(phrase)} " in entry.text and not asked.issuperset(phrase) for phrase in lexicon.rare
    )


def _answer(scored: Mapping[str, float]) -> Answer:
    ranked = sorted(scored.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))
    if not ranked or ranked[0][1] < ACCEPTED:
        return Answer(note=NO_MATCH, near=tuple(code for code, score in ranked[:5] if score >= NEAR))
    floor = max(ranked[0][1] * TAIL, ACCEPTED * 0.6)
    return Answer(hits=tuple(Hit(code, score) for code, score in ranked[:MOST] if score >= floor))
