"""Who may stand in the directory of agencies, and where."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from common.errors import FieldProblem, InvalidInputError
from eforms import AnswerRefusedError
from eforms.kinds.contacts import email

CODE = re.compile(r"^[A-Z][0-9]{2}(\.[0-9]{2,3}){0,4}$")


VOLUNTARY = frozenset({"vertical", "other"})
"""Kinds of agencies that publish here of their own will: of a vertical sector (ngành dọc), or any other.

Source: NB Đ.1.2.đ; R-CAT-02
"""


@dataclass(frozen=True)
class Level:
    """An administrative level (cấp hành chính); levels are data with validity dates, not code."""

    id: str
    name: str
    name_en: str
    rank: int
    valid_from: date
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Tell whether the level exists on a local day; `valid_to` is the first day without it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class AgencyEntry:
    """An agency (cơ quan, đơn vị) as it is proposed for the directory."""

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date
    valid_to: date | None = None


def agency_problems(
    entry: AgencyEntry, levels: Mapping[str, Level], known: Collection[str]
) -> list[FieldProblem]:
    """Return what keeps an agency out of the directory: unknown level or parent, bad code, dates reversed.

    Source: NB Đ.9.1.a; R-CAT-01
    """
    found = []
    if not CODE.match(entry.code):
        vi, en = "Mã cơ quan có dạng H42.15.", "An agency code looks like H42.15."
        found.append(FieldProblem("code", "code-shape", vi, en))
    level = levels.get(entry.level)
    if level is None or not level.valid_on(entry.valid_from):
        found.append(_unknown("level", "unknown-level", entry.level, "Cấp hành chính", "The level"))
    if entry.parent is not None and (entry.parent not in known or entry.parent == entry.code):
        found.append(
            _unknown("parent", "unknown-parent", entry.parent, "Cơ quan cấp trên", "The parent agency")
        )
    if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
        vi, en = "Ngày hết hiệu lực phải sau ngày bắt đầu.", "The last day comes before the first."
        found.append(FieldProblem("valid_to", "dates-reversed", vi, en))
    return found


def desk_email(text: str) -> str:
    """Return the e-mail address of a desk as it is stored, by the rule that forms have too; none stays none.

    Raises:
        InvalidInputError: it is no address.

    Source: NB Đ.23.3; R-CAT-21
    """
    try:
        return email(text) if text.strip() else ""
    except AnswerRefusedError as refused:
        vi, en = refused.text.vi.format(label="Thư điện tử"), refused.text.en.format(label="E-mail")
        raise InvalidInputError([FieldProblem("email", refused.rule, vi, en)]) from None


def _unknown(field: str, rule: str, value: str, vi: str, en: str) -> FieldProblem:
    vi, en = f"{vi} “{value}” không có hoặc không còn hiệu lực.", f"{en} “{value}” is unknown or not valid."
    return FieldProblem(field, rule, vi, en)
