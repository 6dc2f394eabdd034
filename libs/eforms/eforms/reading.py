"""A published definition (YAML or JSON) becomes a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from eforms.conditions import Condition
from eforms.definition import Choice, Form, Like, Page, Question, Row
from eforms.texts import Text

Json = Mapping[str, Any]


def read_form(definition: Json) -> Form:
    """Return the form of a published definition; an empty one is a form without questions."""
    lists = definition.get("lists") or {}
    declaration = definition.get("declaration") or {}
    return Form(
        data=definition.get("data") or {"type": "object"},
        pages=tuple(_page(page, lists) for page in definition.get("pages") or ()),
        rows=tuple(_row(row) for row in definition.get("logic") or ()),
        declaration_version=str(declaration.get("version", "1")),
        declaration=Text.read(declaration),
    )


def _page(source: Json, lists: Json) -> Page:
    questions = tuple(read_question(item, lists, source["id"]) for item in source.get("fields") or ())
    return Page(source["id"], Text.read(source.get("title")), Text.read(source.get("section")), questions)


def read_question(source: Json, lists: Json | None = None, page: str = "") -> Question:
    """Return one question of a definition; `lists` are the code lists the form carries."""
    options = source.get("options") or (lists or {}).get(source.get("list", ""), ())
    return Question(
        name=source["name"],
        widget=source["widget"],
        label=Text.read(source.get("label")),
        page=page,
        hint=Text.read(source.get("hint")),
        why=Text.read(source.get("why")),
        text=Text.read(source.get("text")),
        errors={rule: Text.read(text) for rule, text in (source.get("errors") or {}).items()},
        choices=read_choices(options),
        component=source.get("component") or "",
        prefill=source.get("prefill") or "",
        sources=tuple(source.get("sources") or ()),
        autocomplete=source.get("autocomplete") or "",
        past=bool(source.get("past")),
        precision=source.get("precision") or "day",
        decimals=int(source.get("decimals") or 0),
        unit=source.get("unit") or "",
        papers=tuple(source.get("papers") or ()),
        formula=source.get("formula") or "",
        most=int(source.get("most") or 10),
        required=bool(source.get("required")),
        children=tuple(read_question(child, lists, page) for child in source.get("fields") or ()),
        section=source.get("section") or "",
        like=_like(source["like"]) if source.get("like") else None,
    )


def _like(source: Json) -> Like:
    when = source.get("when")
    return Like(source["from"], Text.read(source.get("label")), _condition(when) if when else None)


def read_choices(options: Sequence[Json]) -> tuple[Choice, ...]:
    """Return the choices of a question or a code list."""
    return tuple(
        Choice(str(option["value"]), Text.read(option), read_choices(option.get("options") or ()))
        for option in options
    )


def _row(source: Json) -> Row:
    when, then = source["when"], source["then"]
    every = "any" not in when
    conditions = tuple(_condition(item) for item in when["all" if every else "any"])
    block = then.get("block")
    return Row(
        conditions=conditions,
        every=every,
        show=tuple(then.get("show") or ()),
        require=tuple(then.get("require") or ()),
        require_components=tuple(then.get("require_components") or ()),
        assign=then.get("set") or {},
        block=Text.read(block),
        blocked=(block or {}).get("field") or conditions[0].field if block and conditions else "",
    )


def _condition(item: Json) -> Condition:
    return Condition(
        item["field"],
        item["operator"],
        item.get("value"),
        item.get("other") or "",
        item.get("age_at") or "",
        item.get("days_after") or "",
    )
