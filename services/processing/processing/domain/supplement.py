"""What it takes to draft a supplement request (yêu cầu bổ sung), and what waits while the applicant is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from common.errors import ConflictError, FieldProblem, InvalidInputError
from procedures import Component, FreeItem, asking_faults
from regulation.zone import local_day


class WaitsForApplicantError(ConflictError):
    """Nothing is decided while the applicant still has time to answer. Source: TN Đ.11.4.c; R-PRC-10"""

    code: ClassVar[str] = "waits-for-applicant"
    vi: ClassVar[str] = (
        "Hồ sơ {dossier} đang chờ người nộp bổ sung đến hết ngày {last_vi}; đồng hồ giải quyết đang dừng."
    )
    en: ClassVar[str] = "Dossier {dossier} waits for the applicant until {last_en}; its clock stands still."


@dataclass(frozen=True)
class Gap:
    """What is missing: why, what to do, which components, and what beside them with its legal basis."""

    reason: str
    guidance: str
    items: Sequence[tuple[str, str]]
    free_items: Sequence[FreeItem]


def check_gap(gap: Gap, papers: Sequence[Component]) -> Gap:
    """Return the draft as it is stored: plain words, at least one thing, nothing invented.

    Raises:
        InvalidInputError: something of it is empty, not published or without its article.

    Source: TN Đ.11.4.c; NB Đ.16.1.a; BD Đ.18.1; R-PRC-10; R-INT-22
    """
    faults = asking_faults(papers, (component for component, _ in gap.items), gap.free_items)
    problems = []
    for field, text in (("reason", gap.reason), ("guidance", gap.guidance)):
        if not text.strip():
            vi, en = "Hãy ghi bằng lời dễ hiểu với người nộp.", "Say it in words the applicant understands."
            problems.append(FieldProblem(field, "R-PRC-10", vi, en))
    if faults.nothing:
        vi, en = "Hãy chọn ít nhất một thành phần cần bổ sung.", "Choose at least one component."
        problems.append(FieldProblem("items", "R-PRC-10", vi, en))
    if faults.unpublished:
        vi, en = "Chỉ chọn thành phần trong danh mục đã công bố.", "Choose published components only."
        problems.append(FieldProblem("items", "R-INT-22", vi, en))
    if faults.repeated:
        vi, en = "Mỗi thành phần chỉ nêu một lần.", "Name each component once."
        problems.append(FieldProblem("items", "R-PRC-10", vi, en))
    if faults.without_basis:
        vi, en = (
            "Giấy tờ ngoài danh mục phải có căn cứ pháp lý.",
            "What is not published needs its legal basis.",
        )
        problems.append(FieldProblem("free_items", "R-INT-22", vi, en))
    if problems:
        raise InvalidInputError(problems)
    return gap


def still_waits(paused_at: datetime | None, answer_by_on: date | None, now: datetime) -> bool:
    """Tell whether the applicant still has time to answer; afterwards the officer may go on without an answer.

    Source: TN Đ.11.4.c; R-PRC-10; R-INT-19
    """
    return paused_at is not None and (answer_by_on is None or local_day(now) <= answer_by_on)
