"""Hold what is read, recorded or told in a test against what is promised: JSON Schema and OpenAPI in `contracts/`."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from suite.run.places import checkout

Json = dict[str, Any]
_NONE = object()
_SIMPLE: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}
_FORMATS = {
    "date-time": "2026-11-21T01:00:00Z",
    "date": "2026-11-21",
    "uuid": f"{0:08}-0000-7000-8000-{0:012}",
}


class NotPromisedError(AssertionError):
    """Something has a name or a type that the contract has not, or lacks what it requires."""


def promised(name: str, folder: Path | None = None) -> Json:
    """Return a committed document, for example `events/intake.dossier_accepted.v1`. Raises: NotPromisedError."""
    path = (folder or checkout() / "contracts") / f"{name}.json"
    if not path.exists():
        raise NotPromisedError(f"nothing is promised under {name}")
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def strict(schema: Any) -> Any:
    """Return a schema that refuses every name it does not know."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(part) for key, part in schema.items()}
    return {"additionalProperties": False, **closed} if isinstance(schema.get("properties"), dict) else closed


def faults(value: Any, schema: Json) -> list[str]:
    """Say where a value departs from a schema: an unknown name, another type, something required that is missing."""
    return _complaints(jsonschema_rs.validator_for(strict(schema), validate_formats=True), value)


def _complaints(validator: Any, value: Any) -> list[str]:
    return [f"{'.'.join(map(str, one.instance_path))}: {one.message}" for one in validator.iter_errors(value)]


def completed(value: Any, schema: Json, root: Json) -> Any:
    """Return a told value with whatever else the schema requires, as plain as it can be; names are left as told."""
    schema = _resolved(schema, root)
    if "anyOf" in schema:
        return completed(value, _fitting(value, schema["anyOf"], root), root)
    if isinstance(value, dict) and "properties" in schema:
        required = {name: blank(schema["properties"][name], root) for name in schema.get("required", ())}
        told = {
            name: completed(part, schema["properties"].get(name, {}), root) for name, part in value.items()
        }
        return {**required, **told}
    if isinstance(value, list | tuple):
        return [completed(part, schema.get("items", {}), root) for part in value]
    return value


def blank(schema: Json, root: Json) -> Any:
    """Return the plainest value a schema allows, its own default where it has one."""
    schema = _resolved(schema, root)
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return None if {"type": "null"} in schema["anyOf"] else blank(schema["anyOf"][0], root)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type")
    if kind == "object":
        return completed({}, schema, root)
    return [] if kind == "array" else _FORMATS.get(schema.get("format", ""), _SIMPLE.get(str(kind)))


def _fitting(value: Any, choices: list[Json], root: Json) -> Json:
    wanted = "object" if isinstance(value, dict) else "array" if isinstance(value, list | tuple) else None
    for choice in choices:
        resolved = _resolved(choice, root)
        if wanted is not None and resolved.get("type") == wanted:
            return resolved
    return {}


def _resolved(schema: Json, root: Json) -> Json:
    while "$ref" in schema:
        found: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def misread(read: Json, told: Json) -> list[str]:
    """Say where a slice's schema expects something else than the event's schema promises.

    A slice may name only what is promised, must accept every type the promise allows, and may leave out (or give a
    default for) only what the promise itself leaves out, with the promise's default.
    """
    return list(_misread(read, told, read, told, ""))


def _misread(read: Json, told: Json, reader: Json, teller: Json, at: str) -> Iterator[str]:
    read, told = _resolved(read, reader), _resolved(told, teller)
    for choice in told.get("anyOf", [told]):
        complaints = [
            list(_against(option, _resolved(choice, teller), reader, teller, at))
            for option in (_resolved(one, reader) for one in read.get("anyOf", [read]))
        ]
        if all(complaints):
            yield from min(complaints, key=len)


def _against(read: Json, told: Json, reader: Json, teller: Json, at: str) -> Iterator[str]:
    if not (read.keys() & {"type", "enum", "const", "properties"}):
        return  # anything is read
    kinds = {read.get("type"), "integer" if read.get("type") == "number" else None}
    if told.get("type") not in kinds or read.get("format") not in (None, told.get("format")):
        yield f"{at or 'it'} is read as {_named(read)} and promised as {_named(told)}"
    elif "enum" in read and not set(told.get("enum", [object()])) <= set(read["enum"]):
        yield f"{at} is read as one of {read['enum']} and promised as {told.get('enum', _named(told))}"
    elif read["type"] == "array":
        yield from _misread(read.get("items", {}), told.get("items", {}), reader, teller, f"{at}[]")
    elif "properties" in read:
        yield from _fields(read, told, reader, teller, at)


def _fields(read: Json, told: Json, reader: Json, teller: Json, at: str) -> Iterator[str]:
    for name, part in read["properties"].items():
        place = f"{at}.{name}".lstrip(".")
        if name not in told.get("properties", {}):
            yield f"{place} is read and not promised"
            continue
        promise = told["properties"][name]
        if name in read.get("required", ()) and name not in told.get("required", ()):
            yield f"{place} is expected always and promised sometimes"
        elif name not in read.get("required", ()) and part.get("default") != promise.get("default", _NONE):
            yield f"{place} has an invented default"
        yield from _misread(part, promise, reader, teller, place)


def _named(schema: Json) -> str:
    return " ".join(str(schema[key]) for key in ("type", "format") if key in schema) or "anything"


@cache
def _operations(service: str) -> list[tuple[str, re.Pattern[str], Any]]:
    """Return method, path and validator (nothing for what is no JSON) of every operation; exact paths come first."""
    document = promised(f"openapi/{service}")
    components = strict(document["components"])
    return [
        (
            method.upper(),
            re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path) + "$"),
            _validator(operation["responses"], components),
        )
        for path, methods in sorted(document["paths"].items(), key=lambda item: "{" in item[0])
        for method, operation in methods.items()
    ]


def _validator(responses: Mapping[str, Json], components: Json) -> Any:
    for status, response in responses.items():
        if status.startswith("2"):
            schema = response.get("content", {}).get("application/json", {}).get("schema")
            # Ids of a recording may be short: only a name, a type or a missing part would deceive its reader.
            whole = None if schema is None else {**strict(schema), "components": components}
            return whole and jsonschema_rs.validator_for(whole, validate_formats=False)
    return None


def answer_faults(method: str, path: str, answer: Any) -> list[str]:
    """Say where a recorded JSON answer of a service departs from its OpenAPI document. Raises: NotPromisedError."""
    service = path.split("/")[2]
    found = [one for verb, at, one in _operations(service) if verb == method and at.match(path)]
    if not found:
        raise NotPromisedError(f"{service} promises no {method} {path}")
    return [] if found[0] is None else _complaints(found[0], answer)


def fact(type_: str, told: Mapping[str, Any]) -> Json:
    """Return an event's data for a test: what is told, and plainly whatever else the contract requires.

    Raises: NotPromisedError when a name or a type is not the contract's.
    """
    schema = promised(f"events/{type_}")
    whole: Json = completed(json.loads(json.dumps(dict(told), default=_plain)), schema, schema)
    if wrong := faults(whole, schema):
        raise NotPromisedError(f"{type_}: {'; '.join(wrong)}")
    return whole


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
