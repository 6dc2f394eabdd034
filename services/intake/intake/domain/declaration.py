"""What of a declaration counts, and which of its answers are missing or wrong."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from common.errors import FieldProblem
from eforms import Form, Problem, Settled, form_problems, settle, tidy


def judge(form: Form, answers: Mapping[str, Any], today: date) -> tuple[Settled, list[FieldProblem]]:
    """Return the answers that count and every problem of them, in the order of the form; `today` is the local date.

    Source: TN Đ.11.2.b; BD Đ.7.1.a; NB Đ.27.1; R-SUB-03
    """
    settled = settle(form, tidy(form, answers), today)
    return settled, _told(form_problems(form, settled, today))


def _told(problems: Iterable[Problem]) -> list[FieldProblem]:
    return [FieldProblem(problem.field, problem.rule, problem.vi, problem.en) for problem in problems]
