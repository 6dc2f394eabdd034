"""What an official document says apart from its layout: heading, place and date, signature block."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from eforms import read_form, told_answer
from procedures import Procedure
from regulation.letterhead import full_name, is_council, issuer_lines, place_of, superior_line
from regulation.roles import Role
from regulation.text import date_words, form_date

from processing.domain.decision import FREE_TEXT
from processing.domain.outcomes import Outcome
from processing.domain.signing import REJECTION

APART = ("applicant", FREE_TEXT)
"""Lines that have a place of their own on the paper."""
DEPARTMENT = re.compile(r"^sở\b", re.IGNORECASE)


@dataclass(frozen=True)
class Signatory:
    """The block above a signature: capacity lines and the person's name (thể thức ký)."""

    lines: tuple[str, ...]
    name: str


def signatory(agency_name: str, roles: Sequence[str], name: str) -> Signatory:
    """Return the capacity in which an officer signs: the head himself, or a deputy for the head (KT.).

    Source: TN PL.B3; R-PRC-11
    """
    head = Role.AGENCY_HEAD in roles
    title: tuple[str, ...]
    if is_council(agency_name):
        title = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") if head else ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    elif DEPARTMENT.match(agency_name):
        title = ("GIÁM ĐỐC",) if head else ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    else:
        title = ("THỦ TRƯỞNG",) if head else ("KT. THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG")
    return Signatory(title, name)


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a free text, without empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


@dataclass(frozen=True)
class PaperFacts:
    """Everything about a dossier that its decision prints; `day` is the local date of issue."""

    code: str
    procedure_name: str
    outcome: str
    template: str
    issuer: str
    superior: str | None
    number: str
    day: date
    content: Mapping[str, Any]
    reasons: str | None
    legal_basis: str | None
    signer_name: str
    signer_roles: tuple[str, ...]
    verification_code: str
    verification_url: str
    published: Procedure

    @property
    def document(self) -> str:
        """Return the document type: the result template, or the rejection notice."""
        return REJECTION if self.outcome == Outcome.REJECT else self.template


def compose(facts: PaperFacts, own: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return what the templates print, every text ready to show; `own` is the e-form of the template's lines.

    Source: requirements §E E-07, E-18; R-PRC-09; R-PRC-11
    """
    form = read_form(facts.published.result_form(facts.document, own))
    signing = signatory(facts.issuer, facts.signer_roles, facts.signer_name)
    return {
        "superior": superior_line(facts.issuer, facts.superior),
        "issuer": full_name(facts.issuer),
        "issuer_lines": issuer_lines(facts.issuer),
        "place": place_of(facts.issuer, facts.superior),
        "number": facts.number,
        "date": form_date(facts.day),
        "title": title,
        "code": facts.code,
        "procedure": facts.procedure_name,
        "applicant": facts.content.get("applicant", ""),
        "values": {
            name: told_answer(question, facts.content.get(name), "vi")
            for name, question in form.questions.items()
        },
        "lines": [
            {"label": question.label.vi, "text": text}
            for name, question in form.questions.items()
            if name not in APART and (text := told_answer(question, facts.content.get(name), "vi"))
        ],
        "paragraphs": paragraphs(facts.content.get(FREE_TEXT)),
        "reasons": paragraphs(facts.reasons),
        "legal_basis": paragraphs(facts.legal_basis),
        "signer_lines": list(signing.lines),
        "signer": signing.name,
        "born_in_words": born_in_words(facts.content.get("child_born_on", "")),
        "verification_code": facts.verification_code,
        "verification_url": facts.verification_url,
    }


def born_in_words(value: str) -> str:
    """Return an ISO date in words as a birth certificate prints it; anything else gives nothing."""
    try:
        words = date_words(date.fromisoformat(value.strip()))
    except ValueError:
        return ""
    return words[:1].upper() + words[1:]
