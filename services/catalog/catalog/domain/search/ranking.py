"""The search itself: mend the query, weigh its words, compare, and refuse to guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.domain.search.answer import NO_CODE, NO_MATCH, TOO_VAGUE, Answer, Hit
from catalog.domain.search.index import Document, Index
from catalog.domain.search.intents import Elsewhere, Wishes, at_least_meant, best_outside, meant
from catalog.domain.search.lexicon import Lexicon
from catalog.domain.search.likeness import likeness
from catalog.domain.search.query import Query, make_query
from catalog.domain.search.spelling import Spelling
from catalog.domain.search.words import code_in

ACCEPTED = 0.40  # below this a likeness is a coincidence
SURE = 0.95  # above this the words are those of an official name, whatever else they remind of
MOSTLY = 0.5  # share of a query that a phrase from outside must explain to decide alone
NEAR = 0.05  # worth offering as "did you mean"
TAIL = 0.42  # share of the best score a hit needs to stay in the list
MOST = 200


@dataclass(frozen=True)
class Searcher:
    """The index together with the word lists and the known spellings."""

    index: Index
    lexicon: Lexicon
    spelling: Spelling


def searcher(documents: Sequence[Document], lexicon: Lexicon) -> Searcher:
    """Index the documents with the word lists, learning all spellings from both."""
    index = Index.build(documents, lexicon.rare)
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
    least = at_least_meant(engine.lexicon, query)
    outside = best_outside(engine.lexicon, query)
    if outside and max(alike.values(), default=0.0) < SURE and _leads_outside(outside, wishes, least):
        return Answer(note=outside.row.note, near=outside.row.codes)
    scored = _together(engine, alike, wishes)
    if max(scored.values(), default=0.0) < ACCEPTED:
        scored = _together(engine, alike, least)
    if allowed is not None:
        scored = {code: score for code, score in scored.items() if code in allowed}
    return _answer(scored)


def _leads_outside(outside: Elsewhere, wishes: Wishes, least: Wishes) -> bool:
    """Tell whether a query is about something else: most of it, or at least nothing else in it makes sense here."""
    if outside.share < wishes.share:
        return False
    return outside.share >= MOSTLY or not least.gains


def _together(engine: Searcher, alike: Mapping[str, float], wishes: Wishes) -> dict[str, float]:
    """Join likeness of wording and meaning of phrases into one score."""
    scored = dict(alike)
    for code, gain in wishes.gains.items():
        if code in engine.index.places:
            scored[code] = gain + 0.3 * alike.get(code, 0.0)
    return scored


def _alike(engine: Searcher, query: Query) -> dict[str, float]:
    """Score the procedures whose wording is like the query in any of its wordings."""
    scored: dict[str, float] = {}
    for wording in query.wordings:
        for place in engine.index.candidates(wording.features):
            entry = engine.index.entries[place]
            score = likeness(wording, entry)
            scored[entry.document.code] = max(score, scored.get(entry.document.code, 0.0))
    return scored


def _answer(scored: Mapping[str, float]) -> Answer:
    ranked = sorted(scored.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))
    if not ranked or ranked[0][1] < ACCEPTED:
        return Answer(note=NO_MATCH, near=tuple(code for code, score in ranked[:5] if score >= NEAR))
    floor = max(ranked[0][1] * TAIL, ACCEPTED * 0.6)
    return Answer(hits=tuple(Hit(code, score) for code, score in ranked[:MOST] if score >= floor))
