"""The kept engine (Tantivy) behind one small door: syllables with and without marks and their pairs, ranked by BM25."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import NamedTuple

import tantivy

from search.words import Text, pairs

MARKED = 0.25  # how much a syllable counts again when its marks agree too
PAIR = 0.7  # how much two neighbours count beside each of them
MORE = 0.45  # how much a word counts that stands beside the name only
UNKNOWN = 0.4  # weight of a syllable that stands nowhere, as a share of the rarest one's
HEAP = 50_000_000  # bytes to write with; what does not fit begins another segment
REMEMBERED = 50_000
FIELDS = {"name": 1.0, "more": MORE}
FACET, PLACE = "facet", "place"


class Found(NamedTuple):
    """A text found: its place, and its BM25 score as a share of what the query could have reached."""

    place: int
    fit: float


@dataclass(frozen=True)
class Index:
    """Texts in memory, each with a name and more words beside it; built once, then only asked."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    size: int
    _rare: dict[tuple[str, str], float] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict)

    @classmethod
    def build(
        cls, texts: Iterable[tuple[Text, Sequence[Text]]], facets: Iterable[Iterable[str]] = ()
    ) -> "Index":
        """Index the texts in their order: about 0.1 s for 2,600 of them; `facets` say what each may be narrowed by.

        They are taken one by one, so that whoever gives them need not hold them all.
        """
        builder = tantivy.SchemaBuilder()
        for where in FIELDS:
            builder.add_text_field(where, tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(FACET, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field(PLACE, fast=True)
        schema = builder.build()
        index = tantivy.Index(schema)
        writer, size = index.writer(HEAP, 1), 0
        for (name, more), narrowing in zip(texts, chain(facets, repeat(()))):  # noqa: B905 - the second has no end
            said = " ".join(word for text in more for word in _features(text))
            one = tantivy.Document(
                name=" ".join(_features(name)), more=said, facet=list(narrowing), place=size
            )
            writer.add_document(one)
            size += 1
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(schema, index.searcher(), size)

    @property
    def unknown(self) -> float:
        """The weight of a syllable that stands nowhere."""
        return UNKNOWN * math.log(2 * self.size + 2)

    def weight(self, token: str) -> float:
        """Return how telling a syllable is: BM25's own measure of rareness."""
        known = self._weights.get(token)
        if known is None:
            known = min(
                filter(None, (self._rareness(where, token) for where in FIELDS)), default=self.unknown
            )
            if len(self._weights) < REMEMBERED:
                self._weights[token] = known
        return known

    def find(
        self, wording: Text, weights: Mapping[str, float], limit: int = 50, within: Iterable[str] = ()
    ) -> list[Found]:
        """Return the texts most like a wording, best first; `weights` says how much each plain syllable matters.

        Only texts that have every facet of `within` are looked at.
        """
        clauses, ideal = [], 0.0
        for term, boost in _asked(wording, weights).items():
            rare = {where: self._rareness(where, term) for where in FIELDS}
            clauses += [self._clause(where, term, boost) for where in FIELDS if rare[where]]
            reachable = max(FIELDS[where] * rare[where] for where in FIELDS)
            ideal += boost * (reachable or (0.0 if "_" in term or not term.isascii() else self.unknown))
        if not clauses:
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        if narrowing := [self._narrowed(facet) for facet in within]:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (query, *narrowing)])
        hits = self.searcher.search(query, limit=limit, count=False).hits
        places = self.searcher.fast_field_values(PLACE, [address for _, address in hits])
        return [Found(int(place or 0), score / ideal) for (score, _), place in zip(hits, places, strict=True)]

    def _clause(self, where: str, term: str, boost: float) -> tantivy.Query:
        wanted = tantivy.Query.term_query(self.schema, where, term, "freq")
        return tantivy.Query.boost_query(wanted, boost * FIELDS[where])

    def _narrowed(self, facet: str) -> tantivy.Query:
        """Ask for a facet; it says nothing of how well a text fits."""
        return tantivy.Query.const_score_query(
            tantivy.Query.term_query(self.schema, FACET, facet, "basic"), 0.0
        )

    def _rareness(self, where: str, term: str) -> float:
        """Return BM25's weight of a term, 0 for one that stands nowhere; asked of the engine once."""
        known = self._rare.get((where, term))
        if known is None:
            seen = self.searcher.doc_freq(where, term)
            known = math.log(1 + (self.size - seen + 0.5) / (seen + 0.5)) if seen else 0.0
            if len(self._rare) < REMEMBERED:
                self._rare[where, term] = known
        return known


def _features(text: Text) -> list[str]:
    marked = [word for word in text.marked if not word.isascii()]
    return [*text.plain, *pairs(text.plain), *marked]


def _asked(wording: Text, weights: Mapping[str, float]) -> dict[str, float]:
    """Return every syllable, pair and marked syllable of a wording with its boost."""
    asked = {word: weights.get(word, 1.0) for word in wording.plain}
    for pair in pairs(wording.plain):
        asked[pair] = PAIR * min(asked[word] for word in pair.split("_"))
    if wording.accented:
        for plain, marked in zip(wording.plain, wording.marked, strict=True):
            if not marked.isascii():
                asked[marked] = MARKED * asked[plain]
    return asked
