"""What a proposal must contain before a leader may see it, and who may approve it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, judge
from procedures import Step, StepKind
from regulation.roles import is_another_person

from processing.domain.errors import OwnProposalError
from processing.domain.outcomes import Outcome

FREE_TEXT = "content"


@dataclass(frozen=True)
class Proposal:
    """What the specialist submits to the leader (đề xuất giải quyết)."""

    outcome: Outcome
    content: Mapping[str, Any]
    reasons: str | None
    legal_basis: str | None


def check_proposal(proposal: Proposal, form: Form, today: date) -> Proposal:
    """Return the proposal with its lines as they are stored; `form` is the e-form of the result.

    Raises:
        InvalidInputError: a rejection lacks reasons or legal basis; a line of the result is missing or is no answer
            of its kind.

    Source: BD Đ.8.2; HN Đ.12.2; R-PRC-09; R-PRC-03
    """
    settled, found = judge(form, proposal.content, today)
    problems = _rejection_problems(proposal) if proposal.outcome is Outcome.REJECT else []
    if proposal.outcome is Outcome.GRANT:
        problems = [FieldProblem(f"content.{one.field}", one.rule, one.vi, one.en) for one in found]
    if problems:
        raise InvalidInputError(problems)
    return replace(proposal, content=settled.answers)


def _rejection_problems(proposal: Proposal) -> list[FieldProblem]:
    problems = []
    if not (proposal.reasons or "").strip():
        problems.append(
            FieldProblem(
                field="reasons",
                rule="R-PRC-09",
                vi="Hãy nêu rõ lý do không giải quyết bằng lời lẽ dễ hiểu.",
                en="State in plain words why the dossier is rejected.",
            )
        )
    if not (proposal.legal_basis or "").strip():
        problems.append(
            FieldProblem(
                field="legal_basis",
                rule="R-PRC-09",
                vi="Hãy ghi căn cứ pháp lý của việc từ chối.",
                en="Name the legal basis of the rejection.",
            )
        )
    return problems


def check_remarks(remarks: str) -> str:
    """Return the remarks, refusing an empty text: the specialist must learn what to change.

    Raises:
        InvalidInputError: the text is empty.

    Source: BD Đ.8; R-PRC-03
    """
    if not remarks.strip():
        raise InvalidInputError(
            [
                FieldProblem(
                    field="remarks",
                    rule="required",
                    vi="Hãy ghi ý kiến để chuyên viên biết cần sửa gì.",
                    en="Say what the specialist has to change.",
                )
            ]
        )
    return remarks.strip()


def check_second_person(proposed_by: str | None, decides: str) -> None:
    """Refuse that an officer decides on his own proposal.

    Raises:
        OwnProposalError: proposer and decider are one person.

    Source: requirements §C segregation rules; R-PRC-03
    """
    if not is_another_person(proposed_by, decides):
        raise OwnProposalError


def is_last_word(step_kind: str, upcoming: Step | None) -> bool:
    """Tell whether a leader's review is the last decision, because no signing step follows it.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    return step_kind == StepKind.REVIEW and (upcoming is None or upcoming.kind is StepKind.RETURN)
