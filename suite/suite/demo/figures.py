"""A look at the figures of questions and feedback: statistics and the books of questions say the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from regulation.lateness import Cycle, Period, period_of
from regulation.zone import local_day

from suite.demo.actors import Actor, Json, eventually
from suite.demo.welcome import PASSWORD
from suite.run.provinces import STANDARD, retell

Say = Callable[[str, str], None]
SUBJECTS = {"questions": "Thống kê hỏi đáp", "feedback": "Thống kê phản ánh"}
SAME: Mapping[str, str] = {
    "forwarded": "forwarded",
    "returned": "returned",
    "recalled": "recalled",
    "answered_in_time": "in_time",
    "refused": "closed",
    "late": "late",
    "came_late": "came_late",
    "late_open": "late_open",
}
"""The counts of an agency that statistics and the books of questions both have, by their names there and here."""


@dataclass
class Look:
    """A look at one month; `say` hears what it shows."""

    url: str
    say: Say = lambda _title, _what: None
    profile: str = STANDARD

    def __post_init__(self) -> None:
        """Bring the coordinator in."""
        self.coordinator = Actor(self.url).sign_in(retell("dieuphoi", self.profile), PASSWORD)
        self.month: Period = period_of(local_day(datetime.now(UTC)), Cycle.MONTH)

    def play(self) -> None:
        """Look at questions and at feedback.

        Raises:
            JourneyError: statistics and the books of questions do not come to the same.
        """
        for what, title in SUBJECTS.items():
            told = eventually(partial(self._agreed, what), f"figures of {what} that agree")
            total, late = told["total"], sum(row["late"] for row in told["rows"])
            self.say(
                title,
                f"tiếp nhận {total['received']}, trả lời đúng hạn {total['answered_in_time']}, "
                f"việc trễ {late}, đang mở {total['open']}; khớp với sổ hỏi đáp",
            )

    def report(self, what: str) -> Json:
        """Return the report of the month as statistics give it."""
        day = self.month.first.isoformat()
        told: Json = self.coordinator.get(f"/api/stats/{what}/report", period="month", day=day)
        return told

    def books(self, what: str) -> Json:
        """Return the same month as the books of questions count it."""
        span = {"since": self.month.starts_at.isoformat(), "before": self.month.ends_at.isoformat()}
        told: Json = self.coordinator.get(f"/api/qa/figures/{what}", **span)
        return told

    def _agreed(self, what: str) -> Json | None:
        report, books = self.report(what), self.books(what)
        same = _counts(report["rows"], "key", SAME) == _counts(books["agencies"], "agency", SAME.values())
        received = report["total"]["received"] == books["total"]["received"]
        return (
            report if same and received and report["identity"]["holds"] and books["total"]["holds"] else None
        )


def _counts(rows: list[Json], key: str, names: Any) -> dict[str, tuple[int, ...]]:
    """Return the counts of every agency that has any; the coordinator's own turns are in the report only."""
    told = {row[key]: tuple(row[name] for name in names) for row in rows if row[key] != "centre"}
    return {agency: counts for agency, counts in told.items() if any(counts)}
