"""What of a declaration counts, and which of its answers are missing or wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import eforms
from common.errors import FieldProblem
from eforms import Form, Settled


def judge(form: Form, answers: Mapping[str, Any], today: date) -> tuple[Settled, list[FieldProblem]]:
    """Return the answers that count and every problem of them, in the order of the form; `today` is the local date.

    Source: TN Đ.11.2.b; BD Đ.7.1.a; NB Đ.27.1; R-SUB-03
    """
    settled, problems = eforms.judge(form, answers, today)
    return settled, [FieldProblem(one.field, one.rule, one.vi, one.en) for one in problems]
