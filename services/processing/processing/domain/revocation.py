"""What it takes to take an issued result back, or to put another in its place (thu hồi, thay thế kết quả)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, judge
from regulation.roles import Right, is_another_person, who_may

REVOCATION = "revocation"
"""The document type of a decision that only takes a result back."""


@dataclass(frozen=True)
class Draft:
    """What the specialist proposes: why the result is wrong, and the lines of the one that replaces it, if any."""

    ground: str
    legal_basis: str
    content: Mapping[str, Any] | None


@dataclass(frozen=True)
class Issued:
    """The result as it stands: whether one is in force, and who proposed to take it back, if anybody did."""

    in_force: bool
    proposed_by: str | None


def check_draft(draft: Draft, form: Form, today: date) -> Draft:
    """Return the draft with its lines as they are stored; `form` is the e-form of the result.

    Raises:
        InvalidInputError: ground or legal basis are empty; a line of the new result is missing or is no answer of
            its kind.

    Source: BD Đ.8.2; HN Đ.12.2; R-PRC-03; R-PRC-09
    """
    problems = [_empty(name, *words) for name, words in _NEEDED.items() if not getattr(draft, name).strip()]
    lines = draft.content
    if lines is not None:
        settled, found = judge(form, lines, today)
        problems += [FieldProblem(f"content.{one.field}", one.rule, one.vi, one.en) for one in found]
        lines = settled.answers
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


def _empty(field: str, vi: str, en: str) -> FieldProblem:
    return FieldProblem(field=field, rule="R-PRC-09", vi=vi, en=en)


def result_actions(here: Issued, subject: str, roles: frozenset[str]) -> list[str]:
    """Return what an officer may do about an issued result; who proposed does not decide.

    Source: BD Đ.8; requirements §C segregation rules; R-PRC-03
    """
    if not here.in_force:
        return []
    actions = ["revocation-proposal"] if roles & who_may(Right.HANDLE_DOSSIER) else []
    proposed = here.proposed_by is not None and is_another_person(here.proposed_by, subject)
    return actions + (["revocation"] if proposed and roles & who_may(Right.DECIDE_DOSSIER) else [])
