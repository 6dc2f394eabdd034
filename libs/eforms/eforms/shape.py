"""The shape of a definition: which part is a text, a list, a number within bounds; sense is the linter's to judge."""

from collections.abc import Mapping
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

MOST_GROUP_ROWS, MOST_DECIMALS = 50, 6
Json = dict[str, Any]


def _list(item: Json) -> Json:
    return {"type": ["array", "null"], "items": item}


def _map(**properties: Json) -> Json:
    return {"type": ["object", "null"], "properties": properties}


_WORD: Final[Json] = {"type": ["string", "null"], "maxLength": 2000}
_NAME: Final[Json] = {"type": "string", "minLength": 1, "maxLength": 120}
_NAMES: Final = _list(_NAME)
_TEXT: Final = {**_map(), "additionalProperties": {"type": ["string", "number", "null"]}}
_OPTION: Final[Json] = {"type": "object", "required": ["value"], "properties": {"vi": _WORD, "en": _WORD}}
_OPTIONS: Final = _list({**_OPTION, "properties": {"options": _list(_OPTION)}})
_TEST: Final[Json] = {
    "type": "object",
    "required": ["field", "operator"],
    "properties": dict.fromkeys(("field", "operator", "other", "age_at", "days_after"), _WORD),
}
_ASKED: Final[Json] = {
    "name": _NAME,
    "widget": _NAME,
    **dict.fromkeys(("label", "hint", "why", "text"), _TEXT),
    **dict.fromkeys(("component", "prefill", "autocomplete", "precision", "unit", "section", "list"), _WORD),
    "formula": _WORD,
    "errors": {**_map(), "additionalProperties": _TEXT},
    "options": _OPTIONS,
    "papers": _NAMES,
    "sources": _NAMES,
    "decimals": {"type": ["integer", "null"], "minimum": 0, "maximum": MOST_DECIMALS},
    "most": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_GROUP_ROWS},
    "past": {"type": ["boolean", "null"]},
    "required": {"type": ["boolean", "null"]},
    "like": {
        "type": ["object", "null"],
        "required": ["from", "label"],
        "properties": {"from": _NAME, "label": _TEXT, "when": _TEST},
    },
}
_CHILD: Final[Json] = {
    "type": "object",
    "required": ["name", "widget"],
    "properties": {**_ASKED, "fields": {"maxItems": 0}},
}
_FIELD: Final[Json] = {**_CHILD, "properties": {**_ASKED, "fields": _list(_CHILD)}}
_PAGE: Final[Json] = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": _NAME, "title": _TEXT, "section": _TEXT, "fields": _list(_FIELD)},
}
_TESTS: Final[Json] = {"type": "array", "items": _TEST}
_ROW: Final[Json] = {
    "type": "object",
    "required": ["when", "then"],
    "properties": {
        "when": {"type": "object", "properties": {"all": _TESTS, "any": _TESTS}},
        "then": {
            "type": "object",
            "properties": {
                **dict.fromkeys(("show", "require", "require_components"), _NAMES),
                "set": _map(),
                "block": _TEXT,
            },
        },
    },
}
_SHAPE: Final = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "pages": _list(_PAGE),
            "logic": _list(_ROW),
            "lists": {**_map(), "additionalProperties": _OPTIONS},
            "declaration": _TEXT,
            "data": {
                **_map(
                    required=_NAMES, properties={"type": "object", "additionalProperties": {"type": "object"}}
                )
            },
        },
    }
)


def has_shape(definition: Mapping[str, Any]) -> bool:
    """Tell whether a definition can be read at all, and asks for no more than a page can show."""
    return bool(_SHAPE.is_valid(definition))
