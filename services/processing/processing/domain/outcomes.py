"""The words every rule of handling is written in: what is proposed, and how a step ended."""

from enum import StrEnum

from procedures import StepKind

LEADERS_KINDS = frozenset({StepKind.REVIEW, StepKind.SIGN})


class Outcome(StrEnum):
    """What the specialist proposes (đề xuất giải quyết)."""

    GRANT = "grant"
    REJECT = "reject"


class Action(StrEnum):
    """How a step ended (kết quả bước)."""

    COMPLETED = "completed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    HANDED_OVER = "handed_over"
