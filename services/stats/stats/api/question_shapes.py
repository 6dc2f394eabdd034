"""What the answers about figures of questions and feedback look like."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Final, NamedTuple

from pydantic import BaseModel
from regulation.lateness import Period
from regulation.text import Lang

from stats.api.shapes import IdentityOut
from stats.domain.accounts import QuestionFigures
from stats.domain.questions import Subject
from stats.domain.tree import Parents

CENTRE_KEY: Final = "centre"
"""The key of the coordinator, who sorts questions and is no agency here."""


class QuestionRowOut(BaseModel):
    """The account of one key in one period, as `QuestionFigures` says it; an agency's with those below it.

    `parent` is the agency above it.
    """

    period: str
    first: date
    last: date
    key: str
    name: str
    name_en: str | None
    parent: str | None
    carried_over: int
    received: int
    answered_in_time: int
    answered_late: int
    refused: int
    moved: int
    passed_on: int
    open: int
    forwarded: int
    returned: int
    recalled: int
    late: int
    came_late: int
    late_open: int
    in_time_percent: float | None


HEADINGS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "vi": (
        "Kỳ",
        "Từ ngày",
        "Đến ngày",
        "Mã",
        "Tên",
        "Tên tiếng Anh",
        "Cấp trên",
        "Kỳ trước chuyển sang",
        "Tiếp nhận",
        "Trả lời đúng hạn",
        "Trả lời trễ hạn",
        "Không tiếp nhận",
        "Chuyển sang phản ánh",
        "Chuyển nơi khác",
        "Đang mở",
        "Lượt chuyển cơ quan",
        "Lượt trả lại",
        "Lượt lấy lại",
        "Kết thúc trễ hạn",
        "Đến khi đã trễ hạn",
        "Đang mở và trễ hạn",
        "Tỷ lệ đúng hạn (%)",
    ),
    "en": tuple(QuestionRowOut.model_fields),
}
"""The names of a row's columns for readers of one language; programs ask in English."""


class QuestionFiguresOut(BaseModel):
    """Public figures of questions or feedback, with their age."""

    subject: Subject
    as_of: datetime
    age_seconds: float
    rows: list[QuestionRowOut]
    totals: list[QuestionRowOut]
    identity: IdentityOut


class ReportOut(BaseModel):
    """The report of one period: every agency in sight, and the whole for who sees the province."""

    subject: Subject
    period: str
    first: date
    last: date
    as_of: datetime
    over: bool
    rows: list[QuestionRowOut]
    total: QuestionRowOut | None
    identity: IdentityOut


class BehindOut(BaseModel):
    """One time in somebody's hands behind a figure; `days_late` are whole days, begun ones counted."""

    number: str
    topic: str
    topic_label: str
    agency: str
    agency_name: str
    since_at: datetime
    due_at: datetime | None
    until_at: datetime | None
    ending: str | None
    ending_label: str
    days_late: int


class Known(NamedTuple):
    """What keys are called, in Vietnamese and English, and which agency stands above which."""

    names: Mapping[str, tuple[str, str | None]]
    parents: Parents


class Rows:
    """How rows of one period are made: its name and days, the names of the keys, and where agencies stand."""

    def __init__(self, label: str, period: Period, known: Known) -> None:
        """Keep what all rows share."""
        self.label, self.first, self.last = label, period.first, period.last
        self.names, self.parents = known

    def row(self, key: str, figures: QuestionFigures) -> QuestionRowOut:
        """Return the row of a key; one without a name is shown by its code."""
        name, name_en = self.names.get(key, (key, None))
        return QuestionRowOut(
            period=self.label,
            first=self.first,
            last=self.last,
            key=key or CENTRE_KEY,
            name=name,
            name_en=name_en,
            parent=self.parents.get(key),
            **asdict(figures),
            in_time_percent=_percent(figures),
        )


def _percent(figures: QuestionFigures) -> float | None:
    """Return the share answered in time, in percent with one decimal; nothing when nothing was answered."""
    return round(100 * figures.answered_in_time / figures.answered, 1) if figures.answered else None
