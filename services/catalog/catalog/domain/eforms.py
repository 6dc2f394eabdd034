"""The linter of e-form definitions: every page, field and logic row must make sense before publication."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.errors import FieldProblem

from catalog.domain.content import Content

WIDGETS = frozenset(
    {
        "text",
        "long_text",
        "number",
        "yes_no",
        "one_of",
        "code_list",
        "date",
        "person_name",
        "identity_number",
        "phone",
        "email",
        "address",
        "file",
        "explanation",
        "declaration",
    }
)
SILENT = frozenset({"file", "explanation"})
OPERATORS = frozenset({"equals", "not_equals", "in", "answered", "not_answered", "less_than", "greater_than"})
EFFECTS = frozenset({"show", "require", "require_components", "set", "block"})


def eform_problems(content: Content) -> list[FieldProblem]:
    """Return what is wrong with the e-form of a version, empty when it has none or it is sound.

    Source: requirements §0.3.5 (every field names its rule); R-CAT-09
    """
    form = content.eform
    if form is None:
        return []
    components = {component.id for component in content.components}
    return [
        FieldProblem(f"eform.{place}", rule, f"Biểu mẫu điện tử: {vi}", f"E-form: {en}")
        for place, rule, vi, en in _faults(form, components)
    ]


Fault = tuple[str, str, str, str]


def fields_of(form: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all fields of a definition, page by page."""
    return [field for page in form.get("pages", ()) for field in page.get("fields", ())]


def _faults(form: Mapping[str, Any], components: set[str]) -> Iterable[Fault]:
    data = form.get("data", {}).get("properties", {})
    fields = fields_of(form)
    if not fields:
        yield "pages", "no-pages", "chưa có trang nào.", "there is no page."
    if not (form.get("declaration") or {}).get("vi"):
        yield "declaration", "no-declaration", "thiếu lời cam đoan.", "the declaration is missing."
    names = [str(field.get("name")) for field in fields]
    for name in {name for name in names if names.count(name) > 1}:
        yield f"fields.{name}", "field-twice", f"trường {name} bị lặp.", f"the field {name} stands twice."
    for field in fields:
        yield from _field_faults(field, form, data, components)
    for name in sorted(set(data) - set(names)):
        yield (
            f"data.{name}",
            "field-never-asked",
            f"trường {name} không có trang nào hỏi.",
            f"no page asks {name}.",
        )
    yield from _logic_faults(form, set(names), components)


def _field_faults(
    field: Mapping[str, Any], form: Mapping[str, Any], data: Mapping[str, Any], components: set[str]
) -> Iterable[Fault]:
    name, widget = str(field.get("name")), field.get("widget")
    place = f"fields.{name}"
    if widget not in WIDGETS:
        yield place, "unknown-widget", f"kiểu ô “{widget}” không có.", f"the widget “{widget}” is unknown."
    label = field.get("label") or {}
    if not (label.get("vi") and label.get("en")):
        yield place, "label-missing", f"{name} thiếu nhãn vi hoặc en.", f"{name} lacks a label in vi or en."
    if widget not in SILENT and name not in data:
        yield place, "field-without-data", f"{name} không có trong dữ liệu.", f"{name} is not in the data."
    if widget == "file" and field.get("component") not in components:
        yield (
            place,
            "unknown-component",
            f"{name} trỏ tới thành phần không có.",
            f"{name} names no component.",
        )
    if widget == "one_of" and not field.get("options"):
        yield place, "no-options", f"{name} không có lựa chọn.", f"{name} has no options."
    if widget == "code_list" and not (form.get("lists") or {}).get(field.get("list")):
        yield place, "unknown-list", f"{name} dùng danh mục không có.", f"{name} uses an unknown list."


def _logic_faults(form: Mapping[str, Any], names: set[str], components: set[str]) -> Iterable[Fault]:
    for at, row in enumerate(form.get("logic", ())):
        when, then = row.get("when", {}), row.get("then", {})
        tests = [*when.get("all", ()), *when.get("any", ())]
        asked = (
            {test.get("field") for test in tests} | set(then.get("show", ())) | set(then.get("require", ()))
        )
        odd = {test.get("operator") for test in tests} - OPERATORS | set(then) - EFFECTS
        if not tests or asked - names or odd or set(then.get("require_components", ())) - components:
            vi, en = f"dòng {at + 1} của bảng điều kiện sai.", f"logic row {at + 1} is wrong."
            yield f"logic.{at}", "logic-broken", vi, en
