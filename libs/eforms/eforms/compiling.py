"""Compiling a data schema: it stands by itself, nothing is fetched for it, and its patterns run in linear time."""

from collections.abc import Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator, RegexOptions


def compiled(data: Mapping[str, Any]) -> Draft202012Validator:
    """Compile a data schema.

    References are refused: one could name a file or another machine, and a few that name each other twice make a
    check that never ends.

    Raises:
        ValueError: it refers to something.
        jsonschema_rs.ValidationError: it is no schema.
    """
    if _refers(data):
        raise ValueError("a reference")
    return Draft202012Validator(
        dict(data), validate_formats=True, pattern_options=RegexOptions(), offline=True
    )


def _refers(data: Mapping[str, Any]) -> bool:
    """Tell whether any word of the schema begins with `$`: all of them name, find or include other schemas."""
    waiting: list[Any] = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if any(str(word).startswith("$") for word in part):
                return True
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return False
