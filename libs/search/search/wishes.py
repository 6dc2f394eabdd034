"""What the everyday phrases in a query stand for, and whether they lead outside what can be found here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

from search.engine import Index
from search.lists import Lexicon, Outside, Wish
from search.query import FILLING, Query, Wording, alike, spelled_out
from search.words import Phrase, Text

LEAST_EXPLAINED = (
    0.4,
    0.25,
    0.2,
    0.2,
)  # share of the query that a phrase of so many words in one piece must explain
LEAST_SCATTERED = 0.42  # the same for its words standing apart
LEAST_HELD = 0.7  # share of a longer phrase that must be said
GENERAL = 0.5  # what a word too general to search by weighs in a phrase
WHOLE = 0.8  # the same for a short one, which may lack a filling word only
NEARLY = 0.7  # how well a phrase is said whose words stand in order, others between them
MOST_BETWEEN = 3
MOST = 40


@dataclass(frozen=True)
class Saying:
    """A phrase of the lists: what it stands for, and the differences it asks for itself."""

    text: Text
    row: Wish | Outside
    asked: frozenset[str]
    telling: tuple[float, ...] = ()  # how much each of its words tells; filling words next to nothing

    def held(self, said: Collection[str]) -> float:
        """Return which share of the phrase some words say."""
        words = zip(self.text.plain, self.telling, strict=True)
        return sum(telling for word, telling in words if word in said) / (sum(self.telling) or 1.0)


@dataclass(frozen=True)
class Meaning:
    """A phrase that the query says: how well it is said, and how much of the query it explains."""

    saying: Saying
    wording: Wording
    fit: float
    share: float

    @property
    def gain(self) -> float:
        """How much of the query it explains, and how well."""
        return self.fit * self.share


@dataclass(frozen=True)
class Sayings:
    """All everyday phrases as texts of an index of their own."""

    index: Index
    sayings: tuple[Saying, ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Self:
        """Index the phrases of the word lists."""
        rows: Iterable[Wish | Outside] = (*lexicon.wishes, *lexicon.outside)
        sayings = [one for row in rows for phrase in row.phrases for one in _sayings(lexicon, phrase, row)]
        index = Index.build([(saying.text, ()) for saying in sayings])
        told = (replace(saying, telling=_telling(lexicon, index, saying.text)) for saying in sayings)
        return cls(index, tuple(told))

    def meant(self, query: Query) -> list[Meaning]:
        """Return what the query says of the lists, the phrase that explains most first."""
        found: list[Meaning] = []
        for wording in query.sayable:
            for hit in self.index.find(wording.text, wording.weights, limit=MOST):
                if meaning := _meaning(wording, self.sayings[hit.place]):
                    found.append(meaning)
        return sorted(found, key=lambda one: -one.gain)


def _sayings(lexicon: Lexicon, phrase: Text, row: Wish | Outside) -> list[Saying]:
    """Return a phrase as it is written, and in words that stand for others: `lợn chết` and `heo chết`."""
    text = spelled_out(lexicon, phrase)
    asked = frozenset(one.name for one in lexicon.qualifiers.values() if one.asked(text))
    return [Saying(one, row, asked) for one in dict.fromkeys((alike(lexicon, text), text))]


def _telling(lexicon: Lexicon, index: Index, text: Text) -> tuple[float, ...]:
    filling = lexicon.filling(text)
    return tuple(
        index.weight(word)
        * (FILLING if place in filling else GENERAL if lexicon.is_generic(text, place) else 1.0)
        for place, word in enumerate(text.plain)
    )


def _meaning(wording: Wording, saying: Saying) -> Meaning | None:
    """Return how far a query says a phrase, nothing when it misses too much of it or explains too little."""
    phrase, said = saying.text.plain, wording.text.plain
    held = saying.held(wording.weights)
    if held < (LEAST_HELD if len(phrase) > 3 else WHOLE):
        return None
    order = _together(said, phrase)
    share = sum(telling for token, telling in zip(said, wording.telling, strict=True) if token in phrase)
    share /= wording.whole
    if share < (LEAST_EXPLAINED[min(len(phrase), 4) - 1] if order >= NEARLY else LEAST_SCATTERED):
        return None
    fit = held**2 * (0.6 + 0.4 * order) * _accents(wording.text, saying.text)
    return Meaning(saying, wording, fit, share)


def _together(said: Phrase, phrase: Phrase) -> float:
    """Return 1 when the query says the phrase in one piece, less the further its words stand apart."""
    if len(phrase) < 2 or f" {' '.join(phrase)} " in f" {' '.join(said)} ":
        return 1.0
    neighbours = set(pairwise(said))
    kept = sum(pair in neighbours for pair in pairwise(phrase)) / (len(phrase) - 1)
    return max(kept, NEARLY) if _in_order(said, phrase) else kept


def _in_order(said: Phrase, phrase: Phrase) -> bool:
    """Tell whether all words of a phrase are said in its order, with few others between them."""
    places: list[int] = []
    for token in phrase:
        after = places[-1] + 1 if places else 0
        if token not in said[after:]:
            return False
        places.append(said.index(token, after))
    return places[-1] - places[0] < len(phrase) + MOST_BETWEEN


def _accents(said: Text, phrase: Text) -> float:
    """Return 1 when the query writes the phrase's marks as they are or none at all, less the more are different."""
    written = {one for plain, one in zip(said.plain, said.marked, strict=True) if plain in phrase.plain}
    wrong = sum(not one.isascii() and one not in phrase.marked for one in written)
    return max(1.0 - wrong / len(phrase.marked), 0.2)
