"""Intake: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier comes in or its result goes out (cách thức thực hiện, hình thức trả kết quả)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class Column(StrEnum):
    """What a row of a queue tells."""

    REMAINING = "remaining"
    CODE = "code"
    APPLICANT = "applicant"
    PROCEDURE = "procedure"
    RECEIVED = "received"
    STATE = "state"
    STEP = "step"
    OFFICER = "officer"
    DUE = "due"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class DeskList(StrEnum):
    """The lists a desk works from (danh sách việc của một cửa). Source: TN Đ.12.1; R-INT-01"""

    TO_CHECK = "to_check"
    SUPPLEMENT = "supplement"
    AT_THE_UNIT = "at_the_unit"
    TO_HAND_OVER = "to_hand_over"
    CLOSED = "closed"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class Due(StrEnum):
    """How near the deadline is; today is what ends before the day is over, late or not."""

    OVERDUE = "overdue"
    SOON = "soon"
    TODAY = "today"


class Finding(StrEnum):
    """Kết quả ký, đối chiếu một mục khi nhận kết quả. Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10"""

    SIGNED = "signed"
    ORIGINAL = "original"
    CERTIFIED = "certified"
    DIFFERS = "differs"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class Sort(StrEnum):
    """How a queue is ordered: the soonest deadline first, or by the instant of receipt."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


class Urgency(StrEnum):
    """How much of the time is left, as a colour with words (mức độ khẩn)."""

    PLENTY = "plenty"
    HALF = "half"
    SOON = "soon"
    OVERDUE = "overdue"


class Verdict(StrEnum):
    """Kết quả kiểm tra một thành phần."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"
