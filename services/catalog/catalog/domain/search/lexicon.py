"""The curated word lists: everyday words, what they mean, and what is no procedure at all."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from catalog.domain.search.answer import Note
from catalog.domain.search.words import Phrase, runs, words


@dataclass(frozen=True)
class Intent:
    """Everyday phrases for one wish, and the procedures that fulfil it, best first."""

    phrases: tuple[Phrase, ...]
    loose: tuple[frozenset[str], ...]  # the same phrases without filling words, in any order
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outside:
    """Phrases for things that this catalogue cannot do, with the word to say about it."""

    phrases: tuple[Phrase, ...]
    note: Note
    codes: tuple[str, ...] = ()  # procedures that come near all the same


@dataclass(frozen=True)
class Lexicon:
    """All word lists, folded and ready to compare."""

    intents: tuple[Intent, ...]
    said: Mapping[Phrase, tuple[Intent, ...]]
    scattered: Mapping[str, tuple[tuple[frozenset[str], Intent], ...]]  # loose phrases by one of their words
    expansions: Mapping[Phrase, tuple[Phrase, ...]]
    outside: Mapping[Phrase, Outside]
    fillers: frozenset[Phrase]
    generic: frozenset[str]
    rare: tuple[Phrase, ...]
    starters: tuple[str, ...]
    longest: int

    @classmethod
    def from_lists(cls, lists: Mapping[str, Any]) -> Self:
        """Build the lexicon from the lists as they are written in the data files."""
        fillers = frozenset(words(item) for item in lists["fillers"])
        intents = tuple(_intent(row, fillers) for row in lists["intents"])
        said = _by_phrase(intents)
        outside = {words(item): _outside(row) for row in lists["outside"] for item in row["say"]}
        expansions = {words(item): _official(means) for item, means in lists["expansions"].items()}
        return cls(
            intents=intents,
            said=said,
            scattered=_by_word(intents),
            expansions=expansions,
            outside=outside,
            fillers=fillers,
            generic=frozenset(word for item in lists["generic"] for word in words(item)),
            rare=tuple(words(item) for item in lists["rare"]),
            starters=tuple(lists["starters"]),
            longest=max(len(phrase) for phrase in (*said, *expansions, *outside, *fillers)),
        )

    def known(self, phrase: Phrase) -> bool:
        """Tell whether the phrase is an everyday or official expression of the lists."""
        return phrase in self.said or phrase in self.expansions

    def filling(self, tokens: Phrase) -> frozenset[int]:
        """Return the places of words that only fill: `tôi muốn`, `ở đâu`, but not `đỏ` in `sổ đỏ`."""
        found = runs(tokens, self.longest)
        filling = {place for at, run in found if run in self.fillers for place in range(at, at + len(run))}
        meant = {
            place
            for at, run in found
            if len(run) > 1 and self.known(run)
            for place in range(at, at + len(run))
        }
        return frozenset(filling - meant)

    def phrases(self) -> Iterator[Phrase]:
        """Give every phrase of the lists, for learning the spelling from."""
        yield from self.said
        yield from self.outside
        yield from self.fillers
        for item, official in self.expansions.items():
            yield item
            yield from official


def _intent(row: Mapping[str, Any], fillers: frozenset[Phrase]) -> Intent:
    phrases = tuple(words(item) for item in row["say"])
    loose = []
    for phrase in phrases:
        kept = frozenset(word for word in phrase if (word,) not in fillers)
        loose.append(kept or frozenset(phrase))
    return Intent(phrases, tuple(loose), tuple(row["mean"]))


def _by_phrase(intents: tuple[Intent, ...]) -> dict[Phrase, tuple[Intent, ...]]:
    said: dict[Phrase, list[Intent]] = defaultdict(list)
    for intent in intents:
        for phrase in dict.fromkeys(intent.phrases):
            said[phrase].append(intent)
    return {phrase: tuple(rows) for phrase, rows in said.items()}


def _by_word(intents: tuple[Intent, ...]) -> dict[str, tuple[tuple[frozenset[str], Intent], ...]]:
    """File each loose phrase under its rarest word, so that a query looks at few of them."""
    pairs = [(phrase, intent) for intent in intents for phrase in dict.fromkeys(intent.loose)]
    seen = Counter(word for phrase, _ in pairs for word in phrase)
    filed: dict[str, list[tuple[frozenset[str], Intent]]] = defaultdict(list)
    for phrase, intent in pairs:
        filed[min(phrase, key=lambda word: (seen[word], word))].append((phrase, intent))
    return {word: tuple(rows) for word, rows in filed.items()}


def _official(means: str | list[str]) -> tuple[Phrase, ...]:
    return tuple(words(item) for item in ([means] if isinstance(means, str) else means))


def _outside(row: Mapping[str, Any]) -> Outside:
    note = Note(row["note"], row["vi"], row["en"])
    return Outside(tuple(words(item) for item in row["say"]), note, tuple(row.get("near", ())))
