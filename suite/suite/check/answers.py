"""What each service answers, as frozen values in `libs/answers`, written from the OpenAPI documents."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
FOLDER = "libs/answers/answers"
BY_WHOM = "# Written from the shapes of the service by `motcua contracts`; change them there."
SHARED, PARTS, WORDS = "shared", "parts", "words"
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
FORMATS = {"date-time": "datetime", "date": "date"}
IMPORTS = {
    "Mapping": "from collections.abc import Mapping",
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "Any": "from typing import Any",
}
BOTH_TIMES = "from datetime import date, datetime"
_ABOUT = {
    SHARED: "what several kinds of question are answered with",
    PARTS: "the parts that several of its answers have",
}
_REFERENCE = re.compile(r"#/components/schemas/([^'\"]+)")


def modules(documents: Mapping[str, Json]) -> dict[str, str]:
    """Return (path from the root, content) of the values of every service; ``documents`` come by service."""
    return {path: text for service, told in documents.items() for path, text in Shapes(service, told).files()}


def stale(root: Path) -> dict[str, str]:
    """Return the files of the library that are not what `contracts/` promises, with what they should be."""
    told = sorted((root / "contracts/openapi").glob("*.json"))
    wanted = modules({path.stem: json.loads(path.read_text("utf-8")) for path in told})
    kept = {str(p.relative_to(root)): p.read_text("utf-8") for p in (root / FOLDER).glob("*/*.py")}
    names = sorted(wanted.keys() | kept.keys())
    return {name: wanted.get(name, "") for name in names if wanted.get(name) != kept.get(name)}


@dataclass(frozen=True)
class Shapes:
    """The shapes of one service's answers, as its OpenAPI document has them."""

    service: str
    document: Json

    @property
    def schemas(self) -> dict[str, Json]:
        """Give the shapes with fields."""
        told = self.document.get("components", {}).get("schemas", {})
        return {name: schema for name, schema in told.items() if "properties" in schema}

    @property
    def words(self) -> dict[str, Json]:
        """Give the lists of allowed words."""
        told = self.document.get("components", {}).get("schemas", {})
        return {name: schema for name, schema in told.items() if "enum" in schema}

    def files(self) -> Iterator[tuple[str, str]]:
        """Write a module for each tag of the document, those for what several tags share, and their index."""
        rooms = self.rooms()
        for room in sorted({*rooms.values()} - {WORDS}):
            yield f"{FOLDER}/{self.service}/{room}.py", self._module(room, rooms)
        if words := sorted(name for name, room in rooms.items() if room == WORDS):
            body = "\n\n\n".join(self._enumeration(name) for name in words)
            said = f'"""{self.service.capitalize()}: the words it asks and answers with."""'
            text = f"{said}\n\n{BY_WHOM}\n\nfrom enum import StrEnum\n\n\n{body}\n"
            yield f"{FOLDER}/{self.service}/{WORDS}.py", text
        if rooms:
            yield f"{FOLDER}/{self.service}/__init__.py", self._index(rooms)

    def rooms(self) -> dict[str, str]:
        """Give each shape that an answer reaches the tag of its operations, or the rooms of what several tags share."""
        found: dict[str, str] = {}
        for operation in (one for methods in self.document["paths"].values() for one in methods.values()):
            tag = "_".join(operation.get("tags", [SHARED])).replace(" ", "_")
            for name in self._reached(_good(operation)):
                found[name] = tag if found.get(name, tag) == tag else SHARED
        for name in [name for name, room in found.items() if room == SHARED]:
            found.update(dict.fromkeys(self._reached(self.schemas[name]), SHARED))
        shared = [self.schemas[name] for name, room in found.items() if room == SHARED]
        found.update({name: PARTS for schema in shared for name in self._reached(schema)})
        return found | dict.fromkeys(self.words, WORDS)

    def _named(self, schema: Any) -> list[str]:
        return sorted({*_REFERENCE.findall(str(schema))} & self.schemas.keys())

    def _reached(self, schema: Any) -> set[str]:
        found: set[str] = set()
        waiting = self._named(schema)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._named(self.schemas[name])
        return found

    def _in_order(self, names: list[str], placed: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Put every shape after those it is made of."""
        for name in names:
            if name not in placed:
                placed = (*self._in_order(self._named(self.schemas[name]), placed), name)
        return placed

    def _module(self, room: str, rooms: Mapping[str, str]) -> str:
        placed = self._in_order(sorted(name for name in rooms if name in self.schemas))
        own = [name for name in placed if rooms[name] == room]
        body = "\n\n\n".join(self._class(name) for name in own)
        needed = {name for mine in own for name in self._named(self.schemas[mine])}
        others = {name: rooms[name] for name in needed if rooms[name] != room}
        said = f'"""{self.service.capitalize()}: {_ABOUT.get(room, f"its answers about {room}")}."""'
        return f"{said}\n\n{BY_WHOM}\n\n{_imports(self.service, body, others)}\n\n\n{body}\n"

    def _index(self, rooms: Mapping[str, str]) -> str:
        lines = [
            f"from answers.{self.service}.{room} import {_listed(name for name in rooms if rooms[name] == room)}"
            for room in sorted({*rooms.values()})
        ]
        every = "".join(f'    "{name}",\n' for name in sorted(map(_called, rooms)))
        head = f'"""What {self.service} answers."""\n\n{BY_WHOM}\n\n'
        return head + "\n".join(lines) + f"\n\n__all__ = [\n{every}]\n"

    def _class(self, name: str) -> str:
        schema = self.schemas[name]
        fields = [
            f"    {field}: {self._type(told)}"
            + ("" if field in schema.get("required", ()) else f" = {_default(told)}")
            for field, told in schema["properties"].items()
        ]
        return f'class {_called(name)}(Answer):\n    """{_said(schema)}"""\n\n' + "\n".join(fields)

    def _enumeration(self, name: str) -> str:
        schema = self.words[name]
        members = [f'    {_member(word)} = "{word}"' for word in schema["enum"]]
        return f'class {name}(StrEnum):\n    """{_said(schema)}"""\n\n' + "\n".join(members)

    def _type(self, schema: Json) -> str:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return _called(name) if name in self.schemas else "str"
        if "anyOf" in schema:
            return " | ".join(dict.fromkeys(self._type(one) for one in schema["anyOf"]))
        kind = schema.get("type")
        if kind == "array":
            return f"tuple[{self._type(schema.get('items', {}))}, ...]"
        if kind == "object":
            inner = schema.get("additionalProperties")
            return f"Mapping[str, {self._type(inner) if isinstance(inner, dict) else 'Any'}]"
        return FORMATS.get(schema.get("format", ""), PLAIN.get(str(kind), "Any"))


def _good(operation: Json) -> list[Any]:
    return [answer for status, answer in operation["responses"].items() if status.startswith("2")]


def _said(schema: Json) -> str:
    said = " ".join(schema.get("description", "").split("\n\n")[0].split())
    return textwrap.shorten(said, 100, placeholder=" …").replace('"', "'") or "One page of a list."


def _member(word: str) -> str:
    plain = re.sub(r"\W", "_", word).upper()
    return plain if plain[0].isalpha() else f"IN_{plain}"


def _called(name: str) -> str:
    """Give a shape a plain name: a page of rows is `RowPage`, a shape of one module has only its own name."""
    page = re.fullmatch(r"Page_(\w+?)_", name)
    return f"{page[1]}Page" if page else name.rpartition("__")[2]


def _default(schema: Json) -> str:
    if schema.get("type") == "array":
        return "()"
    return _literal(schema["default"]) if "default" in schema else "None"


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _listed(names: Any) -> str:
    """Write what is imported the way the formatter does."""
    own = sorted(map(_called, names), key=lambda name: (name.upper() != name, name))
    return "(\n    " + ",\n    ".join(own) + ",\n)" if len(", ".join(own)) > 60 else ", ".join(own)


def _imports(service: str, body: str, others: Mapping[str, str]) -> str:
    used = [line for word, line in IMPORTS.items() if re.search(rf": .*\b{word}\b", body)]
    if {IMPORTS["date"], IMPORTS["datetime"]} <= {*used}:
        used = [BOTH_TIMES, *(line for line in used if "datetime" not in line)]
    own = ["from answers.answer import Answer"]
    own += [
        f"from answers.{service}.{room} import {_listed(name for name in others if others[name] == room)}"
        for room in sorted({*others.values()})
    ]
    return "\n\n".join("\n".join(part) for part in (sorted(used), own) if part)
