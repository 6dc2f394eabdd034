"""What is wrong with a field, in words a citizen understands."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from common.errors import FieldProblem

_WORDS = tomllib.loads((files("common") / "api" / "messages.toml").read_text(encoding="utf-8"))
_PLACES = ("body", "query", "path", "header", "cookie")


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """Turn one pydantic error into a field, a rule and a sentence; the value itself is never repeated."""
    location = [str(part) for part in error["loc"]]
    if location and location[0] in _PLACES:
        location = location[1:]
    kind = str(error["type"])
    rule, vi, en = _WORDS["rules"].get(kind) or next(
        words for prefix, words in _WORDS["families"].items() if kind.startswith(prefix)
    )
    if kind == "json_invalid":
        location = []
    limits = error.get("ctx") or {}
    known = {key: value for key, value in limits.items() if isinstance(value, str | int | float)}
    both = {"expected": str(known.get("expected", "")).replace(" or ", ", ")}
    values = {**known, **both}
    return FieldProblem(".".join(location), rule, vi.format_map(values), en.format_map(values))


def field_problems(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """Turn pydantic's errors into field problems, in their order."""
    return [field_problem(error) for error in errors]
