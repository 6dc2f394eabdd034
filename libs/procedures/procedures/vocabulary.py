"""The words a published procedure may use; any other word is refused when it is read."""

from enum import StrEnum


class Route(StrEnum):
    """Where a procedure is handled (nơi giải quyết): in this suite, in a ministry's system, on the national portal."""

    OWN = "own"
    MINISTRY = "ministry"
    NATIONAL = "national"


class FeeStatus(StrEnum):
    """What is known of a fee (phí, lệ phí); `free_nationally` still needs the province's own resolution."""

    FREE = "free"
    AMOUNT = "amount"
    FREE_NATIONALLY = "free_nationally"
    SET_BY_PROVINCE = "set_by_province"
    SET_BY_LAW = "set_by_law"
    NOT_PUBLISHED = "not_published"


class StepKind(StrEnum):
    """What is done in a step of the internal process (loại bước)."""

    TASK = "task"
    REVIEW = "review"
    SIGN = "sign"
    RETURN = "return"


def told(vietnamese: str, english: str, lang: str) -> str:
    """Return the text of a language; what has no English stands in Vietnamese."""
    return english or vietnamese if lang == "en" else vietnamese
