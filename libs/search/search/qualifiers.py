"""Words that make the difference (`lại`, `rút`, `lưu động`, `không phải`): no popular neighbour outweighs them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from search.words import Phrase, Text, read


@dataclass(frozen=True)
class Expressions:
    """Some expressions, ready to be looked for in a text with marks and in one without; each with its bare words."""

    marked: tuple[tuple[str, Phrase], ...]
    plain: tuple[tuple[str, Phrase], ...]  # one syllable alone says too little without its marks
    some_marked: re.Pattern[str]  # finds whether any of them stands there, for most texts say none
    some_plain: re.Pattern[str]

    @classmethod
    def of(cls, items: Iterable[Any]) -> Self:
        """Read expressions as they are written in the lists."""
        texts = [read(str(item)) for item in items]
        told = [text for text in texts if len(text.plain) > 1 or text.plain == text.marked]
        marked = tuple((_line(text.marked), text.plain) for text in texts)
        plain = tuple((_line(text.plain), text.plain) for text in told)
        return cls(marked, plain, _some(marked), _some(plain))

    def within(self, text: Text) -> tuple[tuple[str, Phrase], ...]:
        """Return the expressions in the way the text is written."""
        return self.marked if text.accented else self.plain

    def stand_in(self, line: str, text: Text) -> bool:
        """Tell whether any expression stands in the line of a text."""
        return (self.some_marked if text.accented else self.some_plain).search(line) is not None


@dataclass(frozen=True)
class Qualifier:
    """One difference: the words of a name that state it, the words of a query that ask for it, and what each costs.

    `unasked` is what a name that states it keeps when nobody asked for it, `missing` what a name without it keeps
    when somebody did. A trait of the thing (its level) states it as well as words do.
    """

    name: str
    states: Expressions
    asks: Expressions
    never: Expressions  # expressions that contain the words and mean something else
    traits: frozenset[str]
    unasked: float
    missing: float

    @classmethod
    def from_row(cls, name: str, row: Mapping[str, Any]) -> Self:
        """Read a row of `qualifiers.yaml`; what a name states asks for it too, unless `asks` says otherwise."""
        states = row.get("states", ())
        return cls(
            name=name,
            states=Expressions.of(states),
            asks=Expressions.of(row.get("asks", states)),
            never=Expressions.of(row.get("never", ())),
            traits=frozenset(row.get("traits", ())),
            unasked=float(row.get("unasked", 1.0)),
            missing=float(row.get("missing", 1.0)),
        )

    def stated(self, name: Text) -> bool:
        """Tell whether the words of a name state it."""
        return bool(self._said(name, self.states))

    def asked(self, query: Text) -> frozenset[str]:
        """Return the bare words by which a query asks for it, none when it does not."""
        return self._said(query, self.asks)

    def _said(self, text: Text, expressions: Expressions) -> frozenset[str]:
        said = _line(text.marked if text.accented else text.plain)
        if not expressions.stand_in(said, text):
            return frozenset()
        within = expressions.within(text)
        for line, _ in self.never.within(text):
            said = said.replace(line, " | ")
        return frozenset(word for line, phrase in within if line in said for word in phrase)


def _some(expressions: Iterable[tuple[str, Phrase]]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(line) for line, _ in expressions) or r"(?!)")


def _line(tokens: Phrase) -> str:
    return f" {' '.join(tokens)} "
