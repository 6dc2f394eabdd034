"""The linter of definitions: every page, question and logic row must make sense before publication."""

import re
from collections.abc import Iterable, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from eforms.conditions import OPERATORS, TODAY
from eforms.formulas import formula_names
from eforms.kinds import BY_PAPER, KINDS, kind_of
from eforms.kinds.base import Kind
from eforms.kinds.people import PAPERS
from eforms.likeness_checks import likeness_problems
from eforms.schema import compiles
from eforms.shape import has_shape
from eforms.texts import Problem

EFFECTS: Final = frozenset({"show", "require", "require_components", "set", "block"})
PRECISIONS: Final = frozenset({"day", "month", "year"})
PREFILLS: Final = frozenset(
    f"account.{part}"
    for part in ("full_name", "id_number", "phone", "email", "address", "organisation_name", "tax_code")
)
LISTED: Final = frozenset({"one_of", "many_of", "two_level"})
ALWAYS: Final = frozenset({"required", "block", "type", "format", "enum", "const", "pattern"})
NAMED: Final = re.compile(r"[a-z][a-z0-9_]*")
"""How a question is called; pages give what they ask beside it a name with a hyphen, so that neither is mistaken."""
PAGES_OWN: Final = frozenset(
    {"agree", "checked", "code", "code_id", "confirmation", "earlier", "form_token", "next", "reload"}
    | {
        "remove",
        "request_key",
        "result_address",
        "result_channel",
        "reuse",
        "shown",
        "stash",
        "version",
        "way",
    }
)
"""What pages that ask a whole form ask beside it without a hyphen."""
MOST_QUESTIONS, MOST_ROWS, MOST_CONDITIONS = 400, 200, 12
Json = Mapping[str, Any]


def fields_of(definition: Json) -> list[Json]:
    """Return all questions of a definition, page by page."""
    return [field for page in definition.get("pages") or () for field in page.get("fields") or ()]


def definition_problems(definition: Json, components: Set[str], *, declared: bool = True) -> list[Problem]:
    """Return what is wrong with a definition, empty when it is sound; `components` are the papers it may name.

    An applicant's form needs a declaration; the lines of a result are not `declared`.

    Source: requirements §0.3.5 (every field names its rule); R-CAT-09
    """
    if not has_shape(definition):
        return [Problem("pages", "shape-broken", "biểu mẫu sai cấu trúc.", "the form has a wrong shape.")]
    data = (definition.get("data") or {}).get("properties") or {}
    fields = fields_of(definition)
    names = [str(field.get("name")) for field in fields]
    return [
        *_whole(definition, names, declared),
        *(problem for field in fields for problem in _field(field, definition, data, components)),
        *(
            Problem(
                f"data.{name}",
                "field-never-asked",
                f"trường {name} không có trang nào hỏi.",
                f"no page asks {name}.",
            )
            for name in sorted(set(data) - set(names))
        ),
        *_logic(definition, frozenset(names), components),
        *likeness_problems(fields),
    ]


def _whole(definition: Json, names: list[str], declared: bool) -> Iterable[Problem]:
    if not names:
        yield Problem("pages", "no-pages", "chưa có trang nào.", "there is no page.")
    if declared and not (definition.get("declaration") or {}).get("vi"):
        yield Problem("declaration", "no-declaration", "thiếu lời cam đoan.", "the declaration is missing.")
    if not compiles(definition.get("data") or {}):
        yield Problem("data", "schema-broken", "lược đồ dữ liệu sai.", "the data schema is broken.")
    if len(names) > MOST_QUESTIONS or len(definition.get("logic") or ()) > MOST_ROWS:
        yield Problem("pages", "too-large", "biểu mẫu quá lớn.", "the form is too large.")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            f"fields.{name}", "field-twice", f"trường {name} bị lặp.", f"the field {name} stands twice."
        )


def _field(field: Json, definition: Json, data: Json, components: Set[str]) -> Iterable[Problem]:
    name, kind = str(field.get("name")), kind_of(str(field.get("widget")))
    place = f"fields.{name}"
    yield from _asked(field, definition, place, components)
    for child in field.get("fields") or ():
        yield from _in_a_row(child, definition, f"{place}.{child['name']}", components)
    if not kind.silent:
        yield from _data(field, kind, data.get(name), place)


def _in_a_row(child: Json, definition: Json, place: str, components: Set[str]) -> Iterable[Problem]:
    """Check a question inside a group: what has no answer of its own in a row cannot stand there."""
    name, widget = child.get("name"), str(child.get("widget"))
    if kind_of(widget).silent or widget == "calculated":
        vi, en = f"{name} không đặt được trong nhóm.", f"{name} cannot stand in a group."
        yield Problem(place, "not-in-a-row", vi, en)
        return
    yield from _asked(child, definition, place, components)


def _asked(field: Json, definition: Json, place: str, components: Set[str]) -> Iterable[Problem]:
    """Check one question, on a page or in a group."""
    name, widget, label = field.get("name"), str(field.get("widget")), field.get("label") or {}
    if not NAMED.fullmatch(str(name)) or name in PAGES_OWN:
        vi = f"{name} không làm tên câu hỏi được: chỉ chữ thường không dấu, số, “_”, không trùng tên của trang."
        en = f"{name} names no question: small letters, digits and “_” do, but no name that pages keep for themselves."
        yield Problem(place, "name-not-free", vi, en)
    if widget not in KINDS:
        yield Problem(
            place, "unknown-widget", f"kiểu ô “{widget}” không có.", f"the widget “{widget}” is unknown."
        )
    if not (label.get("vi") and label.get("en")):
        yield Problem(
            place, "label-missing", f"{name} thiếu nhãn vi hoặc en.", f"{name} lacks a label in vi or en."
        )
    if widget in BY_PAPER and field.get("component") not in components:
        yield Problem(
            place, "unknown-component", f"{name} trỏ tới thành phần không có.", f"{name} names no component."
        )
    yield from _choices(field, definition, place)
    yield from _details(field, kind_of(widget), place)


def _choices(field: Json, definition: Json, place: str) -> Iterable[Problem]:
    name, widget = field.get("name"), field.get("widget")
    if widget in LISTED and not field.get("options"):
        yield Problem(place, "no-options", f"{name} không có lựa chọn.", f"{name} has no options.")
    if widget == "code_list" and not (definition.get("lists") or {}).get(field.get("list")):
        yield Problem(
            place, "unknown-list", f"{name} dùng danh mục không có.", f"{name} uses an unknown list."
        )
    if widget == "group" and not field.get("fields"):
        yield Problem(
            place, "no-fields", f"nhóm {name} không có câu hỏi.", f"the group {name} has no questions."
        )


def _details(field: Json, kind: Kind, place: str) -> Iterable[Problem]:
    """Check the keys that only some widgets have."""
    name = field.get("name")
    for rule in sorted(set(field.get("errors") or {}) - set(kind.rules) - ALWAYS):
        yield Problem(
            place,
            "unknown-rule",
            f"{name} không có lỗi “{rule}” để thay lời.",
            f"{name} has no rule “{rule}” to reword.",
        )
    wrong = (
        field.get("precision", "day") not in PRECISIONS
        or set(field.get("papers") or ()) - set(PAPERS)
        or (field.get("prefill") or "account.phone") not in PREFILLS
        or "error" in field
    )
    if wrong:
        yield Problem(place, "unknown-detail", f"{name} có thuộc tính sai.", f"{name} has a wrong property.")


def _data(field: Json, kind: Kind, schema: Json | None, place: str) -> Iterable[Problem]:
    name = field.get("name")
    if schema is None:
        yield Problem(
            place, "field-without-data", f"{name} không có trong dữ liệu.", f"{name} is not in the data."
        )
        return
    whole_only = schema.get("type") == "integer" and field.get("decimals")
    partial = schema.get("format") == "date" and field.get("precision", "day") != "day"
    if schema.get("type", kind.data[0]) not in kind.data or whole_only or partial:
        yield Problem(
            place,
            "data-disagrees",
            f"kiểu dữ liệu của {name} không hợp với ô nhập.",
            f"the data of {name} disagree.",
        )


def _logic(definition: Json, names: Set[str], components: Set[str]) -> Iterable[Problem]:
    for at, row in enumerate(definition.get("logic") or ()):
        if not _sound(row, names, components):
            vi, en = f"dòng {at + 1} của bảng điều kiện sai.", f"logic row {at + 1} is wrong."
            yield Problem(f"logic.{at}", "logic-broken", vi, en)
    yield from shown_by_later_answers(definition)
    yield from circles(definition)
    for field in fields_of(definition):
        if field.get("widget") == "calculated" and not _computable(str(field.get("formula") or ""), names):
            name = field.get("name")
            yield Problem(
                f"fields.{name}",
                "formula-broken",
                f"công thức của {name} sai.",
                f"the formula of {name} is wrong.",
            )


def shown_by_later_answers(definition: Json) -> Iterable[Problem]:
    """Find rows that show a question of a page by answers of a later one: people would have to go back for it."""
    page_of = {
        field.get("name"): at
        for at, page in enumerate(definition.get("pages") or ())
        for field in page.get("fields") or ()
    }
    for at, row in enumerate(definition.get("logic") or ()):
        shown = [page_of.get(name, 0) for name in (row.get("then") or {}).get("show") or ()]
        if shown and max((page_of.get(name, 0) for name in _looked_at(row)), default=0) > min(shown):
            vi = f"dòng {at + 1} của bảng điều kiện hiện câu hỏi theo câu trả lời ở trang sau."
            en = f"logic row {at + 1} shows a question by an answer of a later page."
            yield Problem(f"logic.{at}", "shown-by-later-answer", vi, en)


def circles(definition: Json) -> Iterable[Problem]:
    """Find a question that is shown or set by its own answer, be it through others: the table would never rest."""
    rests_on: dict[str, set[str]] = {}
    for row in definition.get("logic") or ():
        then = row.get("then") or {}
        for name in (*(then.get("show") or ()), *(then.get("set") or ())):
            rests_on.setdefault(name, set()).update(_looked_at(row))
    for field in fields_of(definition):
        if field.get("widget") == "calculated":
            rests_on.setdefault(str(field.get("name")), set()).update(_formula_names(field))
    try:
        TopologicalSorter(rests_on).prepare()
    except CycleError as found:
        circle = " → ".join(found.args[1])
        yield Problem(
            "logic",
            "goes-in-circles",
            f"câu hỏi phụ thuộc vào chính câu trả lời của nó: {circle}.",
            f"a question hangs on its own answer: {circle}.",
        )


def _looked_at(row: Json) -> set[str]:
    tests = [test for tests in (row.get("when") or {}).values() for test in tests]
    named = {test.get(key) for test in tests for key in ("field", "other", "age_at", "days_after")}
    return {name for name in named if isinstance(name, str)} - {"", TODAY}


def _formula_names(field: Json) -> Set[str]:
    try:
        return formula_names(str(field.get("formula") or ""))
    except ValueError:
        return frozenset()


def _sound(row: Json, names: Set[str], components: Set[str]) -> bool:
    when, then = row.get("when") or {}, row.get("then") or {}
    tests = [*(when.get("all") or ()), *(when.get("any") or ())]
    known = names | {TODAY}
    asked = {name for effect in ("show", "require", "set") for name in then.get(effect) or ()}
    at = (then.get("block") or {}).get("field")
    return bool(
        0 < len(tests) <= MOST_CONDITIONS
        and len(when) == 1
        and set(then) <= EFFECTS
        and asked | ({at} if at else set()) <= names
        and set(then.get("require_components") or ()) <= components
        and all(_comparable(test, names, known) for test in tests)
    )


def _comparable(test: Json, names: Set[str], known: Set[str]) -> bool:
    others = {test[key] for key in ("other", "age_at", "days_after") if test.get(key)}
    sided = test.get("operator") in ("answered", "not_answered") or ("value" in test) is not bool(
        test.get("other")
    )
    return test.get("field") in names and test.get("operator") in OPERATORS and others <= known and sided


def _computable(formula: str, names: Set[str]) -> bool:
    try:
        return formula_names(formula) <= names
    except ValueError:
        return False
