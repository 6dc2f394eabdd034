"""What an e-form is made of, and which of its fields count for a given set of answers."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

Answers = Mapping[str, Any]
TRUE: Final = ("true", "yes", "on", "1", "có")
FALSE: Final = ("false", "no", "off", "0", "không")


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    vi: str
    en: str

    @classmethod
    def read(cls, source: Mapping[str, str] | str | None) -> "Text":
        """Return the text of a definition; one string serves both languages."""
        if source is None or isinstance(source, str):
            return cls(source or "", source or "")
        return cls(source.get("vi", ""), source.get("en") or source.get("vi", ""))


@dataclass(frozen=True)
class Field:
    """One question of the form."""

    name: str
    widget: str
    label: Text
    page: str
    error: Text | None = None
    component: str | None = None
    choices: frozenset[str] = frozenset()
    past: bool = False
    prefill: str = ""


@dataclass(frozen=True)
class Condition:
    """`<field> <operator> <value>` of a logic row."""

    field: str
    operator: str
    value: Any = None

    def holds(self, answers: Answers) -> bool:
        """Tell whether the answers fulfil it; an unanswered question fulfils no comparison."""
        given = answers.get(self.field)
        if self.operator in ("answered", "not_answered"):
            return (given is not None) is (self.operator == "answered")
        if given is None:
            return False
        return _COMPARISONS[self.operator](given, self.value)


_COMPARISONS: Final = {
    "equals": lambda given, value: bool(given == value),
    "not_equals": lambda given, value: bool(given != value),
    "in": lambda given, value: given in value,
    "less_than": lambda given, value: type(given) is type(value) and bool(given < value),
    "greater_than": lambda given, value: type(given) is type(value) and bool(given > value),
}


@dataclass(frozen=True)
class Row:
    """One row of the logic table: when these conditions hold, then this."""

    conditions: tuple[Condition, ...]
    every: bool
    show: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    require_components: tuple[str, ...] = ()
    assign: Mapping[str, Any] = field(default_factory=dict)
    block: Text | None = None

    def holds(self, answers: Answers) -> bool:
        """Tell whether the row applies to the answers."""
        return (all if self.every else any)(condition.holds(answers) for condition in self.conditions)


@dataclass(frozen=True)
class Form:
    """An immutable published e-form: its data schema, questions and logic table."""

    data: Mapping[str, Any]
    fields: Mapping[str, Field]
    pages: tuple[str, ...]
    rows: tuple[Row, ...]
    declaration_version: str
    declaration: Text

    @cached_property
    def required(self) -> frozenset[str]:
        """The questions that always need an answer."""
        return frozenset(self.data.get("required", ()))

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The questions that stay hidden until a row shows them."""
        return frozenset(name for row in self.rows for name in row.show)

    def applicant(self, answers: Answers) -> dict[str, str]:
        """Return name, id_number, phone, email and address of the applicant as answered."""
        told = {part: str(answers.get(name, "")) for part, name in self._applicant.items()}
        place = answers.get(self._address)
        return told | {"address": str(place.get("detail", "")) if isinstance(place, Mapping) else ""}

    @cached_property
    def _applicant(self) -> dict[str, str]:
        """Which question tells each part of the applicant."""
        sources = (
            ("name", "full_name", "person_name"),
            ("id_number", "id_number", "identity_number"),
            ("phone", "phone", "phone"),
            ("email", "email", "email"),
        )
        return {part: self._asked(f"account.{source}", widget) for part, source, widget in sources}

    @cached_property
    def _address(self) -> str:
        return self._asked("account.address", "address")

    def _asked(self, prefill: str, widget: str) -> str:
        named = [name for name, question in self.fields.items() if question.prefill == prefill]
        alike = [name for name, question in self.fields.items() if question.widget == widget]
        return (named + alike + [""])[0]


@dataclass(frozen=True)
class Settled:
    """The answers that count, after the logic table has spoken."""

    answers: dict[str, Any]
    hidden: frozenset[str]
    required: frozenset[str]
    required_components: frozenset[str]
    blocks: tuple[Text, ...]


def read_form(definition: Mapping[str, Any]) -> Form:
    """Return the form of a published definition (see the format description of the catalogue)."""
    lists = definition.get("lists", {})
    questions = {
        question["name"]: _read_field(question, page["id"], lists)
        for page in definition.get("pages", ())
        for question in page.get("fields", ())
    }
    declaration = definition.get("declaration") or {}
    return Form(
        data=definition.get("data", {"type": "object"}),
        fields=questions,
        pages=tuple(page["id"] for page in definition.get("pages", ())),
        rows=tuple(_read_row(row) for row in definition.get("logic", ())),
        declaration_version=str(declaration.get("version", "1")),
        declaration=Text.read(declaration),
    )


def _read_field(source: Mapping[str, Any], page: str, lists: Mapping[str, Any]) -> Field:
    options = source.get("options") or lists.get(source.get("list", ""), ())
    return Field(
        name=source["name"],
        widget=source["widget"],
        label=Text.read(source.get("label")),
        page=page,
        error=Text.read(source["error"]) if source.get("error") else None,
        component=source.get("component"),
        choices=frozenset(str(option["value"]) for option in options),
        past=bool(source.get("past")),
        prefill=source.get("prefill", ""),
    )


def _read_row(source: Mapping[str, Any]) -> Row:
    when, then = source["when"], source["then"]
    every = "any" not in when
    return Row(
        conditions=tuple(
            Condition(item["field"], item["operator"], item.get("value"))
            for item in when["all" if every else "any"]
        ),
        every=every,
        show=tuple(then.get("show", ())),
        require=tuple(then.get("require", ())),
        require_components=tuple(then.get("require_components", ())),
        assign=then.get("set", {}),
        block=Text.read(then["block"]) if then.get("block") else None,
    )


def tidy(form: Form, typed: Answers) -> dict[str, Any]:
    """Return the answers as data: NFC, trimmed, NULs and empties dropped, yes/no, numbers and digits read.

    What cannot be read stays as typed, so that nothing a person wrote is lost.
    """
    read = {
        name: _read(form.fields[name].widget if name in form.fields else "", value)
        for name, value in typed.items()
    }
    return {name: value for name, value in read.items() if value not in (None, "", {}, [])}


def _read(widget: str, value: Any) -> Any:
    if isinstance(value, str):
        return _read_text(widget, value)
    if isinstance(value, dict):
        return {key: found for key, item in value.items() if (found := _read("", item)) not in (None, "")}
    return [_read(widget, item) for item in value] if isinstance(value, list) else value


def _read_text(widget: str, value: str) -> Any:
    text = (value if value.isascii() else unicodedata.normalize("NFC", value)).replace("\0", "").strip()
    if widget in ("yes_no", "declaration"):
        return text.lower() in TRUE if text.lower() in TRUE + FALSE else text
    if widget == "number" and re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    return re.sub(r"[\s.\-]", "", text) if widget in ("phone", "identity_number") else text


def settle(form: Form, answers: Answers) -> Settled:
    """Apply the logic table until it changes nothing more: later rows win, hidden answers are dropped.

    Source: TN Đ.11.2.b; R-SUB-03
    """
    kept = dict(answers)
    rows: Iterable[Row] = ()
    hidden: frozenset[str] = frozenset()
    for _ in range(len(form.rows) + 1):
        rows = [row for row in form.rows if row.holds(kept)]
        hidden = form.conditional - {name for row in rows for name in row.show}
        after = {name: value for name, value in kept.items() if name not in hidden}
        for row in rows:
            after.update(row.assign)
        if after == kept:
            break
        kept = after
    asked = {name for row in rows for name in row.require}
    return Settled(
        answers=kept,
        hidden=hidden,
        required=frozenset((form.required | asked) - hidden),
        required_components=frozenset(name for row in rows for name in row.require_components),
        blocks=tuple(row.block for row in rows if row.block),
    )
