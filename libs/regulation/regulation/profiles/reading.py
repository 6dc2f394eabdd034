"""Reading one profile file: every entry with its line, and every problem named with its line."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from regulation.profiles.kinds import Day, Maybe, Value, WrongTypeError
from regulation.profiles.model import Problem
from regulation.profiles.schema import REQUIRED, SCHEMA
from regulation.profiles.texts import SUITE_DEFAULT, citations

_HEADER = "profile"
_FIELDS = frozenset({"value", "source", "note"})
_GROUPS = frozenset(".".join(key.split(".")[:end]) for key in SCHEMA for end in range(1, key.count(".") + 1))


@dataclass(frozen=True)
class Statement:
    """What a file says of one key from a day on: the value, its source and a note."""

    value: Value
    source: str
    note: str
    line: int
    since: dt.date | None = None

    @property
    def cited(self) -> bool:
        """Say whether the value rests on a text and not on the suite alone."""
        return self.source not in {"", SUITE_DEFAULT}


@dataclass
class ProfileFile:
    """A profile file as read: its title, its statements in the order of time, and what is wrong with it."""

    file: str
    title: dict[str, str] = field(default_factory=dict)
    entries: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, key: str, what: str) -> None:
        """Note one problem; reading goes on so that all of them are named at once."""
        self.problems.append(Problem(self.file, line, key, what))

    def line(self, key: str) -> int:
        """Give the line of a key's newest statement, or 0 when the file does not name it."""
        statements = self.entries.get(key)
        return statements[-1].line if statements else 0


def read_document(written: str, file: str) -> ProfileFile:
    """Read a profile from its YAML text; problems are collected in the document, not raised."""
    document = ProfileFile(file)
    try:
        root = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        document.refuse(mark.line + 1 if mark else 1, "(file)", f"is no YAML: {error.problem}")
        return document
    if not isinstance(root, MappingNode):
        document.refuse(1, "(file)", "is no profile: groups of keys are expected")
        return document
    _read_group(document, root, "")
    return document


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _pairs(document: ProfileFile, node: MappingNode, prefix: str) -> Iterator[tuple[str, Node, Node]]:
    seen = set()
    for name, child in node.value:
        key = f"{prefix}{name.value}"
        if key in seen:
            document.refuse(_line(name), key, "is written twice")
        seen.add(key)
        yield key, name, child


def _read_group(document: ProfileFile, node: MappingNode, prefix: str) -> None:
    for key, name, child in _pairs(document, node, prefix):
        if key == _HEADER:
            document.title.update(_fields(document, child, key))
        elif key in SCHEMA:
            document.entries[key] = tuple(_read_statements(document, key, child))
        elif key in _GROUPS and isinstance(child, MappingNode):
            _read_group(document, child, f"{key}.")
        else:
            document.refuse(_line(name), key, "is no key of the schema")


def _fields(document: ProfileFile, node: Node, key: str) -> dict[str, str]:
    if not isinstance(node, MappingNode) or not all(isinstance(item, ScalarNode) for _, item in node.value):
        document.refuse(_line(node), key, "needs the texts vi and en")
        return {}
    return {name.value: item.value for name, item in node.value}


def _read_statements(document: ProfileFile, key: str, node: Node) -> Iterator[Statement]:
    if not isinstance(node, MappingNode):
        document.refuse(_line(node), key, "needs value, source and note")
        return
    parts = {name.removeprefix(f"{key}."): child for name, _, child in _pairs(document, node, f"{key}.")}
    changes = parts.pop("changes", None)
    yield from _read_statement(document, key, node, parts, None)
    if changes is None:
        return
    if not isinstance(changes, SequenceNode):
        document.refuse(_line(changes), key, "changes is a list of from, value, source and note")
        return
    yield from _read_changes(document, key, changes)


def _read_changes(document: ProfileFile, key: str, changes: SequenceNode) -> Iterator[Statement]:
    last: dt.date | None = None
    for change in changes.value:
        parts = {name.value: child for name, child in change.value} if isinstance(change, MappingNode) else {}
        since = _since(document, key, change, parts.pop("from", None))
        if since is None:
            continue
        if last is not None and since <= last:
            document.refuse(_line(change), key, f"changes on {since}, not after {last}")
        last = since
        yield from _read_statement(document, key, change, parts, since)


def _since(document: ProfileFile, key: str, change: Node, node: Node | None) -> dt.date | None:
    if node is None:
        document.refuse(_line(change), key, "a change needs from, the day it takes effect")
        return None
    try:
        return Day().read(node)
    except WrongTypeError as error:
        document.refuse(error.line, key, f"from must be {error.expected}")
        return None


def _read_statement(
    document: ProfileFile, key: str, node: Node, parts: dict[str, Node], since: dt.date | None
) -> Iterator[Statement]:
    for name in parts.keys() - _FIELDS:
        document.refuse(_line(parts[name]), key, f"{name} is none of value, source, note, changes")
    if "value" not in parts or "source" not in parts:
        document.refuse(_line(node), key, "needs a value and a source")
        return
    try:
        value = _value(key, parts["value"])
    except WrongTypeError as error:
        document.refuse(error.line, key, f"must be {error.expected}")
        return
    source, note = (_text(parts.get(name)) for name in ("source", "note"))
    try:
        citations(source)
    except ValueError as error:
        document.refuse(_line(parts["source"]), key, str(error))
    yield Statement(value, source, note, _line(parts["value"]), since)


def _value(key: str, node: Node) -> Value:
    # A required key is null in the default: whether a province fills it is known only after the overlay.
    return (Maybe(SCHEMA[key]) if key in REQUIRED else SCHEMA[key]).read(node)


def _text(node: Node | None) -> str:
    return node.value.strip() if isinstance(node, ScalarNode) else ""
