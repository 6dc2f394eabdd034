"""Processing: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class BulkDeed(StrEnum):
    """A deed for many dossiers (việc làm hàng loạt): take, assign, forward to the next step, sign."""

    CLAIM = "claim"
    ASSIGNMENT = "assignment"
    STEP_COMPLETION = "step-completion"
    SIGNATURE = "signature"


class Channel(StrEnum):
    """How a dossier comes in or its result goes out (cách thức thực hiện, hình thức trả kết quả)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class ItemState(StrEnum):
    """What became of one thing of many."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What the specialist proposes (đề xuất giải quyết)."""

    GRANT = "grant"
    REJECT = "reject"


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


class Standing(StrEnum):
    """How far a request for an opinion has come (tình trạng lấy ý kiến)."""

    WAITING = "waiting"
    NO_ANSWER = "no_answer"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a dossier stands (trạng thái hồ sơ). Source: requirements §D.1"""

    SUBMITTED = "submitted"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    IN_PROCESS = "in_process"
    AWAITING_SIGNATURE = "awaiting_signature"
    REJECTED = "rejected"
    RESULT_READY = "result_ready"
    RETURNED = "returned"


class Urgency(StrEnum):
    """How much of the time is left, as a colour with words (mức độ khẩn)."""

    PLENTY = "plenty"
    HALF = "half"
    SOON = "soon"
    OVERDUE = "overdue"


class WorkFilter(StrEnum):
    """The work lists an officer finds at login (danh sách việc). Source: NB Đ.24.1; R-PRC-16"""

    NEW = "new"
    MINE = "mine"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SENT_BACK = "sent_back"
    WAITING = "waiting"
    TO_SIGN = "to_sign"
    ABSENT = "absent"
    ALL = "all"
