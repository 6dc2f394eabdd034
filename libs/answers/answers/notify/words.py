"""Notify: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Arrivals(StrEnum):
    """When an officer is told of what arrived (nhận tin hồ sơ mới): as it comes, or in the morning's …"""

    AT_ONCE = "at_once"
    DIGEST = "digest"


class CallResult(StrEnum):
    """What came of a call (kết quả cuộc gọi)."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class Direction(StrEnum):
    """Who called (chiều cuộc gọi)."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"
