"""Turns a published e-form and the answers so far into pages of questions, and what was typed back into answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from regulation.text import nfc

from portal.domain.fields import DATE_PARTS, Choice, Field, date_parts, typed_date
from portal.domain.texts import Say, named

Json = Mapping[str, Any]
ADDRESS_PARTS = ("province", "commune", "detail")
KINDS = {
    "text": "text",
    "person_name": "text",
    "long_text": "long_text",
    "number": "number",
    "yes_no": "radios",
    "one_of": "radios",
    "code_list": "select",
    "date": "date",
    "identity_number": "code",
    "phone": "tel",
    "email": "email",
    "address": "address",
    "file": "files",
    "explanation": "explanation",
    "declaration": "agree",
}
WIDTHS = {"number": "5", "identity_number": "20", "phone": "20"}
SILENT = frozenset({"file", "explanation"})


@dataclass(frozen=True)
class FormPage:
    """One page of a form: its place in the journey, its words and its questions."""

    id: str
    title: str
    section: str
    number: int
    count: int
    fields: tuple[Field, ...]
    lang: str = "vi"


def page_ids(form: Json) -> list[str]:
    """List the pages of a form in the order of the journey."""
    return [str(page["id"]) for page in form.get("pages", ())]


def read_page(form: Json, page: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Read the answers typed into one page; what cannot be understood stays as typed for the check to name."""
    answers: dict[str, Any] = {}
    for item in _page(form, page)["fields"]:
        if item["widget"] not in SILENT:
            answers[item["name"]] = _read(item, typed)
    return answers


def _read(item: Json, typed: Mapping[str, str]) -> Any:
    name, widget = str(item["name"]), item["widget"]
    if widget == "date":
        return typed_date({part: typed.get(f"{name}-{part}", "") for part in DATE_PARTS}) or None
    if widget == "address":
        address = {part: nfc(typed.get(f"{name}-{part}", "").strip()) for part in ADDRESS_PARTS}
        return {part: text for part, text in address.items() if text} or None
    text = nfc(typed.get(name, "").strip())
    if widget in ("yes_no", "declaration"):
        return {"true": True, "false": False}.get(text)
    if widget == "number" and text.removeprefix("-").isdigit():
        return int(text)
    if widget in ("identity_number", "phone"):
        text = text.replace(" ", "").replace(".", "")
    return text or None


def holds(condition: Json, answers: Json) -> bool:
    """Say whether the ``when`` of a logic row holds for the answers."""
    if "all" in condition:
        return all(_compare(row, answers) for row in condition["all"])
    return any(_compare(row, answers) for row in condition.get("any", ()))


def _compare(row: Json, answers: Json) -> bool:
    answer, value = answers.get(row["field"]), row.get("value")
    if row["operator"] == "answered":
        return answer not in (None, "", [], {})
    if row["operator"] == "not_answered":
        return answer in (None, "", [], {})
    comparisons: dict[str, Callable[[], bool]] = {
        "equals": lambda: bool(answer == value),
        "not_equals": lambda: bool(answer != value),
        "in": lambda: answer in (value or ()),
        "less_than": lambda: answer is not None and bool(answer < value),
        "greater_than": lambda: answer is not None and bool(answer > value),
    }
    return comparisons[row["operator"]]()


def hidden(form: Json, answers: Json) -> set[str]:
    """Name the questions that the logic table does not ask for these answers."""
    shown_by_rows, shown = set(), set()
    for row in form.get("logic", ()):
        names = row["then"].get("show", ())
        shown_by_rows.update(names)
        if holds(row["when"], answers):
            shown.update(names)
    return shown_by_rows - shown


@dataclass(frozen=True)
class FormReader:
    """Reads one form in one language."""

    form: Json
    lang: str
    say: Say

    def page(self, page: str, answers: Json, problems: Mapping[str, str]) -> FormPage:
        """Make one page of questions with their answers and complaints."""
        found, ids = _page(self.form, page), page_ids(self.form)
        title, lang = named(found, "title", self.lang)
        here = {item["name"] for item in found["fields"]}
        unasked = hidden(self.form, answers)
        fields = [
            self._conditional(self.field(item, answers, problems), here)
            for item in found["fields"]
            if item["name"] not in unasked or self._depends_on(item["name"], here)
        ]
        section = named(found, "section", self.lang)[0]
        return FormPage(page, title, section, ids.index(page) + 1, len(ids), tuple(fields), lang)

    def field(self, item: Json, answers: Json, problems: Mapping[str, str]) -> Field:
        """Make one question."""
        name, widget = str(item["name"]), str(item["widget"])
        label, lang = named(item, "label", self.lang)
        answer = answers.get(name)
        return Field(
            name=name,
            label=named(item, "text", self.lang)[0] if widget == "explanation" else label,
            kind=KINDS.get(widget, "text"),
            value=_shown(answer),
            parts=_parts(widget, answer),
            hint=named(item, "hint", self.lang)[0],
            why=named(item, "why", self.lang)[0],
            error=problems.get(name, ""),
            choices=self._choices(item),
            required=self._required(name, answers),
            autocomplete=str(item.get("autocomplete", "")),
            width=WIDTHS.get(widget, ""),
            lang=lang if lang != self.lang else "",
            component=str(item.get("component", "")),
        )

    def _choices(self, item: Json) -> tuple[Choice, ...]:
        if item["widget"] == "yes_no":
            return (Choice("true", self.say("Có")), Choice("false", self.say("Không")))
        options: Sequence[Json] = item.get("options") or self.form.get("lists", {}).get(item.get("list"), ())
        return tuple(Choice(str(o["value"]), str(o.get(self.lang) or o.get("vi", ""))) for o in options)

    def _required(self, name: str, answers: Json) -> bool:
        needed = set(self.form.get("data", {}).get("required", ()))
        for row in self.form.get("logic", ()):
            if holds(row["when"], answers):
                needed.update(row["then"].get("require", ()))
        return name in needed

    def _rows_showing(self, name: str) -> Iterable[Json]:
        return (row for row in self.form.get("logic", ()) if name in row["then"].get("show", ()))

    def _depends_on(self, name: str, here: set[str]) -> bool:
        rows = self._rows_showing(name)
        return any(
            c["field"] in here
            for row in rows
            for c in [*row["when"].get("all", ()), *row["when"].get("any", ())]
        )

    def _conditional(self, asked: Field, here: set[str]) -> Field:
        for row in self._rows_showing(asked.name):
            conditions = _conditions(row)
            if len(conditions) != 1 or conditions[0]["operator"] not in ("equals", "in"):
                continue
            if conditions[0]["field"] not in here:
                continue
            value = conditions[0]["value"]
            wanted = [_shown(v) for v in (value if isinstance(value, list) else [value])]
            source = self.item(conditions[0]["field"])
            words = [c.label for c in self._choices(source) if c.value in wanted]
            sentence = self.say("Chỉ trả lời nếu “{question}” là {answer}.")
            told = sentence.format(question=named(source, "label", self.lang)[0], answer=" / ".join(words))
            return replace(asked, show_when=f"{source['name']}={'|'.join(wanted)}", condition=told)
        return asked

    def item(self, name: str) -> Json:
        """Find a question's definition. Raises: KeyError."""
        for page in self.form.get("pages", ()):
            for item in page["fields"]:
                if item["name"] == name:
                    return dict(item)
        raise KeyError(name)

    def told(self, item: Json, answers: Json, places: Mapping[str, str] | None = None) -> str:
        """Say an answer in words, for the check-answers page."""
        answer = answers.get(item["name"])
        if isinstance(answer, Mapping):
            pieces = [
                str(answer.get("detail", "")),
                str(answer.get("commune", "")),
                str(answer.get("province", "")),
            ]
            return ", ".join((places or {}).get(piece, piece) for piece in pieces if piece)
        if item["widget"] == "date" and answer:
            parts = date_parts(str(answer))
            return f"{parts['day'].zfill(2)}/{parts['month'].zfill(2)}/{parts['year']}"
        shown = _shown(answer)
        return next((c.label for c in self._choices(item) if c.value == shown), shown)


def _page(form: Json, page: str) -> Json:
    for found in form.get("pages", ()):
        if found["id"] == page:
            return dict(found)
    raise KeyError(page)


def _conditions(row: Json) -> list[Json]:
    return [*row["when"].get("all", ()), *row["when"].get("any", ())]


def _shown(answer: Any) -> str:
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return str(answer)


def _parts(widget: str, answer: Any) -> dict[str, str]:
    if widget == "date":
        return date_parts(str(answer or ""))
    if widget == "address" and isinstance(answer, Mapping):
        return {part: str(answer.get(part, "")) for part in ADDRESS_PARTS}
    return {}
