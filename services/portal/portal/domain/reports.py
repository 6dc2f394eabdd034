"""The report on deadlines of questions and feedback: its periods, its columns, and where each lies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from answers.stats import Figure, Shown
from regulation.zone import local_day

from portal.domain.addresses import Address, Page
from portal.domain.fields import Choice

MONTHS: Final = 24
"""As many months back a report is offered; an address may name an older one."""
_WRITTEN: Final = re.compile(r"(2\d{3})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Reported:
    """What is reported on, in which words, and on which pages."""

    what: str
    title: str
    one: Address
    board: Address
    report: Address
    csv: Address
    behind: Address


QUESTIONS: Final = Reported(
    "questions",
    "Báo cáo thời hạn trả lời câu hỏi",
    Page.ASKED_ONE,
    Page.ASKED,
    Page.ASKED_REPORT,
    Page.ASKED_REPORT_CSV,
    Page.ASKED_BEHIND,
)
FEEDBACK: Final = Reported(
    "feedback",
    "Báo cáo thời hạn trả lời phản ánh, kiến nghị",
    Page.FEEDBACK_ONE,
    Page.FEEDBACK_LIST,
    Page.FEEDBACK_REPORT,
    Page.FEEDBACK_REPORT_CSV,
    Page.FEEDBACK_BEHIND,
)
COLUMNS: Final = {
    Figure.CARRIED_OVER: "Kỳ trước chuyển sang",
    Figure.RECEIVED: "Nhận trong kỳ",
    Figure.ANSWERED_IN_TIME: "Trả lời đúng hạn",
    Figure.ANSWERED_LATE: "Trả lời trễ hạn",
    Figure.REFUSED: "Không tiếp nhận",
    Figure.MOVED: "Chuyển sang phản ánh",
    Figure.PASSED_ON: "Chuyển nơi khác",
    Figure.OPEN: "Đang mở",
    Figure.RETURNED: "Trả lại đầu mối",
    Figure.LATE: "Kết thúc trễ hạn",
    Figure.LATE_OPEN: "Đang mở, đã quá hạn",
}
"""The columns of the report: the account first, then what is late or was returned of it."""


@dataclass(frozen=True)
class ReportPeriod:
    """A month or a year, as addresses name it: 2026-11, 2026."""

    year: int
    month: int | None

    @property
    def written(self) -> str:
        """Return it as addresses name it."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    @property
    def asked(self) -> dict[str, str]:
        """Return what the service is asked for."""
        shown = Shown.MONTH if self.month else Shown.YEAR
        return {"period": shown, "day": date(self.year, self.month or 1, 1).isoformat()}


def report_period(written: str, now: datetime) -> ReportPeriod:
    """Read the period of an address; this month where it names none."""
    today, found = local_day(now), _WRITTEN.fullmatch(written)
    if found is None:
        return ReportPeriod(today.year, today.month)
    return ReportPeriod(int(found[1]), int(found[2]) if found[2] else None)


def offered_periods(chosen: ReportPeriod, now: datetime) -> Iterator[Choice]:
    """Offer the last months and the years they lie in, the newest first, and the one that is chosen."""
    today = local_day(now)
    last = today.year * 12 + today.month - 1
    months = [ReportPeriod(at // 12, at % 12 + 1) for at in range(last, last - MONTHS, -1)]
    years = [ReportPeriod(year, None) for year in sorted({one.year for one in months}, reverse=True)]
    for one in dict.fromkeys([*months, *years, chosen]):
        yield Choice(one.written, f"{one.month:02}/{one.year}" if one.month else str(one.year))
