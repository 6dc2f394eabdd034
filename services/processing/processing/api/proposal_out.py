"""How a drafted decision looks to officers over HTTP, its lines in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eforms import Form, told_answer
from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.models import Dossier


class LineOut(BaseModel):
    """One line of a drafted result in words."""

    label: str
    label_en: str
    text: str


class ProposalOut(BaseModel):
    """What is proposed to the leader."""

    outcome: str
    content: dict[str, Any]
    lines: list[LineOut]
    reasons: str | None
    legal_basis: str | None
    proposed_by: OfficerOut | None
    proposed_at: datetime | None
    approved_by: OfficerOut | None
    approved_at: datetime | None


def lines_out(content: Mapping[str, Any], form: Form) -> list[LineOut]:
    """Say the answered lines of a result in words; `form` is the e-form of the result."""
    return [
        LineOut(label=question.label.vi, label_en=question.label.en, text=text)
        for name, question in form.questions.items()
        if (text := told_answer(question, content.get(name), "vi"))
    ]


def proposal_out(dossier: Dossier, names: Mapping[str, str], form: Form) -> ProposalOut | None:
    """Describe the proposal, if there is one; `form` is the e-form of its result."""
    if dossier.outcome is None:
        return None
    return ProposalOut(
        outcome=dossier.outcome,
        content=dossier.content or {},
        lines=lines_out(dossier.content or {}, form),
        reasons=dossier.reasons,
        legal_basis=dossier.legal_basis,
        proposed_by=person(dossier.proposed_by, names),
        proposed_at=dossier.proposed_at,
        approved_by=person(dossier.approved_by, names),
        approved_at=dossier.approved_at,
    )
