"""The kinds of value a profile entry may have, each reading itself from its place in the YAML file."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Protocol

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from regulation.codes import CodePattern, PatternRefusedError
from regulation.profiles.limits import Limit

Value = str | bool | int | Decimal | dt.date | Limit | tuple[str, ...] | Mapping[str, object] | None

_NOTHING = frozenset({"", "~", "null"})


class WrongTypeError(ValueError):
    """The value written in the file is not of the kind the schema names for its key."""

    def __init__(self, expected: str, node: Node) -> None:
        super().__init__(expected)
        self.expected = expected
        self.line = node.start_mark.line + 1


class Kind(Protocol):
    """One kind of value: how it is read, and how it is named to the person who wrote it wrongly."""

    @property
    def name(self) -> str: ...

    def read(self, node: Node) -> Value:
        """Read the value of one YAML node. Raises: WrongTypeError."""
        ...


def _plain(kind: Kind, node: Node) -> str:
    if not isinstance(node, ScalarNode) or (node.style is None and node.value in _NOTHING):
        raise WrongTypeError(kind.name, node)
    return str(node.value)


@dataclass(frozen=True)
class Text:
    """Free text, or text of one pattern."""

    pattern: str = r"(?s).*\S.*"
    name: str = "a text"

    def read(self, node: Node) -> str:
        """Read a text. Raises: WrongTypeError."""
        written = _plain(self, node)
        if re.fullmatch(self.pattern, written) is None:
            raise WrongTypeError(self.name, node)
        return written


@dataclass(frozen=True)
class DossierCodePattern:
    """A pattern of dossier codes that can be written and read back."""

    name: str = "a pattern with {agency}, {yymmdd} and {serial}, once each and apart"

    def read(self, node: Node) -> str:
        """Read a pattern. Raises: WrongTypeError."""
        try:
            return CodePattern.compile(_plain(self, node)).pattern
        except PatternRefusedError:
            raise WrongTypeError(self.name, node) from None


@dataclass(frozen=True)
class Flag:
    """Yes or no, written `true` or `false`."""

    name: str = "true or false"

    def read(self, node: Node) -> bool:
        """Read `true` or `false`. Raises: WrongTypeError."""
        written = _plain(self, node)
        if written not in {"true", "false"}:
            raise WrongTypeError(self.name, node)
        return written == "true"


@dataclass(frozen=True)
class Number:
    """A whole number between two bounds, both included."""

    low: int
    high: int

    @property
    def name(self) -> str:
        """Name the bounds."""
        return f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node) -> int:
        """Read a whole number. Raises: WrongTypeError."""
        written = _plain(self, node)
        if re.fullmatch(r"\d{1,6}", written) is None or not self.low <= int(written) <= self.high:
            raise WrongTypeError(self.name, node)
        return int(written)


@dataclass(frozen=True)
class Percent:
    """A share of a hundred, written `99.5 %`."""

    name: str = "a percentage such as 99.5 %"

    def read(self, node: Node) -> Decimal:
        """Read a percentage; the answer is its number. Raises: WrongTypeError."""
        match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?) %", _plain(self, node))
        if match is None or Decimal(match[1]) > 100:
            raise WrongTypeError(self.name, node)
        return Decimal(match[1])


@dataclass(frozen=True)
class Day:
    """A calendar date, written 2020-05-28."""

    name: str = "a date such as 2020-05-28"

    def read(self, node: Node) -> dt.date:
        """Read an ISO date. Raises: WrongTypeError."""
        try:
            return dt.date.fromisoformat(_plain(self, node))
        except ValueError:
            raise WrongTypeError(self.name, node) from None


@dataclass(frozen=True)
class Choice:
    """Exactly one of the named options."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the options."""
        return "one of " + ", ".join(self.options)

    def read(self, node: Node) -> str:
        """Read one option. Raises: WrongTypeError."""
        written = _plain(self, node)
        if written not in self.options:
            raise WrongTypeError(self.name, node)
        return written


@dataclass(frozen=True)
class Listing:
    """A list of named tokens in order; a token may carry a qualifier after `@`."""

    options: tuple[str, ...]
    qualifiers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the tokens and the qualifiers."""
        after = f", each optionally with @ and one of {', '.join(self.qualifiers)}" if self.qualifiers else ""
        return f"a list of {', '.join(self.options)}{after}"

    def read(self, node: Node) -> tuple[str, ...]:
        """Read a list without repetition. Raises: WrongTypeError."""
        if not isinstance(node, SequenceNode):
            raise WrongTypeError(self.name, node)
        tokens = tuple(self._token(item) for item in node.value)
        if len(set(tokens)) != len(tokens):
            raise WrongTypeError("a list without repetition", node)
        return tokens

    def _token(self, node: Node) -> str:
        written = _plain(self, node)
        token, _, qualifier = written.partition("@")
        if token not in self.options or ("@" in written and qualifier not in self.qualifiers):
            raise WrongTypeError(self.name, node)
        return written


@dataclass(frozen=True)
class Periods:
    """The working periods of one weekday in order, as `07:30-11:30`; an empty list is a day off."""

    name: str = 'periods in order such as ["07:30-11:30", "13:30-17:30"]'

    def read(self, node: Node) -> tuple[str, ...]:
        """Read periods that follow one another. Raises: WrongTypeError."""
        if not isinstance(node, SequenceNode):
            raise WrongTypeError(self.name, node)
        periods = tuple(_plain(self, item) for item in node.value)
        clock = r"(?:[01]\d|2[0-3]):[0-5]\d"
        if not all(re.fullmatch(f"{clock}-{clock}", period) for period in periods):
            raise WrongTypeError(self.name, node)
        edges = [edge for period in periods for edge in period.split("-")]
        if any(later <= earlier for earlier, later in pairwise(edges)):
            raise WrongTypeError(self.name, node)
        return periods


@dataclass(frozen=True)
class TimeLimit:
    """A time limit: a duration with its start, or a word."""

    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the shape and the words allowed here."""
        return "a duration such as 4 wh" + "".join(f" or {word}" for word in self.words)

    def read(self, node: Node) -> Limit:
        """Read a limit. Raises: WrongTypeError."""
        written = _plain(self, node)
        try:
            limit = Limit.parse(written)
        except ValueError:
            raise WrongTypeError(self.name, node) from None
        if limit.word is not None and limit.word not in self.words:
            raise WrongTypeError(self.name, node)
        return limit


@dataclass(frozen=True)
class Record:
    """A fixed set of named fields, every one of them present."""

    fields: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name the fields."""
        return "the fields " + ", ".join(self.fields)

    def read(self, node: Node) -> Mapping[str, object]:
        """Read every field. Raises: WrongTypeError."""
        if not isinstance(node, MappingNode):
            raise WrongTypeError(self.name, node)
        nodes = {key.value: value for key, value in node.value}
        if set(nodes) != set(self.fields) or len(node.value) != len(nodes):
            raise WrongTypeError(self.name, node)
        return MappingProxyType({key: kind.read(nodes[key]) for key, kind in self.fields.items()})


@dataclass(frozen=True)
class Maybe:
    """A kind that may also be `null`: the regulation gives no value, or the key does not apply."""

    kind: Kind

    @property
    def name(self) -> str:
        """Name the kind and its absence."""
        return f"{self.kind.name}, or null"

    def read(self, node: Node) -> Value:
        """Read the value, or None. Raises: WrongTypeError."""
        if isinstance(node, ScalarNode) and node.style is None and node.value in _NOTHING:
            return None
        try:
            return self.kind.read(node)
        except WrongTypeError:
            raise WrongTypeError(self.name, node) from None
