"""What can be found: things as search needs them, and the shelf they stand on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from search.engine import Index
from search.qualifiers import Qualifier
from search.words import Phrase, Text, taken_apart

POLITE = ("thu", "tuc")  # "Thủ tục …": nobody types it, and half of the names begin with it


@dataclass(frozen=True)
class Findable:
    """One thing to find; `common` marks what citizens ask for most, `traits` are facts such as its levels."""

    code: str
    name: str
    more: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()  # codes it is found by as well: its result documents
    common: bool = False
    offered: bool = False
    facets: frozenset[str] = frozenset()  # by what a search may be narrowed, inside the engine


@dataclass(frozen=True)
class Entry:
    """A thing taken apart: its words, the differences it states, how readily it comes up."""

    thing: Findable
    name: Text
    tokens: frozenset[str]
    marks: frozenset[str]
    beside: str  # the words beside the name, each once, with a blank before and after each
    kinds: frozenset[str]
    unasked: frozenset[str]
    prior: float
    mass: float = 1.0  # how telling all words of the name are together


@dataclass(frozen=True)
class Shelf:
    """All things with the index of their words; exact names and result codes are looked up at once."""

    entries: tuple[Entry, ...]
    index: Index
    places: Mapping[str, int]
    titles: Mapping[Phrase, tuple[str, ...]]
    marks: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, things: Sequence[Findable], qualifiers: Collection[Qualifier]) -> Self:
        """Put the things on the shelf, one by one: about half a second for 2,600 of them.

        The words beside a name are indexed and not kept.
        """
        taken: list[Entry] = []

        def texts() -> Iterator[tuple[Text, Sequence[Text]]]:
            for thing in things:
                more = [taken_apart(text) for text in thing.more]
                taken.append(_entry(replace(thing, more=()), more, qualifiers))
                yield taken[-1].name, more

        index = Index.build(texts(), (sorted(thing.facets) for thing in things))
        entries = tuple(
            replace(entry, mass=sum(index.weight(token) for token in entry.tokens) or 1.0) for entry in taken
        )
        titles: dict[Phrase, list[str]] = defaultdict(list)
        marks: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            titles[title(entry.name)].append(entry.thing.code)
            for mark in dict.fromkeys(entry.thing.marks):
                marks[mark].append(entry.thing.code)
        return cls(
            entries,
            index,
            {entry.thing.code: place for place, entry in enumerate(entries)},
            {phrase: tuple(codes) for phrase, codes in titles.items()},
            {mark: tuple(codes) for mark, codes in marks.items()},
        )

    def named(self, text: Text) -> tuple[str, ...]:
        """Return the things with exactly this name, those whose marks agree too first."""
        codes = self.titles.get(title(text), ())
        same = [code for code in codes if self.entries[self.places[code]].name.marked == text.marked]
        return (*same, *(code for code in codes if code not in same))


def title(text: Text) -> Phrase:
    """Return the words of a name without the polite beginning, by which it is looked up."""
    return text.plain[2:] if text.plain[:2] == POLITE else text.plain


def _entry(thing: Findable, more: Sequence[Text], qualifiers: Collection[Qualifier]) -> Entry:
    name = taken_apart(thing.name)
    stated = frozenset(one.name for one in qualifiers if one.stated(name))
    level = 1.06 if "commune" in thing.traits else 1.0 if "province" in thing.traits else 0.92
    return Entry(
        thing=thing,
        name=name,
        tokens=frozenset(name.plain),
        marks=frozenset(name.marked),
        beside=f" {' '.join({word for text in more for word in text.plain})} ",
        kinds=stated | {one.name for one in qualifiers if one.traits & thing.traits},
        unasked=stated,
        prior=level * (1.08 if thing.common else 1.0) * (1.03 if thing.offered else 1.0),
    )
