"""What it takes to take an issued result back, or to put another in its place (thu hồi, thay thế kết quả)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, judge

REVOCATION = "revocation"
"""The document type of a decision that only takes a result back."""


@dataclass(frozen=True)
class Draft:
    """What the specialist proposes: why the result is wrong, and the lines of the one that replaces it, if any."""

    ground: str
    legal_basis: str
    content: Mapping[str, Any] | None


def check_draft(draft: Draft, form: Form, today: date, issued: Mapping[str, Any]) -> Draft:
    """Return the draft with its lines as they are stored; `form` and `issued` are e-form and lines of the result.

    Raises:
        InvalidInputError: ground or legal basis are empty; a line of the new result is missing or is no answer of
            its kind; the new result says the same as the one it replaces.

    Source: BD Đ.8.2; HN Đ.12.2; R-PRC-03; R-PRC-09
    """
    problems = [_empty(name, *words) for name, words in _NEEDED.items() if not getattr(draft, name).strip()]
    lines = draft.content
    if lines is not None:
        settled, found = judge(form, lines, today)
        problems += [FieldProblem(f"content.{one.field}", one.rule, one.vi, one.en) for one in found]
        lines = settled.answers
        if not found and lines == issued:
            problems.append(FieldProblem("content", "R-PRC-09", *_SAME))
    if problems:
        raise InvalidInputError(problems)
    return replace(draft, ground=draft.ground.strip(), legal_basis=draft.legal_basis.strip(), content=lines)


_NEEDED = {
    "ground": (
        "Hãy nêu rõ vì sao kết quả đã cấp phải thu hồi hoặc thay thế.",
        "State in plain words why the issued result must be revoked or replaced.",
    ),
    "legal_basis": (
        "Hãy ghi căn cứ pháp lý của việc thu hồi, thay thế.",
        "Name the legal basis of the revocation or replacement.",
    ),
}


_SAME = (
    "Kết quả mới giống hệt kết quả đã cấp. Hãy sửa nội dung sai, hoặc chọn thu hồi.",
    "The new result says the same as the issued one. Correct what is wrong, or choose to revoke it.",
)


def _empty(field: str, vi: str, en: str) -> FieldProblem:
    return FieldProblem(field=field, rule="R-PRC-09", vi=vi, en=en)
