"""Stats: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class Figure(StrEnum):
    """A figure of an agency that can be looked behind; each is a count of `QuestionFigures`."""

    CARRIED_OVER = "carried_over"
    RECEIVED = "received"
    ANSWERED_IN_TIME = "answered_in_time"
    ANSWERED_LATE = "answered_late"
    REFUSED = "refused"
    MOVED = "moved"
    PASSED_ON = "passed_on"
    OPEN = "open"
    RETURNED = "returned"
    RECALLED = "recalled"
    LATE = "late"
    CAME_LATE = "came_late"
    LATE_OPEN = "late_open"


class Group(StrEnum):
    """What figures are broken down by; level and kind are those of the receiving agency."""

    AGENCY = "agency"
    LEVEL = "level"
    KIND = "kind"
    FIELD = "field"
    CHANNEL = "channel"
    PROVINCE = "province"


class QuestionGroup(StrEnum):
    """What figures of questions are broken down by."""

    AGENCY = "agency"
    TOPIC = "topic"
    PROVINCE = "province"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class Shown(StrEnum):
    """How figures are cut: tháng, quý, năm."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Subject(StrEnum):
    """What is counted: questions (câu hỏi), or feedback (phản ánh, kiến nghị) by the same rules."""

    QUESTION = "question"
    FEEDBACK = "feedback"
