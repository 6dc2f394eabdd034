"""The clocks of a question: who owes what, and how each one ended."""

from enum import StrEnum
from typing import Final


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
    RETURNED = "returned"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """Of a time within which something could be done and was not."""


_KINDS: Final = {
    ClockKind.TRIAGE: ("Phân loại, chuyển câu hỏi", "Sorting and forwarding"),
    ClockKind.RETURN: ("Trả lại nếu không đúng thẩm quyền", "Returning what belongs elsewhere"),
    ClockKind.ANSWER: ("Trả lời", "Answering"),
    ClockKind.RESPONSE: ("Trả lời phản ánh, kiến nghị", "Replying to feedback"),
}
OWED: Final = frozenset({ClockKind.TRIAGE, ClockKind.ANSWER, ClockKind.RESPONSE})
"""What somebody owes; the time for returning is a right of the agency, and passes without being late."""
