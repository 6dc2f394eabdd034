"""The search itself: look up what is exact, weigh names and wishes, keep to the differences, refuse to guess."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from search.answer import NO_CODE, NO_MATCH, TOO_VAGUE, Answer, Hit
from search.lists import Lexicon, Outside, Wish
from search.query import Query, Wording, make_query
from search.shelf import Entry, Findable, Shelf
from search.spelling import Spelling
from search.wishes import Meaning, Sayings
from search.words import Phrase, code_in, read, result_in, typed

ACCEPTED = 0.40  # below this a likeness is a coincidence
NEAR = 0.25  # worth offering as "did you mean"
SURE = 0.80  # above this the words are those of an official name, whatever else they remind of
CLEARLY = 1.25  # how much more of the query a phrase from outside must explain than one from here
TAIL = 0.45  # share of the best score a hit needs to stay in the list
MOST = 200
RANK = 0.93  # each further thing of a wish counts a little less
WRITTEN = 0.3  # how much a word explains that is written with other marks
STATED = 0.7  # how much a word explains whose difference the name states in other words
BESIDE = 0.6  # how much a word explains that stands beside the name only
EXACT = 3.0
AGREED = 1.1  # what a telling difference gains that was asked for and is stated
TELLING = 0.8
OWN = 0.1  # how much its name adds to what a phrase gains a thing
ALSO = 0.5  # how much the words count that a wish leaves over and the name of its procedure says
LIKE = 0.5  # how much the engine's own score tells beside the share of the query explained
PRECISE = 0.25  # how much it tells that the query says the whole name


@dataclass(frozen=True)
class Scope:
    """Among what is looked: these codes, things with these facets; and how many the engine looks at."""

    allowed: frozenset[str] | None
    within: frozenset[str]
    most: int


@dataclass(frozen=True)
class Searcher:
    """Everything needed to answer; built once from the things and the word lists, then only asked."""

    shelf: Shelf
    sayings: Sayings
    lexicon: Lexicon
    spelling: Spelling

    @classmethod
    def of(cls, things: Sequence[Findable], lexicon: Lexicon) -> Self:
        """Index the things with the word lists, learning all spellings from both."""
        shelf = Shelf.of(things, lexicon.qualifiers.values())
        phrases = [*(entry.name.plain for entry in shelf.entries), *lexicon.phrases()]
        return cls(shelf, Sayings.of(lexicon), lexicon, Spelling.build(phrases))

    def find(
        self,
        text: str,
        allowed: frozenset[str] | None = None,
        *,
        within: frozenset[str] = frozenset(),
        most: int = 50,
    ) -> Answer:
        """Find what somebody means, best first; `allowed` narrows the answer to these codes.

        `within` narrows it inside the engine to things that have these facets, so that what fits is found however
        much else fits better; the engine looks at the `most` best for each wording.

        Source: R-TRK-11
        """
        text = typed(text)
        if (code := code_in(text)) is not None:
            return Answer(hits=(Hit(code, EXACT),)) if code in self.shelf.places else Answer(note=NO_CODE)
        if (mark := result_in(text)) is not None:
            codes = self.shelf.marks.get(mark, ())
            return Answer(hits=tuple(Hit(code, EXACT) for code in codes)) if codes else Answer(note=NO_CODE)
        exact = self.shelf.named(read(text))
        query = make_query(text, self.lexicon, self.spelling, self.shelf.index)
        if query.vague and not exact:
            return Answer(note=TOO_VAGUE, starters=self.lexicon.starters)
        return self._found(query, exact, Scope(allowed, within, most))

    def _found(self, query: Query, exact: Sequence[str], scope: Scope) -> Answer:
        alike = self._alike(query, scope)
        meanings = self.sayings.meant(query)
        best = max(alike.values(), default=0.0)
        if not exact and (row := _outside(meanings, best)) is not None:
            return Answer(note=row.note, near=tuple(code for code in row.codes if code in self.shelf.places))
        scored = self._together(query, alike, meanings)
        for rank, code in enumerate(exact):
            scored[code] = EXACT - rank / 100
        return _answer({code: score for code, score in scored.items() if self._holds(scope, code)})

    def _holds(self, scope: Scope, code: str) -> bool:
        """Tell whether a thing is among those asked for."""
        if scope.allowed is not None and code not in scope.allowed:
            return False
        return not scope.within or scope.within <= self.shelf.entries[self.shelf.places[code]].thing.facets

    def _alike(self, query: Query, scope: Scope) -> dict[str, float]:
        """Score the things by how well the engine finds their names in any wording of the query."""
        scored: dict[str, float] = {}
        for wording in query.wordings:
            for hit in self.shelf.index.find(wording.text, wording.weights, scope.most, scope.within):
                entry = self.shelf.entries[hit.place]
                covered = _covered(wording, entry)
                whole = min(covered * wording.whole / entry.mass, 1.0)
                fit = min(hit.fit, 1.2) ** LIKE * covered * (1 - PRECISE + PRECISE * whole)
                fit *= self._kept(entry, query.asked) * self._unasked(entry, query.asked) * entry.prior
                scored[entry.thing.code] = max(fit, scored.get(entry.thing.code, 0.0))
        return scored

    def _kept(self, entry: Entry, asked: frozenset[str]) -> float:
        """Return what remains of a score after the differences that were asked for and are not stated."""
        differences = self.lexicon.qualifiers
        kept = math.prod(differences[name].missing for name in asked - entry.kinds)
        return kept * AGREED ** sum(differences[name].missing < TELLING for name in asked & entry.kinds)

    def _unasked(self, entry: Entry, asked: frozenset[str]) -> float:
        """Return what remains of a score after the differences that are stated and nobody asked for."""
        return math.prod(self.lexicon.qualifiers[name].unasked for name in entry.unasked - asked)

    def _together(
        self, query: Query, alike: Mapping[str, float], meanings: Iterable[Meaning]
    ) -> dict[str, float]:
        """Join likeness of names and meaning of phrases into one score."""
        scored = dict(alike)
        for meaning in meanings:
            if not isinstance(meaning.saying.row, Wish):
                continue
            for rank, code in enumerate(meaning.saying.row.codes):
                if (place := self.shelf.places.get(code)) is not None:
                    gain = self._gain(meaning, self.shelf.entries[place], query) * RANK**rank
                    scored[code] = max(gain + OWN * alike.get(code, 0.0), scored.get(code, 0.0))
        return scored

    def _gain(self, meaning: Meaning, entry: Entry, query: Query) -> float:
        """Return what a phrase gains a thing; its name may explain what the phrase leaves over."""
        both = _covered(meaning.wording, entry, meaning.saying.text.plain)
        share = meaning.share + ALSO * max(both - meaning.share, 0.0)
        return (0.35 + 0.85 * share) * meaning.fit * self._kept(entry, query.asked - meaning.saying.asked)


def _covered(wording: Wording, entry: Entry, said: Phrase = ()) -> float:
    """Return which share of a wording is explained, by a phrase of the lists, the name or beside it."""
    explained = 0.0
    words = zip(wording.text.plain, wording.text.marked, wording.telling, strict=True)
    for token, written, telling in words:
        if token in said:
            explained += telling
        elif token in entry.tokens:
            explained += telling if written.isascii() or written in entry.marks else WRITTEN * telling
        elif f" {token} " in entry.beside:
            explained += BESIDE * telling
        elif entry.kinds & wording.asking.get(token, frozenset()):
            explained += STATED * telling
    return explained / wording.whole


def _outside(meanings: Sequence[Meaning], alike: float) -> Outside | None:
    """Return what the query is about when its best explained phrase leads outside and no name is surely meant."""
    away = next((one for one in meanings if isinstance(one.saying.row, Outside)), None)
    here = next((one for one in meanings if isinstance(one.saying.row, Wish)), None)
    if away is None or not isinstance(away.saying.row, Outside):
        return None
    if alike > max(SURE, 1.2 * away.share) or (here is not None and CLEARLY * here.gain > away.gain):
        return None
    return away.saying.row


def _answer(scored: Mapping[str, float]) -> Answer:
    ranked = sorted(scored.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))
    if not ranked or ranked[0][1] < ACCEPTED:
        return Answer(note=NO_MATCH, near=tuple(code for code, score in ranked[:5] if score >= NEAR))
    floor = max(min(ranked[0][1], 1.5) * TAIL, ACCEPTED * 0.6)
    return Answer(hits=tuple(Hit(code, score) for code, score in ranked[:MOST] if score >= floor))
