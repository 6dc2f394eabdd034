"""What an answer must show: who answers, which texts it rests on, and the notice that stands with every one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Self

from common.errors import FieldProblem, InvalidInputError
from eforms import AnswerRefusedError
from eforms.kinds.contacts import email, phone
from regulation.text import Lang, cleaned, cleaned_line

from qa.domain.errors import CitationsMissingError, LeaderIncompleteError

LONGEST_ANSWER: Final = 20_000
NOTICE: Final[Mapping[Lang, str]] = {
    "vi": (
        "Nội dung trả lời chỉ để tham khảo, không dùng làm căn cứ pháp lý để giải quyết các quan hệ dân sự, "
        "kinh tế và các quan hệ khác. Việc hỏi đáp không thuộc phạm vi điều chỉnh của Luật Khiếu nại, Luật Tố cáo."
    ),
    "en": (
        "The answer is for reference only and no legal basis for settling civil, economic or other relations. "
        "Questions and answers are not governed by the laws on complaints and denunciations."
    ),
}
"""The standing notice (lưu ý) of every answer. Source: NB Đ.18.4; TN Đ.14.4; R-QNA-18"""
_WANTED: Final = {
    "number": ("Hãy ghi số, ký hiệu văn bản.", "Enter number and symbol of the text."),
    "title": ("Hãy ghi trích yếu văn bản.", "Enter what the text is about."),
    "issuer": ("Hãy ghi cơ quan ban hành.", "Enter who issued the text."),
    "issued_on": ("Hãy ghi ngày ban hành.", "Enter the day of issue."),
    "effective_on": ("Hãy ghi ngày có hiệu lực.", "Enter the day it takes effect."),
}
_UNREADABLE: Final = {
    "phone": (
        "Số điện thoại chưa đúng, ghi như 0208 3851 234.",
        "This is no telephone number; write it as 0208 3851 234.",
    ),
    "email": (
        "Thư điện tử chưa đúng, ghi như ten@tinh.gov.vn.",
        "This is no e-mail address; write it as name@province.gov.vn.",
    ),
}


@dataclass(frozen=True)
class Citation:
    """A legal text an answer rests on (văn bản trích dẫn): number and symbol, extract, days, issuer."""

    number: str
    title: str
    issuer: str
    issued_on: date | None
    effective_on: date | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `kept` wrote."""
        days = {
            name: date.fromisoformat(kept[name]) if kept.get(name) else None
            for name in ("issued_on", "effective_on")
        }
        return cls(kept["number"], kept["title"], kept["issuer"], **days)

    def kept(self) -> dict[str, Any]:
        """Write it as JSON values."""
        told = asdict(self)
        return told | {
            name: day.isoformat() if (day := told[name]) else None for name in ("issued_on", "effective_on")
        }


@dataclass(frozen=True)
class Leader:
    """Who answers, and how to reach them (người trả lời)."""

    full_name: str
    position: str
    phone: str
    email: str


def checked_citations(
    citations: Sequence[Citation], no_citation_reason: str, *, effective_date: bool, whole: bool
) -> list[Citation]:
    """Return the texts an answer cites in their stored form; a draft that is not `whole` yet may lack them.

    Raises:
        InvalidInputError: a text is not described as the province asks.
        CitationsMissingError: there is none and no reason for it.

    Source: NB Đ.18.3.b; TN Đ.14.3; R-QNA-17
    """
    if whole and not citations and len(no_citation_reason.strip()) < 5:
        raise CitationsMissingError(field="citations", rule="citations")
    needed = [name for name in _WANTED if effective_date or name != "effective_on"] if whole else ["number"]
    tidied = [
        Citation(
            cleaned_line(c.number), cleaned_line(c.title), cleaned_line(c.issuer), c.issued_on, c.effective_on
        )
        for c in citations
    ]
    problems = [
        FieldProblem(f"citations.{place}.{name}", "required", *_WANTED[name])
        for place, one in enumerate(tidied)
        for name in needed
        if not getattr(one, name)
    ]
    if problems:
        raise InvalidInputError(problems)
    return tidied


def checked_leader(leader: Leader) -> Leader:
    """Return who answers in the stored form. Raises: LeaderIncompleteError, InvalidInputError.

    Source: NB Đ.18.3.a; TN Đ.14.3; R-QNA-16
    """
    told = Leader(
        *(cleaned_line(one) for one in (leader.full_name, leader.position, leader.phone, leader.email))
    )
    if not all((told.full_name, told.position, told.phone, told.email)):
        missing = next(name for name, said in asdict(told).items() if not said)
        raise LeaderIncompleteError(field=missing, rule="required")
    problems: list[FieldProblem] = []
    read: dict[str, str] = {}
    for name, reader in (("phone", phone), ("email", email)):
        try:
            read[name] = reader(getattr(told, name))
        except AnswerRefusedError:
            problems.append(FieldProblem(name, name, *_UNREADABLE[name]))
    if problems:
        raise InvalidInputError(problems)
    return Leader(told.full_name, told.position, read["phone"], read["email"])


def tidy_answer(text: str) -> str:
    """Return the text of an answer as it is stored. Raises: InvalidInputError."""
    told = cleaned(text)
    if not 10 <= len(told) <= LONGEST_ANSWER:
        vi, en = "Câu trả lời cần từ 10 đến 20.000 ký tự.", "An answer has 10 to 20,000 characters."
        raise InvalidInputError([FieldProblem("text", "length", vi, en)])
    return told
