"""How agencies serve online, by an indicator set and a period: what is measured, and where an evaluation stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from common.errors import ConflictError, FieldProblem, InvalidInputError, NotFoundError
from regulation.lateness.periods import Cycle, Period, period_of

PERIODS: Final = {Cycle.QUARTER: ("Quý", "Quarter"), Cycle.YEAR: ("Năm", "Year")}
"""The periods agencies are evaluated by."""
OLDEST: Final = timedelta(days=5 * 366)
"""How long ago a period may have ended: an evaluation is never taken back."""


class Unit(StrEnum):
    """In what an indicator is told."""

    PERCENT = "percent"
    MARK = "mark"


@dataclass(frozen=True)
class Indicator:
    """Something that is measured of every agency (chỉ số)."""

    key: str
    vi: str
    en: str
    unit: Unit
    source: str

    def said(self, lang: str) -> str:
        """Return what it measures, in Vietnamese or English."""
        return self.en if lang == "en" else self.vi


INDICATORS: Final = (
    Indicator(
        "questions_in_time",
        "Câu hỏi trả lời đúng hạn",
        "Questions answered in time",
        Unit.PERCENT,
        "NB Đ.18.5; TN Đ.15; QT Đ.24.4",
    ),
    Indicator(
        "questions_returned",
        "Câu hỏi trả lại vì không đúng thẩm quyền",
        "Questions given back to the coordinator",
        Unit.PERCENT,
        "NB Đ.18.5.b; TN Đ.15.3.a",
    ),
    Indicator(
        "feedback_in_time",
        "Phản ánh, kiến nghị trả lời đúng hạn",
        "Feedback replied to in time",
        Unit.PERCENT,
        "TN Đ.18.2; BD Đ.11; QT Đ.23",
    ),
    Indicator(
        "progress", "Người dân đánh giá tiến độ", "Rated for progress", Unit.MARK, "NB Đ.10.4; NB Đ.22.1"
    ),
    Indicator(
        "quality", "Người dân đánh giá chất lượng", "Rated for quality", Unit.MARK, "NB Đ.10.4; BD Đ.13.6"
    ),
)
"""The indicator set, each with the article that asks for it. Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04"""


@dataclass(frozen=True)
class Measure:
    """What an indicator is at an agency, and of how many cases; nothing where there were none, or too few to tell."""

    value: float | None
    count: int | None


Measures = Mapping[str, Mapping[str, Measure]]
"""Measures by agency and indicator."""
NOTHING: Final = Measure(None, None)


class EvaluationState(StrEnum):
    """Where an evaluation stands (trạng thái đánh giá)."""

    OPEN = "open"
    CLOSED = "closed"

    def said(self, lang: str) -> str:
        """Return the state in Vietnamese or English."""
        return _STATES[self][lang == "en"]


_STATES: Final = {
    EvaluationState.OPEN: ("Đang đánh giá", "Open"),
    EvaluationState.CLOSED: ("Đã kết luận", "Closed"),
}


class EvaluationNotFoundError(NotFoundError):
    """There is no such evaluation."""

    code = "evaluation-not-found"
    vi = "Không tìm thấy đợt đánh giá."
    en = "The evaluation was not found."


class EvaluationClosedError(ConflictError):
    """What was concluded stands with its figures."""

    code = "evaluation-closed"
    vi = "Đợt đánh giá đã kết luận, không sửa được nữa."
    en = "The evaluation is closed and stands as it is."


class AlreadyEvaluatedError(ConflictError):
    """Each period is evaluated once."""

    code = "already-evaluated"
    vi = "Kỳ này đã có đợt đánh giá {number}."
    en = "This period is evaluated already, under {number}."


def share(part: int, whole: int) -> Measure:
    """Return a share in percent of a number of cases."""
    return Measure(round(100 * part / whole, 1), whole) if whole else NOTHING


def evaluated_period(cycle: Cycle, day: date, now: datetime, changeable: timedelta) -> Period:
    """Return the period of a local day; it is over for so long (`changeable`) that no rating of it changes any more.

    Figures that move would tell one rating by the difference of two looks; and what is long ago has none.

    Raises: InvalidInputError.
    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04
    """
    period = period_of(day, cycle)
    if cycle not in PERIODS or period.ends_at + changeable > now:
        vi, en = (
            f"Chọn một kỳ đã kết thúc ít nhất {changeable.days} ngày.",
            f"Choose a period that ended at least {changeable.days} days ago.",
        )
        raise InvalidInputError([FieldProblem("day", "period", vi, en)])
    if period.ends_at < now - OLDEST:
        vi, en = "Kỳ này đã quá năm năm.", "This period is more than five years ago."
        raise InvalidInputError([FieldProblem("day", "too-old", vi, en)])
    return period
