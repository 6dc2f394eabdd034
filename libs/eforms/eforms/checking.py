"""Which answers are missing or wrong, all at once and in the applicant's words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from eforms.answers import read_all, read_answer
from eforms.definition import Form, Question
from eforms.kinds import kind_of
from eforms.likeness import taken_over
from eforms.logic import Settled, settle
from eforms.schema import SchemaFault, schema_faults
from eforms.texts import AnswerRefusedError, Problem, Text


class Located(Protocol):
    """A problem that names its question."""

    @property
    def field(self) -> str:
        """The path of the answer: `name` or `name.part`."""


P = TypeVar("P", bound=Located)
REQUIRED: Final = Text("Hãy trả lời mục “{label}”.", "Answer “{label}”.")
_MESSAGES: Final[Mapping[str, Text]] = {
    "required": REQUIRED,
    "minLength": Text(
        "“{label}” phải có ít nhất {limit} ký tự.", "“{label}” needs at least {limit} characters."
    ),
    "maxLength": Text("“{label}” dài quá {limit} ký tự.", "“{label}” is longer than {limit} characters."),
    "minimum": Text("“{label}” không được nhỏ hơn {limit}.", "“{label}” may not be less than {limit}."),
    "maximum": Text("“{label}” không được lớn hơn {limit}.", "“{label}” may not be more than {limit}."),
    "minItems": Text(
        "Hãy chọn ít nhất {limit} mục ở “{label}”.", "Choose at least {limit} answers for “{label}”."
    ),
    "maxItems": Text(
        "Chỉ chọn tối đa {limit} mục ở “{label}”.", "Choose at most {limit} answers for “{label}”."
    ),
    "format": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "pattern": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "type": Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form."),
    "enum": Text(
        "Hãy chọn một mục có trong danh sách ở “{label}”.", "Choose one of the listed answers for “{label}”."
    ),
    "additionalProperties": Text("Tờ khai không có mục “{label}”.", "The form has no field “{label}”."),
}
_OTHER: Final = Text("“{label}” chưa đúng.", "“{label}” is not right.")


def judge(form: Form, typed: Mapping[str, Any], today: date) -> tuple[Settled, list[Problem]]:
    """Return the answers that count of what was typed or stored, and every problem of them.

    The same as `tidy`, `taken_over`, `settle` and `form_problems` one after the other, with each answer read once.

    Source: TN Đ.11.2.b; BD Đ.7.1.a; NB Đ.27.1; R-SUB-03
    """
    kept, taken = read_all(form, typed)
    if form.likenesses:
        kept = taken_over(form, kept, today)
    settled = settle(form, kept, today)
    return settled, form_problems(form, settled, today, taken=taken - settled.assigned)


def form_problems(
    form: Form, settled: Settled, today: date, *, taken: Collection[str] = frozenset()
) -> list[Problem]:
    """Return every problem of the answers that count, in the order of the form; `today` is the local date.

    Each fault of an answer has its own sentence; a form's own text (`errors`) replaces only the one it is for.
    Answers that the rule of their kind has `taken` already are not read again.

    Source: TN Đ.11.2.b; BD Đ.7.1.a; NB Đ.27.1; R-SUB-03
    """
    found: dict[str, Problem] = {}
    answers, required = settled.answers, settled.required
    for name, question in form.questions.items():
        problem = (
            _check_problem(question, answers[name], today)
            if name in taken and name in answers
            else answer_problem(question, answers.get(name), today, required=name in required)
        )
        if problem is not None:
            found[name] = problem
    for name in settled.required - form.questions.keys() - settled.answers.keys():
        found[name] = problem_of(Question(name, "text", Text(name, name)), "required", REQUIRED, (name,))
    for fault in schema_faults(form, settled.answers):
        name = fault.path[0] if fault.path else ""
        if name not in found and not (fault.keyword == "required" and len(fault.path) == 1):
            found[name] = _schema_problem(form, fault)
    blocks = [Problem(block.field, "block", block.text.vi, block.text.en) for block in settled.blocks]
    if not found and not blocks:
        return []
    order = {name: place for place, name in enumerate(form.questions)}
    return sorted(
        [*found.values(), *blocks],
        key=lambda problem: order.get(problem.field.split(".", maxsplit=1)[0], len(order)),
    )


def answer_problem(question: Question, value: Any, today: date, *, required: bool = False) -> Problem | None:
    """Return what is wrong with one answer by the rule of its kind, None when it is right."""
    kind = kind_of(question.widget)
    if kind.silent or (kind.check is None and kind.stored(value, question)):
        return None
    if value is None:
        if not required and question.widget != "declaration":
            return None
        value = False if question.widget == "declaration" else None
    if value is None:
        return problem_of(question, "required", REQUIRED, (question.name,))
    read, refused = read_answer(question, value)
    return _check_problem(question, read, today) if refused is None else _refusal(question, refused)


def _check_problem(question: Question, value: Any, today: date) -> Problem | None:
    """Return what is wrong with an answer that could be read."""
    check = kind_of(question.widget).check
    if check is None:
        return None
    try:
        check(value, question, today)
    except AnswerRefusedError as refused:
        return _refusal(question, refused)
    return None


def _refusal(question: Question, refused: AnswerRefusedError) -> Problem:
    return problem_of(question, refused.rule, refused.text, (question.name, *refused.path))


def page_problems(form: Form, problems: Iterable[P], page_id: str) -> list[P]:
    """Return the problems of the questions of one page."""
    return [
        problem
        for problem in problems
        if (question := form.questions.get(problem.field.split(".")[0])) and question.page == page_id
    ]


def problem_of(question: Question, rule: str, text: Text, path: tuple[str, ...], **words: object) -> Problem:
    """Tell a fault of a question in both languages, in the form's own words where it has some for this rule."""
    said = question.errors.get(rule, text).filled(label=question.label, **words)
    return Problem(".".join(path), rule, said.vi, said.en)


def _schema_problem(form: Form, fault: SchemaFault) -> Problem:
    path = ".".join(fault.path)
    question = form.questions.get(fault.path[0] if fault.path else "") or Question(
        path, "text", Text(path, path)
    )
    return problem_of(
        question, fault.keyword, _MESSAGES.get(fault.keyword, _OTHER), fault.path, limit=fault.limit
    )
