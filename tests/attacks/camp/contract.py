"""Every route the services promise, each with a request that its own schema accepts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "openapi"
FORMATS = {
    "date": "2026-11-02",
    "date-time": "2026-11-02T08:00:00+07:00",
    "uuid": "018f0000-0000-7000-8000-000000000001",
    "email": "ai@motcua.example",
    "binary": "x",
}
WRITTEN = {"within": "2 wd"}
"""What has a notation of its own, by its name."""


@dataclass(frozen=True)
class Deed:
    """One method of one route."""

    method: str
    path: str
    service: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the address has to be filled with."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    def __str__(self) -> str:
        """Write it as people do: GET /api/intake/dossiers."""
        return f"{self.method} {self.path}"

    @property
    def promise(self) -> Json:
        """Return what the contract says about it."""
        told: Json = contract(self.service)["paths"][self.path][self.method.lower()]
        return told

    def at(self, known: Mapping[str, str]) -> str:
        """Fill the address in."""
        return self.path.format(**{name: known[name] for name in self.names})

    def request(self) -> Json:
        """Return the parts of a request that the schema accepts."""
        parts: Json = {"headers": {"Idempotency-Key": FORMATS["uuid"]}}
        asked = [one for one in self.promise.get("parameters", ()) if one["in"] == "query"]
        parts["params"] = {
            one["name"]: self.sample(one["schema"], one["name"]) for one in asked if one["required"]
        }
        content = self.promise.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            parts["json"] = self.sample(content["application/json"]["schema"], "")
            parts["json"] |= {name: words for name, words in WRITTEN.items() if name in parts["json"]}
            if self.path.endswith("/contact"):  # one of two is wanted, which a schema does not say
                parts["json"] |= {"email": FORMATS["email"]}
        elif content:
            parts |= {
                "data": {"component": "x"},
                "files": {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")},
            }
        return parts

    def sample(self, schema: Json, name: str) -> Any:
        """Return the smallest value a schema accepts."""
        if "$ref" in schema:
            parts = contract(self.service)["components"]["schemas"]
            return self.sample(parts[schema["$ref"].rpartition("/")[2]], name)
        choices = next((schema[word] for word in ("anyOf", "oneOf", "allOf") if word in schema), None)
        if choices:
            return self.sample(choices[0], name)
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        kind = schema.get("type")
        if kind == "object":
            return {key: self.sample(schema["properties"][key], key) for key in schema.get("required", ())}
        if kind == "array":
            return [self.sample(schema["items"], name)] * schema.get("minItems", 0)
        return _plain(schema)


def _plain(schema: Json) -> Any:
    text = FORMATS.get(schema.get("format", ""), "x" * max(3, schema.get("minLength", 0)))
    number = max(1, schema.get("minimum", 1))
    return {"string": text, "integer": number, "number": number, "boolean": True}.get(schema.get("type", ""))


@cache
def contract(service: str) -> Json:
    """Read what a service promises."""
    told: Json = json.loads((CONTRACTS / f"{service}.json").read_text(encoding="utf-8"))
    return told


def deeds() -> Iterator[Deed]:
    """Yield every method of every route of every service."""
    for file in sorted(CONTRACTS.glob("*.json")):
        for path, methods in contract(file.stem)["paths"].items():
            for method in methods:
                yield Deed(method.upper(), path, file.stem)
