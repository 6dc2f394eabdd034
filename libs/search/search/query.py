"""A query made ready: mended, cleared of filling words, put into official wordings, asked for its differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from regulation.text import fold

from search.engine import Index
from search.lists import Lexicon, Wordings, written_as
from search.spelling import Spelling
from search.words import Phrase, Text, is_syllable, read, runs

FILLING = 0.06  # share of its weight a filling word keeps
LIGHT = 0.4  # the same for words about people: `ông bà`, `vợ`, `cháu`
MOST_LETTERS = 300
MOST_WORDS = 40
MOST_CHOICES = 2
LEAST_SHARE = 0.5  # what a word of an official wording matters at least beside a word as typed


class Said(NamedTuple):
    """A text and how much each of its words matters."""

    text: Text
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Wording:
    """One way to say a query, how much each of its syllables matters, and how telling each is at its place."""

    text: Text
    weights: Mapping[str, float]
    telling: tuple[float, ...]
    asking: Mapping[str, frozenset[str]]  # the differences a word asks for

    @cached_property
    def whole(self) -> float:
        """How telling all of it is."""
        return sum(self.telling) or 1.0


@dataclass(frozen=True)
class Query:
    """What was asked: as typed and mended, in all its wordings, with the differences it asks for."""

    text: Text
    wordings: tuple[Wording, ...]
    sayable: tuple[Wording, ...]  # the same in the words of the lists of wishes
    asked: frozenset[str]
    vague: bool


def make_query(typed: str, lexicon: Lexicon, spelling: Spelling, names: Index) -> Query:
    """Read what somebody typed."""
    text = mended(_short(read(typed[:MOST_LETTERS])), spelling)
    plain = spelled_out(lexicon, text)
    as_typed = Said(plain, (1.0,) * len(plain.plain))
    official = [_replaced(lexicon.wordings, plain, choice) for choice in range(MOST_CHOICES)]
    same = [_replaced(lexicon.same, one.text, 0) for one in (as_typed, official[0])]
    wordings = tuple(_wording(lexicon, one, names) for one in dict.fromkeys([as_typed, *official]))
    sayable = tuple(_wording(lexicon, one, names) for one in dict.fromkeys([*same, as_typed]))
    asked = {name for wording in wordings for names_asked in wording.asking.values() for name in names_asked}
    asked |= {one.name for one in lexicon.qualifiers.values() if one.asked(text)}
    return Query(text, wordings, sayable, frozenset(asked), _vague(lexicon, text))


def _short(text: Text) -> Text:
    return Text(text.plain[:MOST_WORDS], text.marked[:MOST_WORDS], text.accented)


def mended(text: Text, spelling: Spelling) -> Text:
    """Return the text with slips of the finger mended; what was mended has lost its marks."""
    plain: list[str] = []
    marked: list[str] = []
    for token, written, better in zip(text.plain, text.marked, spelling.mend(text.plain), strict=True):
        plain += better
        marked += [written] if better == (token,) else better
    return Text(tuple(plain), tuple(marked), text.accented)


def _wording(lexicon: Lexicon, said: Said, names: Index) -> Wording:
    text, filling = said.text, lexicon.filling(said.text)
    matters = [
        FILLING if place in filling else share * _lightness(lexicon, text, place)
        for place, share in enumerate(said.shares)
    ]
    weights: dict[str, float] = {}
    for token, weight in zip(text.plain, matters, strict=True):
        weights[token] = max(weight, weights.get(token, 0.0))
    telling = (_telling(names, *word) for word in zip(text.plain, text.marked, strict=True))
    asking: dict[str, frozenset[str]] = {}
    for qualifier in lexicon.qualifiers.values():
        for word in qualifier.asked(text):
            asking[word] = asking.get(word, frozenset()) | {qualifier.name}
    told = tuple(one * weight for one, weight in zip(telling, matters, strict=True))
    return Wording(text, weights, told, asking)


def _lightness(lexicon: Lexicon, text: Text, place: int) -> float:
    """Return how much less than others a word about people, time or number matters."""
    plain, marked = text.plain[place], text.marked[place]
    light = lexicon.light.get(plain)
    if text.accented and marked in lexicon.told:
        return LIGHT
    return LIGHT if plain.isdigit() or (light is not None and (not text.accented or marked in light)) else 1.0


def _telling(names: Index, token: str, written: str) -> float:
    """Return how telling a word is; one whose marks nobody else writes tells more than the same without marks."""
    plain = names.weight(token)
    return plain if written.isascii() else max(plain, names.weight(written))


def _vague(lexicon: Lexicon, text: Text) -> bool:
    """Tell whether nothing but polite and general words is left."""
    if any(lexicon.known(run) for _, run in runs(text.plain, lexicon.longest)):
        return False
    filling = lexicon.filling(text)
    kept = [place for place in range(len(text.plain)) if place not in filling]
    return all(len(text.plain[place]) < 2 or lexicon.is_generic(text, place) for place in kept)


def alike(lexicon: Lexicon, text: Text) -> Text:
    """Return a text with words that say the same put as one: `rơi`, `rớt`, `làm mất` as `mất`."""
    return _replaced(lexicon.same, text, 0).text


def spelled_out(lexicon: Lexicon, text: Text) -> Text:
    """Return a text with its abbreviations and English words put into Vietnamese."""
    return _replaced(lexicon.short, without_stops(lexicon, text), 0).text


def without_stops(lexicon: Lexicon, text: Text) -> Text:
    """Return a text that says something in English without the words that only fill; any other as it is."""
    if text.accented or not any(run in lexicon.english.rows for _, run in runs(text.plain, lexicon.longest)):
        return text
    said = {
        place
        for at, run in runs(text.plain, lexicon.english.longest)
        if len(run) > 1 and run in lexicon.english.rows
        for place in range(at, at + len(run))
    }
    kept = tuple(word for place, word in enumerate(text.plain) if place in said or word not in lexicon.stops)
    return Text(kept, kept, text.accented)


def _replaced(wordings: Wordings, text: Text, choice: int) -> Said:
    """Replace the longest known expressions, each by its official wording of that number."""
    taken: dict[int, tuple[int, Text]] = {}
    covered: set[int] = set()
    for at, run in runs(text.plain, wordings.longest):
        wording = wordings.rows.get(run)
        places = range(at, at + len(run))
        if wording is None or covered.intersection(places):
            continue
        if _means(text.marked[at : at + len(run)], wording.said.marked):
            covered.update(places)
            taken[at] = (len(run), wording.official[min(choice, len(wording.official) - 1)])
    return _rebuilt(text, taken)


def _means(written: Phrase, said: Phrase) -> bool:
    """Tell whether an expression stands there; `xe` is not `xẻ`, and one syllable without marks may be anything."""
    if len(said) == 1 and is_syllable(fold(said[0])):
        return written == said
    return written_as(written, said)


def _rebuilt(text: Text, taken: Mapping[int, tuple[int, Text]]) -> Said:
    """Put the official wordings in; together they matter little more than the words they replace."""
    plain: list[str] = []
    marked: list[str] = []
    shares: list[float] = []
    at = 0
    while at < len(text.plain):
        size, official = taken.get(at, (1, None))
        plain += official.plain if official else [text.plain[at]]
        marked += official.marked if official else [text.marked[at]]
        shares += (
            [max(LEAST_SHARE, min(1.0, size / len(official.plain)))] * len(official.plain)
            if official
            else [1.0]
        )
        at += size
    return Said(Text(tuple(plain), tuple(marked if text.accented else plain), text.accented), tuple(shares))
