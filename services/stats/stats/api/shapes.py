"""What the answers about figures look like."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel
from regulation.lateness import Figures
from regulation.text import Lang


class RowOut(BaseModel):
    """The figures of one key in one period; finished = early + on time + late."""

    period: str
    first: date
    last: date
    key: str
    name: str
    name_en: str | None
    level: str | None
    carried_over: int
    received: int
    finished: int
    finished_early: int
    finished_on_time: int
    finished_late: int
    in_progress: int
    paused: int
    withdrawn: int
    on_time_percent: float | None


HEADINGS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "vi": (
        "Kỳ",
        "Từ ngày",
        "Đến ngày",
        "Mã",
        "Tên",
        "Tên tiếng Anh",
        "Cấp",
        "Kỳ trước chuyển sang",
        "Tiếp nhận",
        "Đã giải quyết",
        "Trước hạn",
        "Đúng hạn",
        "Trễ hạn",
        "Đang giải quyết",
        "Tạm dừng",
        "Rút",
        "Tỷ lệ đúng hạn (%)",
    ),
    "en": tuple(RowOut.model_fields),
}
"""The names of a row's columns for readers of one language; programs ask in English."""


class IdentityOut(BaseModel):
    """Whether the accounts add up, and when that was last checked."""

    holds: bool
    checked_at: datetime | None
    breach_count: int
    breaches: list[dict[str, Any]] = []


class FiguresOut(BaseModel):
    """Public figures with their age."""

    as_of: datetime
    newest_fact_at: datetime | None
    waiting_count: int
    age_seconds: float
    overdue_now: int
    rows: list[RowOut]
    totals: list[RowOut]
    identity: IdentityOut


def percent(figures: Figures) -> float | None:
    """Return the share finished on time or early, in percent with one decimal; nothing when nothing was finished."""
    if not figures.finished:
        return None
    return round(100 * (figures.early + figures.on_time) / figures.finished, 1)
