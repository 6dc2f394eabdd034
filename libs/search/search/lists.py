"""The word lists of the folder `lists`, read once: what people say, what it means, and what is not here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Self

import yaml

from search.answer import Note
from search.qualifiers import Qualifier
from search.words import Phrase, Text, read, runs, words

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WISHES = ("wishes-people", "wishes-things", "wishes-trades")


@dataclass(frozen=True)
class Wish:
    """Everyday phrases for one wish, and the procedures that fulfil it, best first."""

    phrases: tuple[Text, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outside:
    """Phrases for things that this catalogue cannot do, with the word to say about it."""

    phrases: tuple[Text, ...]
    note: Note
    codes: tuple[str, ...] = ()  # procedures that come near all the same


@dataclass(frozen=True)
class Wording:
    """What an expression is called officially, in one or several ways."""

    said: Text
    official: tuple[Text, ...]


@dataclass(frozen=True)
class Wordings:
    """Expressions with other words for them, and the most words one of them has."""

    rows: Mapping[Phrase, Wording]
    longest: int

    @classmethod
    def of(cls, *lists: Mapping[str, Any]) -> Self:
        """Read lists of expressions, each with one or several wordings."""
        rows = {words(str(said)): _wording(str(said), means) for one in lists for said, means in one.items()}
        return cls(rows, max(map(len, rows), default=0))


@dataclass(frozen=True)
class Lexicon:
    """All word lists, folded and ready to compare."""

    wishes: tuple[Wish, ...]
    outside: tuple[Outside, ...]
    wordings: Wordings
    english: Wordings  # English words and phrases alone
    stops: frozenset[str]  # English words that only fill, dropped from a query in English
    short: Wordings  # abbreviations and English words: nobody means them literally
    same: Wordings  # words that say the same in everyday speech
    light: Mapping[str, frozenset[str]]  # words about people, time and number, which matter little
    told: frozenset[str]  # words of telling a story that matter little when written with their marks
    fillers: Mapping[Phrase, tuple[Phrase, ...]]  # every way it is written with marks
    generic: Mapping[str, frozenset[str]]  # every way it is written with marks
    qualifiers: Mapping[str, Qualifier]
    starters: tuple[str, ...]

    @cached_property
    def said(self) -> frozenset[Phrase]:
        """Every phrase that stands for something, here or outside."""
        return frozenset(phrase.plain for phrase in self._sayings())

    @cached_property
    def longest(self) -> int:
        """The most words one expression has."""
        return max(len(phrase) for phrase in (*self.wordings.rows, *self.fillers, *self.said))

    def known(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is an everyday expression of the lists."""
        return phrase in self.wordings.rows or phrase in self.said

    def filling(self, text: Text) -> frozenset[int]:
        """Return the places of words that only fill: `tôi muốn`, `ở đâu`, but not `đỏ` in `sổ đỏ`."""
        found = runs(text.plain, self.longest)
        filling = {
            place
            for at, run in found
            if any(written_as(text.marked[at : at + len(run)], said) for said in self.fillers.get(run, ()))
            for place in range(at, at + len(run))
        }
        meant = {
            place
            for at, run in found
            if len(run) > 1 and self.known(run)
            for place in range(at, at + len(run))
        }
        return frozenset(filling - meant)

    def is_generic(self, text: Text, place: int) -> bool:
        """Tell whether a word is too general to search by alone."""
        said = self.generic.get(text.plain[place])
        return said is not None and (not text.accented or text.marked[place] in said)

    def _sayings(self) -> Iterator[Text]:
        for wish in self.wishes:
            yield from wish.phrases
        for outside in self.outside:
            yield from outside.phrases

    def phrases(self) -> Iterator[Phrase]:
        """Give every phrase of the lists, for learning the spelling from."""
        yield from (phrase.plain for phrase in self._sayings())
        yield from self.fillers
        yield from ((stop,) for stop in sorted(self.stops))
        for wording in self.wordings.rows.values():
            yield wording.said.plain
            yield from (official.plain for official in wording.official)


@cache
def lexicon() -> Lexicon:
    """Return the word lists that come with the library."""
    general = _listed("words")
    stops = frozenset(map(str, general["english"]))
    english = _with_short_forms(_listed("english"), stops)
    abbreviations = _listed("abbreviations")
    return Lexicon(
        wishes=tuple(
            Wish(_texts(row["say"]), tuple(row["mean"])) for name in WISHES for row in _listed(name)
        ),
        outside=tuple(_outside(row) for row in _listed("outside")),
        wordings=Wordings.of(_listed("everyday"), abbreviations, english),
        english=Wordings.of(english),
        stops=frozenset(word for stop in stops for word in words(stop)),
        short=Wordings.of(abbreviations, english),
        same=Wordings.of({one: group[0] for group in _listed("same") for one in group[1:]}),
        light=_generic(_texts(general["light"])),
        told=frozenset(word for text in _texts(general["told"]) for word in text.marked),
        fillers=_fillers(_texts(general["fillers"])),
        generic=_generic(_texts(general["generic"])),
        qualifiers={name: Qualifier.from_row(name, row) for name, row in _listed("qualifiers").items()},
        starters=tuple(general["starters"]),
    )


def _listed(name: str) -> Any:
    text = resources.files("search").joinpath("lists", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - the C twin of the safe loader


def _with_short_forms(english: Mapping[str, str], stops: frozenset[str]) -> dict[str, str]:
    """Return the English expressions, each without its filling words as well (`register a birth`)."""
    short = {" ".join(word for word in said.split() if word not in stops): said for said in map(str, english)}
    return {key: english[said] for key, said in short.items() if key} | dict(english)


def _texts(items: Iterable[Any]) -> tuple[Text, ...]:
    return tuple(read(str(item)) for item in items)


def written_as(marked: Phrase, said: Phrase) -> bool:
    """Tell whether an expression is written as it should be: without marks, or with its own; one slip in three."""
    wrong = sum(word != right and not word.isascii() for word, right in zip(marked, said, strict=True))
    return wrong <= len(said) // 3


def _fillers(texts: Iterable[Text]) -> dict[Phrase, tuple[Phrase, ...]]:
    written: dict[Phrase, tuple[Phrase, ...]] = {}
    for text in texts:
        written[text.plain] = (*written.get(text.plain, ()), text.marked)
    return written


def _generic(texts: Iterable[Text]) -> dict[str, frozenset[str]]:
    written: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for plain, marked in zip(text.plain, text.marked, strict=True):
            written[plain] |= {plain, marked}
    return {plain: frozenset(ways) for plain, ways in written.items()}


def _wording(said: str, means: str | list[str]) -> Wording:
    return Wording(read(said), _texts([means] if isinstance(means, str) else means))


def _outside(row: Mapping[str, Any]) -> Outside:
    note = Note(row["note"], row["vi"], row["en"])
    return Outside(_texts(row["say"]), note, tuple(row.get("near", ())))
