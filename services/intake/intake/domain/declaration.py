"""Which answers of a declaration are missing or wrong, all at once and in the applicant's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from common.errors import FieldProblem

from intake.domain.eform import Field, Form, Settled, Text

SILENT: Final = ("file", "explanation")


@dataclass(frozen=True)
class SchemaFault:
    """One place where the answers break the data schema: path inside the answers, keyword, its limit."""

    path: tuple[str, ...]
    keyword: str
    limit: object = None


_MESSAGES: Final[dict[str, Text]] = {
    "required": Text("Hãy trả lời mục “{label}”.", "Answer “{label}”."),
    "minLength": Text(
        "“{label}” phải có ít nhất {limit} ký tự.", "“{label}” needs at least {limit} characters."
    ),
    "maxLength": Text("“{label}” dài quá {limit} ký tự.", "“{label}” is longer than {limit} characters."),
    "minimum": Text("“{label}” không được nhỏ hơn {limit}.", "“{label}” may not be less than {limit}."),
    "maximum": Text("“{label}” không được lớn hơn {limit}.", "“{label}” may not be more than {limit}."),
    "format": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "pattern": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "type": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "enum": Text(
        "Hãy chọn một mục có trong danh sách ở “{label}”.", "Choose one of the listed answers for “{label}”."
    ),
    "past": Text("“{label}” không được sau ngày hôm nay.", "“{label}” cannot be in the future."),
    "const": Text("Hãy xác nhận “{label}”.", "Confirm “{label}”."),
    "additionalProperties": Text("Tờ khai không có mục “{label}”.", "The form has no field “{label}”."),
}
_OTHER: Final = Text("“{label}” chưa đúng.", "“{label}” is not right.")


def declaration_problems(
    form: Form, settled: Settled, faults: Iterable[SchemaFault], today: date
) -> list[FieldProblem]:
    """Return every problem of the answers, in the order of the form.

    `faults` are the data schema's complaints about `settled.answers`; `today` is the local date.

    Source: TN Đ.11.2.b; BD Đ.7.1.a; NB Đ.27.1; R-SUB-03
    """
    found: dict[tuple[str, ...], FieldProblem] = {
        **{fault.path: _say(form, fault) for fault in faults if not _answered_elsewhere(fault, settled)},
        **{(name,): _say(form, SchemaFault((name,), "required")) for name in _missing(form, settled)},
    }
    for name, question in form.fields.items():
        fault = _widget_fault(question, settled.answers.get(name), today)
        if fault and (name,) not in found:
            found[name,] = _say(form, fault)
    blocks = [FieldProblem(field="", rule="block", vi=text.vi, en=text.en) for text in settled.blocks]
    if not found:
        return blocks
    order = {name: place for place, name in enumerate(form.fields)}
    listed = sorted(found.items(), key=lambda item: order.get(item[0][0], len(order)))
    return [problem for _, problem in listed] + blocks


def page_problems(form: Form, problems: Iterable[FieldProblem], page: str) -> list[FieldProblem]:
    """Return the problems of the questions of one page."""
    return [
        problem
        for problem in problems
        if (question := form.fields.get(problem.field.split(".")[0])) and question.page == page
    ]


def _missing(form: Form, settled: Settled) -> list[str]:
    return [
        name
        for name in settled.required
        if name not in settled.answers and (name not in form.fields or form.fields[name].widget not in SILENT)
    ]


def _answered_elsewhere(fault: SchemaFault, settled: Settled) -> bool:
    """Required questions are judged by the settled list, not by the schema alone."""
    return fault.keyword == "required" and len(fault.path) == 1


def _widget_fault(question: Field, value: Any, today: date) -> SchemaFault | None:
    if question.widget == "declaration" and value is not True:
        return SchemaFault((question.name,), "const")
    if not isinstance(value, str):
        return None
    if question.choices and value not in question.choices:
        return SchemaFault((question.name,), "enum")
    if question.past and value > today.isoformat():
        return SchemaFault((question.name,), "past")
    return None


def _say(form: Form, fault: SchemaFault) -> FieldProblem:
    question = form.fields.get(fault.path[0]) if fault.path else None
    path = ".".join(fault.path)
    said = _MESSAGES.get(fault.keyword, _OTHER)
    if question and question.error and fault.keyword != "required":
        said = question.error
    label = question.label if question else Text(path, path)
    return FieldProblem(
        field=path,
        rule=fault.keyword,
        vi=_fill(said.vi, label.vi, fault.limit),
        en=_fill(said.en, label.en, fault.limit),
    )


def _fill(message: str, label: str, limit: object) -> str:
    parts: Mapping[str, str] = {"{label}": label, "{limit}": str(limit)}
    for mark, value in parts.items():
        message = message.replace(mark, value)
    return message
