"""The clocks of a question: who owes what, how each one ended, and which of them were late."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from regulation.calendar import CalendarGapError, WorkingCalendar
from regulation.clock import Ledger
from regulation.clock.by_profile import Term

from qa.domain.errors import CalendarEndedError


class ClockKind(StrEnum):
    """What is due (thời hạn): sorting, returning, answering."""

    TRIAGE = "triage"
    RETURN = "return"
    ANSWER = "answer"
    RESPONSE = "response"

    def said(self, lang: str) -> str:
        """Return what is due in Vietnamese or English."""
        return _KINDS[self][lang == "en"]


class Outcome(StrEnum):
    """How a clock ended; a time limit that was replaced stays in the books with its own ledger."""

    DONE = "done"
    PASSED_ON = "passed_on"
    """The coordinator sorted it; somebody else owes it from here, within the same time."""
    RETURNED = "returned"
    CLOSED = "closed"
    """Nobody did what was owed, for it belongs elsewhere."""
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """Of a time within which something could be done and was not."""

    def said(self, lang: str) -> str:
        """Return how it ended in Vietnamese or English."""
        return _OUTCOMES[self][lang == "en"]


_KINDS: Final = {
    ClockKind.TRIAGE: ("Phân loại, chuyển câu hỏi", "Sorting and forwarding"),
    ClockKind.RETURN: ("Trả lại nếu không đúng thẩm quyền", "Returning what belongs elsewhere"),
    ClockKind.ANSWER: ("Trả lời", "Answering"),
    ClockKind.RESPONSE: ("Trả lời phản ánh, kiến nghị", "Replying to feedback"),
}
_OUTCOMES: Final = {
    Outcome.DONE: ("Đã thực hiện", "Done"),
    Outcome.PASSED_ON: ("Đã chuyển cho cơ quan xử lý", "Passed on to the agency"),
    Outcome.RETURNED: (
        "Dừng, vì đã trả lại hoặc chuyển cơ quan khác",
        "Stopped: returned or given to another",
    ),
    Outcome.CLOSED: ("Dừng, vì không xử lý tại đây", "Stopped: it belongs elsewhere"),
    Outcome.REPLACED: ("Thay bằng thời hạn khác", "Replaced by another time limit"),
    Outcome.LAPSED: ("Đã qua, không dùng đến", "Passed without being used"),
}
OWED: Final = frozenset({ClockKind.TRIAGE, ClockKind.ANSWER, ClockKind.RESPONSE})
"""What somebody owes; the time for returning is a right of the agency, and passes without being late."""
GROUNDLESS: Final = frozenset({Outcome.REPLACED, Outcome.LAPSED})
"""How a clock ends that nobody was measured by to its end; whatever else ends one, its lateness stays."""


def is_late(kind: str, outcome: str | None, due_at: datetime, until: datetime) -> bool:
    """Tell whether what was owed was still owed after its time, however it ended at `until`.

    Source: design of unerasable lateness; requirements §0.3.2; R-QNA-10; R-QNA-13; R-FBK-08
    """
    return kind in OWED and outcome not in GROUNDLESS and until > due_at


def started(term: Term, received_at: datetime, calendar: WorkingCalendar) -> Ledger:
    """Return the ledger of a term. Raises: CalendarEndedError: the calendar says nothing of those days."""
    try:
        return term.starting(received_at, calendar)
    except CalendarGapError as error:
        raise CalendarEndedError from error
